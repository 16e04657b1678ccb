import * as v from "valibot";
import { count, oneOrMany, text, url } from "./schema-parts.ts";

const path = v.pipe(v.string("must be a path"), v.startsWith("/", "must begin with /"));
const h1 = v.pipe(v.string("must be a hash"), v.regex(/^h1:[A-Za-z0-9+/]{43}=$/, "must be a hash like h1:…="));
const sha256 = v.pipe(v.string("must be a hash"), v.regex(/^[0-9a-f]{64}$/, "must be 64 hexadecimal digits"));
const integrity = v.pipe(
  v.string("must be a hash"),
  v.regex(/^sha512-[A-Za-z0-9+/]{86}==$/, "must be a hash like sha512-…=="),
);
const packageName = v.pipe(
  v.string("must be a text"),
  v.regex(/^(@[\w.~-]+\/)?[\w.~-]+$/, "must be the name of a package"),
);
const version = v.pipe(v.string("must be a text"), v.regex(/^[\w.+-]+$/, "must be a version"));
const project = v.pipe(v.string("must be a text"), v.regex(/^[\w.-]+$/, "must be the name of a project"));
const file = v.pipe(v.string("must be a text"), v.regex(/^[\w.+!-]+$/, "must be the name of a file"));
const size = v.optional(count);
const prefixes = v.optional(
  v.record(
    v.pipe(v.string(), v.regex(/^[1-9]\d{0,8}$/, "must be a number of bytes")),
    sha256,
    "must be hashes by size",
  ),
);
const names = <S extends v.GenericSchema>(name: S) => v.optional(v.array(name, "must be a list of names"));

const pause = v.optional(
  v.looseObject({
    days: count,
    until: v.pipe(v.string("must be a date"), v.isoDate("must be a date like 2027-12-31")),
  }),
);

const goProbes = v.looseObject({
  api: oneOrMany(v.looseObject({ path, h1 })),
  zip: oneOrMany(v.looseObject({ path, h1 })),
  bulk: oneOrMany(
    v.looseObject({ path, firstEntry: v.optional(text), whole: v.optional(v.looseObject({ path, h1 })) }),
  ),
  sumdb: v.optional(
    v.looseObject({
      key: v.pipe(text, v.regex(/^[^+\s]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+$/, "must be a verifier key, name+hash+key")),
      lookup: v.pipe(text, v.regex(/^[^@\s]+@v[^@\s]+$/, "must be module@version")),
      reference: v.optional(v.nullable(url)),
      recordsPerDay: v.optional(count),
    }),
  ),
});

const npmArtefact = { package: packageName, version, integrity, size, prefixes };
const npmProbes = v.looseObject({
  ...npmArtefact,
  canaries: names(packageName),
  pause,
  keys: v.optional(v.array(v.looseObject({ keyid: text, key: text }), "must be a list of { keyid, key }")),
  bulk: oneOrMany(v.looseObject(npmArtefact)),
});

const pipProbe = v.looseObject({
  ...{ project, file, sha256, size, prefixes },
  canaries: names(project),
  pause,
  changesPerDay: v.optional(count),
});

const repository = v.pipe(
  v.string("must be a text"),
  v.regex(/^[a-z0-9]+([._/-]+[a-z0-9]+)*$/, "must be the name of a repository, library/… for an official one"),
);
const reference = v.pipe(v.string("must be a text"), v.regex(/^\w[\w.-]{0,127}$/, "must be a tag"));
const dockerProbes = v.looseObject({
  registry: v.optional(v.pipe(text, v.regex(/^[a-z0-9.-]+(:\d+)?$/, "must be the name of a registry"))),
  ...{ repository, reference },
  beyondLibrary: v.optional(repository),
  canaries: names(repository),
  pause,
});

/** What proves mirrors, by ecosystem. */
export const probesSchema = v.looseObject({
  go: v.optional(goProbes),
  pip: oneOrMany(pipProbe),
  npm: v.optional(npmProbes),
  docker: v.optional(dockerProbes),
});

/** The keys that the program knows in each. */
export const probeKeys = {
  go: Object.keys(goProbes.entries),
  npm: Object.keys(npmProbes.entries),
  pip: Object.keys(pipProbe.entries),
  docker: Object.keys(dockerProbes.entries),
} as const;

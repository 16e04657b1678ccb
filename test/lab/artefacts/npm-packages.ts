import { createHash } from "node:crypto";
import { altered, hex, noise, tarball, utf8 } from "./archives.ts";
import { daily, day, latest, longAgo } from "./releases.ts";

/** One version of an npm package, ready to be served. */
export interface NpmPackage {
  readonly name: string;
  readonly version: string;
  /** When it was published, in milliseconds since 1970. */
  readonly at: number;
  /** The dist-tag that points to the newest version of this line. */
  readonly tag: "latest" | "next";
  /** Its package.json. */
  readonly manifest: object;
  readonly tarball: Uint8Array;
  /** `sha512-…`, in base64 (https://www.w3.org/TR/SRI/). */
  readonly integrity: string;
  /** SHA-1, in hexadecimal. */
  readonly shasum: string;
}

/** The package that real tools install, its newer version, a scoped one that needs it, the large one, and one of middling size. */
export const greetPackage = { name: "lab-greet", version: "1.0.0" } as const;
export const newerPackage = { ...greetPackage, version: "1.1.0" } as const;
export const scopedPackage = { name: "@corp/thing", version: "1.0.0" } as const;
export const bulkPackage = { name: "lab-bulk", version: "1.0.0" } as const;
export const middlingPackage = { name: "lab-middling", version: "1.0.0" } as const;
/** The packages that tell a mirror's age; the first has a dist-tag `next` with a date in it. */
export const npmCanaries = ["lab-nightly", "lab-canary"] as const;

const bulkBytes = 4 * 1024 * 1024;
const middlingBytes = 300 * 1024;

interface Source {
  readonly name: string;
  readonly version: string;
  readonly at: number;
  readonly tag?: "next";
  readonly manifest?: object;
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

const greetJs = `#!/usr/bin/env node
exports.greeting = () => "Hello, lab";
if (require.main === module) process.stdout.write("Hello, lab\\n");
`;

/** Every package version of the lab, of each package the oldest first. `tampered` alters one byte of one file in each. */
export function makePackages(now: number, options: { readonly tampered: boolean }): readonly NpmPackage[] {
  return sources(now).map((source) => build(source, options.tampered));
}

function sources(now: number): readonly Source[] {
  const [nightly, canary] = npmCanaries;
  const bin = { bin: { "lab-greet": "index.js" } };
  const second = { "index.js": `${greetJs}// Second edition.\n` };
  return [
    { ...greetPackage, at: longAgo, manifest: bin },
    { ...newerPackage, at: latest(now), manifest: bin, files: second },
    { ...scopedPackage, at: longAgo, manifest: { dependencies: { "lab-greet": "^1.0.0" } } },
    { ...bulkPackage, at: longAgo, files: { "bulk.bin": noise(bulkBytes) } },
    { ...middlingPackage, at: longAgo, files: { "middling.bin": noise(middlingBytes) } },
    { name: nightly, version: "1.0.0", at: longAgo },
    ...daily(now).map((at) => ({ name: nightly, version: `2.0.0-dev.${day(at)}`, at, tag: "next" as const })),
    ...daily(now).map((at, index) => ({ name: canary, version: `1.0.${index + 1}`, at })),
  ];
}

function build(source: Source, tampered: boolean): NpmPackage {
  const { name, version, at, tag = "latest", files = { "index.js": greetJs } } = source;
  const manifest = { name, version, description: "Of the lab.", license: "MIT", main: "index.js", ...source.manifest };
  const contents = Object.entries(files).map(([path, content], index) => {
    return [`package/${path}`, tampered && index === 0 ? altered(content) : utf8(content)] as const;
  });
  const json = utf8(`${JSON.stringify(manifest, null, 2)}\n`);
  const archive = tarball({ ...Object.fromEntries(contents), "package/package.json": json });
  const integrity = `sha512-${createHash("sha512").update(archive).digest("base64")}`;
  return { name, version, at, tag, manifest, tarball: archive, integrity, shasum: hex("sha1", archive) };
}

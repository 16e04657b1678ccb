/** The four things a mirror can carry. */
export const ecosystemIds = ["go", "pip", "npm", "docker"] as const;
export type EcosystemId = (typeof ecosystemIds)[number];

/** Who runs a mirror. */
export type OperatorKind = "official" | "cloud" | "university" | "community" | "company";

/** What is publicly known about a mirror; the probe, not this, decides whether it is used. */
export type MirrorStatus = "active" | "degraded" | "restricted" | "closed" | "unknown";

/** A text for people, in both languages of the program. */
export interface Localised {
  readonly zh: string;
  readonly en: string;
}

/** A dated public statement that a catalog entry rests on. */
export interface Evidence {
  /** Where it was said: a URL or a name that a reader can find. */
  readonly source: string;
  /** When it was said, `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  readonly date?: string;
  readonly says?: string;
}

/** One operator's copy of one ecosystem. */
export interface Mirror {
  readonly id: string;
  readonly ecosystem: EcosystemId;
  readonly name: Localised;
  readonly operator: string | null;
  readonly kind: OperatorKind;
  /** Null: an official upstream (the tool knows its own default), or an address that differs for every account. */
  readonly url: string | null;
  readonly status: MirrorStatus;
  /** Whether it takes part when no mirror is named. */
  readonly offer: boolean;
  readonly restriction: Localised | null;
  readonly docs: string | null;
  readonly asOf: string | null;
  readonly note: Localised | null;
  /** Other keys the tool needs beside the address, such as `GOSUMDB`; null: leave the tool's default. */
  readonly settings: Readonly<Record<string, string | null>>;
  /** Other addresses of the same mirror; a host may begin with `*.`. */
  readonly aliases: readonly string[];
  readonly closedOn: string | null;
  readonly evidence: readonly Evidence[];
  /** Companion services by name (binary mirrors, prefix form, toolchain downloads). */
  readonly companions: Readonly<Record<string, string>>;
  /** The user accepts plain http for this mirror of their own. */
  readonly insecure: boolean;
  /** Which file the entry came from. */
  readonly origin: "shipped" | "file" | "user";
}

/** A Go artefact whose content is known by its `h1:` hash (golang.org/x/mod/sumdb/dirhash). */
export interface GoArtefact {
  readonly path: string;
  readonly h1: string;
}

/** What proves a Go mirror. A missing part switches that stage off. */
export interface GoProbes {
  readonly api?: readonly GoArtefact[];
  readonly zip?: readonly GoArtefact[];
  readonly bulk?: readonly {
    readonly path: string;
    readonly firstEntry?: string;
    /** One of middling size, which the winner must deliver whole. */
    readonly whole?: GoArtefact;
  }[];
  readonly sumdb?: {
    /** The note verifier key, `name+hash+base64`. */
    readonly key: string;
    /** `module@version` whose record every database holds. */
    readonly lookup: string;
    /** A second source of the database, asked for freshness. */
    readonly reference?: string;
    /** How many records the database gains in a day; a mirror more than a day behind is stale. */
    readonly recordsPerDay?: number;
  };
}

/** How an artefact begins: the SHA-256 of its first bytes, in hexadecimal, by how many of them. */
export type PrefixPins = Readonly<Record<string, string>>;

/** The longest that none of an ecosystem's canaries has been published, in days; what it says holds until a date, `YYYY-MM-DD`. */
export interface Pause {
  readonly days: number;
  readonly until: string;
}

/** A published package version whose tarball is known. */
export interface NpmArtefact {
  readonly package: string;
  readonly version: string;
  /** `sha512-…`, as in a lockfile. */
  readonly integrity: string;
  /** Bytes of the tarball. */
  readonly size?: number;
  readonly prefixes?: PrefixPins;
}

/** A public key that the upstream registry signs with. */
export interface NpmKey {
  readonly keyid: string;
  /** SubjectPublicKeyInfo, base64. */
  readonly key: string;
}

/** What proves an npm registry: one small package. A missing part switches that stage off. */
export interface NpmProbes extends NpmArtefact {
  /** Packages with a version nearly every day whose number carries the date. */
  readonly canaries?: readonly string[];
  /** A registry whose canaries pause for longer is stale, whatever the others have. */
  readonly pause?: Pause;
  readonly keys?: readonly NpmKey[];
  /** The first is what rates are measured by. */
  readonly bulk?: readonly NpmArtefact[];
}

/** A published file of a Python project, whose content is known. The smallest is fetched whole; the one with `prefixes` measures rates. */
export interface PipProbe {
  readonly project: string;
  readonly file: string;
  readonly sha256: string;
  /** Bytes of the file. */
  readonly size?: number;
  readonly prefixes?: PrefixPins;
  /** Projects with a release nearly every day; those of the first probe that names any are asked. */
  readonly canaries?: readonly string[];
  /** An index whose canaries pause for longer is stale, whatever the others have. */
  readonly pause?: Pause;
  /** How far the index's serial moves in a day. */
  readonly changesPerDay?: number;
}

/** What proves a mirror of Docker Hub: one image behind a tag that moves, with layers of all sizes. */
export interface DockerProbes {
  /** What settings call the registry that is mirrored: the name before an image's. */
  readonly registry?: string;
  /** With its `library/`, as registries name it. */
  readonly repository: string;
  readonly reference: string;
  /** An image that is not an official one: some mirrors have only those. */
  readonly beyondLibrary?: string;
  /** Repositories whose `latest` is built anew every few weeks at least; the first is asked. */
  readonly canaries?: readonly string[];
  /** A mirror whose canary is older than that is stale, whatever the others have. */
  readonly pause?: Pause;
}

/** Known artefacts per ecosystem. */
export interface Probes {
  readonly go?: GoProbes;
  readonly pip?: readonly PipProbe[];
  readonly npm?: NpmProbes;
  readonly docker?: DockerProbes;
}

/** A loaded catalog: shipped, replaced by `--catalog`, with the user's own mirrors merged in. */
export interface Catalog {
  readonly updated: string | null;
  readonly mirrors: readonly Mirror[];
  readonly probes: Probes;
}

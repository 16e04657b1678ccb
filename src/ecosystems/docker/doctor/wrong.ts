import type { WrongCode } from "../../clinic.ts";

/** An entry of the list that is known to be wrong, as people copy it from one another. Adding one is adding a row. */
export interface WrongEntry {
  readonly says: WrongCode;
  readonly entry: RegExp;
  /** What stands in the place of what the pattern found; null: the entry is taken out. */
  readonly mend: string | null;
  /** Only daemons older than this. */
  readonly before?: number;
  /** `error`: the daemon does not start with it. */
  readonly severity: "error" | "warn";
  readonly source: string;
}

const rules = "https://github.com/moby/moby/blob/v28.5.2/registry/config.go";

/** Entries of `registry-mirrors`, in the order in which they are mended. */
export const wrongEntries: readonly WrongEntry[] = [
  { says: "wrong-docker-blank", entry: /^\s+|\s+$/g, mend: "", severity: "error", source: rules },
  {
    says: "wrong-scheme",
    entry: /^(?:\/\/)?(?=(?:[\w-]+(?:\.[\w-]+)+|localhost)(?:[:/?#]|$))/,
    mend: "https://",
    severity: "error",
    source: rules,
  },
  {
    says: "wrong-scheme",
    entry: /^(?:https?:\/?(?=\w)|https?\/\/|h?t?tp+s?:\/\/|hhttps?:\/\/|\w+:\/\/)(?<!^https?:\/\/)/i,
    mend: "https://",
    severity: "error",
    source: rules,
  },
  { says: "wrong-docker-login", entry: /(?<=:\/\/)[^/]*@/, mend: "", severity: "error", source: rules },
  { says: "wrong-docker-query", entry: /[?#].*$/, mend: "", severity: "error", source: rules },
  {
    says: "wrong-docker-version",
    entry: /\/v[12]\/*$/,
    mend: "",
    severity: "error",
    source: "https://distribution.github.io/distribution/spec/api/#api-version-check",
  },
  {
    says: "wrong-docker-path",
    entry: /(?<=:\/\/[^/]+)\/+[^/].*$/,
    mend: "",
    before: 25,
    severity: "error",
    source: "https://github.com/moby/moby/pull/46594",
  },
  {
    says: "wrong-docker-other",
    entry:
      /^https?:\/\/(?!mirror\.)(?:(?:[\w-]+\.)?(?:gcr|quay|ghcr)\.io|registry\.k8s\.io|mcr\.microsoft\.com|nvcr\.io|(?:k8s-?gcr|k8s|gcr|ghcr|quay|mcr|nvcr|elastic)\.[\w.-]+)(?:[:/]|$)/,
    mend: null,
    severity: "warn",
    source: "https://github.com/moby/moby/issues/18818",
  },
];

/** Keys that people write for `registry-mirrors`. The daemon passes over the flag's name, and does not start with any other. */
export const wrongKeys: readonly (Pick<WrongEntry, "says" | "source"> & { readonly key: RegExp })[] = [
  {
    says: "wrong-docker-key",
    key: /^registry-mirror$/,
    source: "https://github.com/moby/moby/blob/v28.5.2/daemon/config/config.go",
  },
  {
    says: "wrong-docker-case",
    key: /^(?!registry-mirrors?$)\s*(?:[Rr]egistry|REGISTRY)[\s_-]*(?:[Mm]irrors?|MIRRORS?)\s*$/,
    source: "https://github.com/moby/moby/blob/v28.5.2/daemon/config/config.go",
  },
];

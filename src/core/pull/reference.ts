/** An image of the one registry that mirrors carry. */
export interface ImageReference {
  /** As the person wrote it. */
  readonly written: string;
  /** As registries name it: an official image has its `library/`. */
  readonly repository: string;
  /** Null: only a digest was given. */
  readonly tag: string | null;
  readonly digest: string | null;
}

/** Why a text is no reference; the words for people are in `report/words`. */
export type ReferenceFault =
  | "image-empty"
  | "image-upper-case"
  | "image-name"
  | "image-tag"
  | "image-digest"
  | "image-long"
  | "image-id";

/** A reference; or why it is none, or the other registry that it is of. */
export type ParsedReference =
  | { readonly ok: true; readonly reference: ImageReference }
  | { readonly ok: false; readonly why: ReferenceFault }
  | { readonly ok: false; readonly host: string };

const component = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const label = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
const domain = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[0-9a-fA-F:]+\\])(?::[0-9]+)?$`);
const path = new RegExp(`^${component}(?:/${component})*$`);
const longestPath = 255;

/**
 * Reads a reference as Docker does: https://github.com/distribution/reference/blob/main/reference.go for its grammar, and normalize.go beside it for
 * names without a host. `hubs`: what the mirrored registry is called; mirrors know only the digests that it uses, SHA-256.
 */
export function parseReference(written: string, hubs: readonly string[]): ParsedReference {
  if (written === "") return bad("image-empty");
  const [, named = "", digest = null] = /^([^@]*)(?:@([\s\S]*))?$/.exec(written) ?? [];
  const [, name = "", tag = null] = /^([\s\S]*?)(?::([^/]*))?$/.exec(named) ?? [];
  const [host, rest] = splitHost(name);
  const fault = faultOfHost(host) ?? faultOfPath(rest) ?? faultOfTag(tag) ?? faultOfDigest(digest);
  // Another registry may have digests of another kind; nothing else that is odd is given back in a command to type.
  const isSound = fault === null || (fault === "image-digest" && /^\w+:[0-9a-f]+$/.test(digest ?? ""));
  if (host !== null && !hubs.includes(host) && isSound) return { ok: false, host };
  if (fault !== null) return bad(fault);
  // Docker takes such a name for the id of an image.
  if (host === null && /^[0-9a-f]{64}$/.test(rest)) return bad("image-id");
  const repository = rest.includes("/") ? rest : `library/${rest}`;
  return { ok: true, reference: { written, repository, tag: tag ?? (digest === null ? "latest" : null), digest } };
}

function bad(why: ReferenceFault): ParsedReference {
  return { ok: false, why };
}

/** What is before the first slash is a host where it has a dot or a colon, or is `localhost`. */
function splitHost(name: string): [host: string | null, rest: string] {
  const slash = name.indexOf("/");
  const first = name.slice(0, Math.max(slash, 0));
  const isHost = /[.:]/.test(first) || first === "localhost";
  return isHost ? [first, name.slice(slash + 1)] : [null, name];
}

function faultOfHost(host: string | null): ReferenceFault | null {
  return host === null || domain.test(host) ? null : "image-name";
}

function faultOfPath(rest: string): ReferenceFault | null {
  if (rest.length > longestPath) return "image-long";
  if (path.test(rest)) return null;
  return path.test(rest.toLowerCase()) ? "image-upper-case" : "image-name";
}

function faultOfTag(tag: string | null): ReferenceFault | null {
  return tag === null || /^\w[\w.-]{0,127}$/.test(tag) ? null : "image-tag";
}

function faultOfDigest(digest: string | null): ReferenceFault | null {
  return digest === null || /^sha256:[0-9a-f]{64}$/.test(digest) ? null : "image-digest";
}

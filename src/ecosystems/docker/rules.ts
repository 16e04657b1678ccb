/** What the daemon would not start with. */
export type Flaw = "mirror-blank" | "mirror-scheme" | "mirror-query" | "mirror-login" | "mirror-path";

/**
 * What is wrong with an address in `registry-mirrors`, by the daemon's own rules; it does not start with one that it refuses. Null: it takes it. A path is
 * allowed since 25.0; where the version is not known, it is a newer one.
 * https://github.com/moby/moby/blob/v28.5.2/registry/config.go (ValidateMirror)
 */
export function flawOf(address: string, version: string | null): Flaw | null {
  if (address === "" || address !== address.trim()) return "mirror-blank";
  if (!/^https?:\/\/[^/]/i.test(address) || !URL.canParse(address)) return "mirror-scheme";
  if (/[?#]/.test(address)) return "mirror-query";
  const { username, password, pathname } = new URL(address);
  if (username !== "" || password !== "") return "mirror-login";
  return pathname !== "/" && !isAtLeast(version, 25) ? "mirror-path" : null;
}

/** Whether a version is this one or newer; one that is not known is. */
export function isAtLeast(version: string | null, major: number): boolean {
  const found = /^\D*(\d+)\./.exec(version ?? "");
  return found === null || Number(found[1]) >= major;
}

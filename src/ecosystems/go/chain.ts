/** What go does when an entry fails: `,` goes on only where it has not the module (404, 410), `|` after any error. */
export type Separator = "," | "|";

/** One entry of a `GOPROXY` list, and what stands between it and the next. */
export interface ProxyEntry {
  readonly url: string;
  readonly separator: Separator | null;
}

/** Reads a `GOPROXY` list as go does: blanks around entries do not count. https://go.dev/ref/mod#environment-variables */
export function parseChain(value: string): ProxyEntry[] {
  const parts = value.split(/([,|])/);
  const entries: ProxyEntry[] = [];
  for (let index = 0; index < parts.length; index += 2) {
    const url = (parts[index] ?? "").trim();
    if (url !== "") entries.push({ url, separator: (parts[index + 1] as Separator | undefined) ?? null });
  }
  return entries;
}

/** The words that end a list: fetch from the source itself, or not at all. */
export function isKeyword(entry: string): boolean {
  return entry === "direct" || entry === "off";
}

/** The addresses of a list, first choice first, each with a scheme. */
export function addressesOf(value: string): string[] {
  return parseChain(value)
    .map(({ url }) => url)
    .filter((url) => !isKeyword(url))
    .map(withScheme);
}

/** go takes an address without a scheme for https, if it has one of `. : /` in it (modfetch/proxy.go). */
export function withScheme(entry: string): string {
  return entry.includes("://") || !/[.:/]/.test(entry) ? entry : `https://${entry}`;
}

/**
 * A list that tries the user's own entries first (each with the separator it had), then the mirrors with `|` between them, so that
 * any failure of one goes on to the next, and the source itself last, behind `,`, so that a network error does not hang on it.
 * Before Go 1.15 there was only `,`. https://go.dev/doc/go1.15#go-command
 */
export function formatChain(own: readonly ProxyEntry[], mirrors: readonly string[], knowsPipe: boolean): string {
  const front = own.map(({ url, separator }) => `${url}${separator ?? ","}`).join("");
  return `${front}${mirrors.join(knowsPipe ? "|" : ",")},direct`;
}

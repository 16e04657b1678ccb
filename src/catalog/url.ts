/** What an id may be. */
export const idForm = /^[a-z0-9][a-z0-9._-]*$/i;

/** Whether a text can stand as a mirror's address in every tool's settings: separators of `GOPROXY` must not be in it. */
export function isWebUrl(found: string): boolean {
  if (!URL.canParse(found) || /[\s,|"'`\\^<>{}\u0000-\u001f\u007f-\u009f]/.test(found)) return false;
  const { protocol, search, hash } = new URL(found);
  return (protocol === "https:" || protocol === "http:") && search === "" && hash === "";
}

/** Whether nobody on the way can change what an address serves: https, or this machine. */
export function isProtected(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || ["localhost", "[::1]"].includes(hostname) || /^127(\.\d{1,3}){3}$/.test(hostname);
}

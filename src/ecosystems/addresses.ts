/** Whether two spellings are one address: a slash at the end makes no difference to any of the tools. */
export function isSameAddress(a: string | null | undefined, b: string | null | undefined): boolean {
  return bare(a) === bare(b);
}

function bare(address: string | null | undefined): string | null {
  return address?.replace(/\/+$/, "") ?? null;
}

/** The address as it is to be written: as it stands already, where that is the same. */
export function asStored(stored: string | null, url: string): string {
  return stored !== null && isSameAddress(stored, url) ? stored : url;
}

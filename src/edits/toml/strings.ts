/** A name as it stands in a header or before `=`. */
export function nameText(name: string): string {
  return /^[\w-]+$/.test(name) ? name : stringText(name);
}

/** A string in double quotes. TOML escapes what JSON does, and the delete sign. */
export function stringText(value: string): string {
  return JSON.stringify(value).replaceAll("\x7f", "\\u007f");
}

/** A string in the quotes of the one before, where it goes into them. */
export function stringLike(old: string, value: string): string {
  const literal = old.startsWith("'") && !old.startsWith("'''") && !/['\x00-\x08\x0a-\x1f\x7f]/.test(value);
  return literal ? `'${value}'` : stringText(value);
}

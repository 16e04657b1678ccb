/** A scalar on one line, and what is behind it. */
export interface Scalar {
  readonly text: string;
  /** As it is written, quotes and all. */
  readonly written: string;
}

const named: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  t: "\t",
  "\t": "\t",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
  e: "\x1b",
  N: "\x85",
  _: "\xa0",
  L: "\u2028",
  P: "\u2029",
};

/** The scalar that a text begins with, if it ends on this line with nothing but a comment behind it; else null. */
export function scalarAt(text: string): Scalar | null {
  const quoted = /^(?:'(?:[^']|'')*'|"(?:[^"\\]|\\.)*")/.exec(text)?.[0];
  if (quoted !== undefined) {
    const decoded = unquoted(quoted);
    return decoded !== null && /^[ \t]*$|^[ \t]+#/.test(text.slice(quoted.length))
      ? { text: decoded, written: quoted }
      : null;
  }
  const written = text.replace(/[ \t]#.*$/s, "").replace(/[ \t]+$/, "");
  const plain = /^(?:[^\s\-?:,[\]{}#&*!|>'"%@`]|[-?:](?=\S))/.test(written) && !/:(?:[ \t]|$)/.test(written);
  return plain && !/^(?:---|\.\.\.)(?:\s|$)/.test(written) ? { text: written, written } : null;
}

/** What a quoted scalar says; null for an escape that YAML does not have. */
export function unquoted(written: string): string | null {
  if (written.startsWith("'")) return written.slice(1, -1).replaceAll("''", "'");
  const inside = written.slice(1, -1);
  const form = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U(00(?:0[\da-fA-F]|10)[\da-fA-F]{4})|([0abt\tnvfreN_LP"/\\ ]))/g;
  if (/\\/.test(inside.replace(form, ""))) return null;
  return inside.replace(form, (_, ...groups: (string | undefined)[]) => {
    const code = groups[0] ?? groups[1] ?? groups[2];
    const sign = groups[3] ?? "";
    return code === undefined ? (named[sign] ?? sign) : String.fromCodePoint(Number.parseInt(code, 16));
  });
}

/** A value in double quotes, with nothing in it that YAML does not print. */
export function doubleQuoted(value: string): string {
  const hidden = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;
  return JSON.stringify(value).replace(hidden, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** A value written as the one before it was, where that can say it. Plain is left only to what no reader could take for anything but a string. */
export function writtenLike(old: string, value: string): string {
  const single = old.startsWith("'") && !/[^\x20-\x7e\xa0-\ud7ff]/.test(value);
  if (single) return `'${value.replaceAll("'", "''")}'`;
  const plain = /^[^'"]/.test(old) && /^[A-Za-z][\w./:@%+~-]*[\w/]$/.test(value);
  return plain && !/^(?:true|false|null|yes|no|on|off)$/i.test(value) ? value : doubleQuoted(value);
}

/** Credentials in an address, and values of the keys that hold one: npm's, yarn's, bun's. What stands before an image's digest is its name and tag. */
const secrets: ReadonlyArray<readonly [RegExp, string]> = [
  [/((?:^|[\s=,|"'(])(?:[a-z][a-z0-9+.-]*:\/\/)?)[^\s/,|"'=]*:[^\s/,|"']*@(?!sha256:)/gi, "$1***@"],
  [/([a-z][a-z0-9+.-]*:\/\/)[^\s/,|"']*@/gi, "$1***@"],
  [
    /((?:_auth(?:Token)?|_password|npmAuth(?:Token|Ident)|\btoken|\bpassword)["']?\s*[=:]\s*)(?:"[^"]*"|'[^']*'|\S+)/gi,
    "$1***",
  ],
];

/** Characters that steer a terminal or turn the reading direction: nothing from a server, a file or a catalog may bring them out. */
const steering = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff]/g;

/** A text fit to be shown: secrets as `***`, steering characters as what they are called. */
export function cleanText(text: string): string {
  const redacted = secrets.reduce((rest, [secret, replacement]) => rest.replace(secret, replacement), text);
  return redacted.replace(steering, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}

/** The same for every text in a value, however deep: the one gate that all output goes through. */
export function clean<T>(value: T): T {
  return cleanUnknown(value) as T;
}

function cleanUnknown(value: unknown): unknown {
  if (typeof value === "string") return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanUnknown);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [cleanText(key), cleanUnknown(inner)]));
}

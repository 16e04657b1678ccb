/** A member of the object at the top of a JSON text, byte for byte in latin1. */
export interface ReadMember {
  readonly name: string;
  readonly value: string;
  /** All of it, from the quote of its name on. */
  readonly written: string;
}

/** The members of a sound JSON object, read by other code than the program's: its words, and how deep in brackets each stands. */
export function membersIn(bytes: Uint8Array): ReadMember[] {
  const text = Buffer.from(bytes).toString("latin1");
  let depth = 0;
  const words = [...text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g)].map(({ 0: sign, index }) => {
    if (/^[}\]]$/.test(sign)) depth -= 1;
    const isTop = sign === "," ? depth === 1 : /^[{}]$/.test(sign) && depth === 0;
    if (/^[{[]$/.test(sign)) depth += 1;
    return { sign, start: index, end: index + sign.length, isTop };
  });
  const cuts = words.flatMap(({ isTop }, at) => (isTop ? [at] : []));
  return cuts.slice(1).flatMap((cut, index) => {
    const [name, colon, ...value] = words.slice((cuts[index] ?? 0) + 1, cut);
    const end = value.at(-1)?.end;
    if (name === undefined || colon === undefined || end === undefined) return [];
    const written = text.slice(name.start, end);
    return [{ name: nameOf(name.sign), value: text.slice(colon.end, end), written }];
  });
}

/** A value as `JSON.stringify` would write it, but with its numbers as they are and of equal names both. */
export function compactJson(value: string): string {
  const words = utf8(value).match(/"(?:[^"\\]|\\.)*"|[^\s"]/g) ?? [];
  return words.map((word) => (word.startsWith('"') ? JSON.stringify(JSON.parse(word)) : word)).join("");
}

function nameOf(written: string): string {
  return String(JSON.parse(utf8(written)));
}

function utf8(latin1: string): string {
  return Buffer.from(latin1, "latin1").toString();
}

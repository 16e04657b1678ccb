/**
 * pip.conf as the laws read it, a line at a time and byte for byte, by other code than the program's. It knows what `texts` in pip.ts makes, and is
 * compared with pip's own reading in formats.test.ts.
 */

interface Line {
  /** With its end, one character per byte. */
  readonly raw: string;
  /** The section that it is in, or begins. */
  readonly section: string;
  /** The option that it sets or continues, as `section.name` the way pip compares it. */
  readonly key: string | null;
  readonly kind: "blank" | "comment" | "header" | "option" | "more";
}

/** Every option, its lines joined; of several spellings in one section the last one's value. */
export function optionsIn(bytes: Uint8Array): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const { raw, key, kind } of linesIn(bytes)) {
    if (key === null) continue;
    const text = raw.trim();
    values.set(key, kind === "option" ? textAfterSign(text) : `${values.get(key) ?? ""}\n${text}`);
  }
  return values;
}

/**
 * The lines that set none of the keys. A section at the end that has nothing but them counts as theirs, with the blank line above it: it comes and
 * goes with them.
 */
export function otherLinesIn(bytes: Uint8Array, keys: readonly string[]): string[] {
  const lines = linesIn(bytes).filter(({ key }) => key === null || !keys.includes(key));
  const sections = new Set(keys.map((key) => key.slice(0, key.indexOf("."))));
  while (lines.at(-1)?.kind === "header" && sections.has(lines.at(-1)?.section ?? "")) {
    lines.pop();
    if (lines.at(-1)?.kind === "blank") lines.pop();
  }
  const raws = lines.map(({ raw }) => raw);
  // A last line without an end gets the file's when something is put behind it.
  const end = /\r\n|\r|\n/.exec(Buffer.from(bytes).toString("latin1"))?.[0] ?? "\n";
  return raws.map((raw) => (/[\r\n]$/.test(raw) ? raw : raw + end));
}

function linesIn(bytes: Uint8Array): Line[] {
  const found: Line[] = [];
  let section = "";
  let key: string | null = null;
  let depth = 0;
  for (const raw of Buffer.from(bytes)
    .toString("latin1")
    .match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? []) {
    const text = raw.trim();
    const indent = raw.length - raw.trimStart().length;
    const plain = (kind: Line["kind"]) => found.push({ raw, section, key: null, kind });
    if (text === "") plain("blank");
    else if (/^[#;]/.test(text)) plain("comment");
    else if (key !== null && indent > depth) found.push({ raw, section, key, kind: "more" });
    else if (/^\[.+\]/.test(text)) {
      section = text.slice(1, text.lastIndexOf("]"));
      [key, depth] = [null, indent];
      plain("header");
    } else {
      depth = indent;
      key = `${section}.${nameOf(text)}`;
      found.push({ raw, section, key, kind: "option" });
    }
  }
  return claimBlanks(found);
}

/** `index-url` of `Index_URL = …`, and of `--index-url: …`. */
function nameOf(text: string): string {
  const [written = ""] = text.split(/[=:]/);
  return written.trim().toLowerCase().replaceAll("_", "-").replace(/^--/, "");
}

function textAfterSign(text: string): string {
  return text.slice(text.search(/[=:]/) + 1).trim();
}

/** A blank line belongs to the value that goes on behind it. */
function claimBlanks(lines: readonly Line[]): Line[] {
  return lines.map((line, index) => {
    if (line.kind !== "blank") return line;
    const next = lines.slice(index).find(({ kind }) => kind !== "blank" && kind !== "comment");
    return next?.kind === "more" ? { ...line, kind: "more", key: next.key } : line;
  });
}

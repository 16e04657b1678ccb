/** What a terminal's attributes are taken away by, beside 0, which takes them all. */
const ends: Readonly<Record<string, readonly string[]>> = {
  "22": ["1", "2"],
  "23": ["3"],
  "24": ["4"],
  "27": ["7"],
  "39": ["colour"],
  "49": ["ground"],
};

/** What shows on a blank too: a line below it, another ground. */
const onBlanks = new Set(["4", "7", "ground"]);

type Attributes = ReadonlyMap<string, string>;

/** What a code is about. */
function nameOf(code: string): string {
  if (/^(3|9)\d(;|$)/.test(code)) return "colour";
  return /^(4|10)\d(;|$)/.test(code) ? "ground" : code;
}

/** The attributes after a sequence of codes (`ESC [ codes m`): a colour has one code, or those of 256 or of all colours. */
function after(before: Attributes, codes: string): Attributes {
  const now = new Map(before);
  for (const [code] of codes.matchAll(/[34]8;(?:5;\d+|2;\d+;\d+;\d+)|\d+|^$/g)) {
    if (Number(code) === 0) now.clear();
    for (const name of ends[code] ?? [nameOf(code)]) now.delete(name);
    if (Number(code) !== 0 && !(code in ends)) now.set(nameOf(code), code);
  }
  return now;
}

/** As it is written in a golden file; of a blank only what can be seen of one. */
function told(attributes: Attributes, blank: boolean): string {
  const kept = [...attributes].filter(([name]) => !blank || onBlanks.has(name));
  return kept
    .map(([, code]) => code)
    .sort()
    .join(";");
}

/**
 * A screen with what each character looks like: `‹32›good‹›`. Terminals, and our own program from one version to the
 * next, differ in where they send which codes; the same picture is always the same text, each line by itself.
 */
export function seen(screen: string): string {
  let attributes: Attributes = new Map();
  const lines = screen.split("\n").map((line) => {
    const runs: { text: string; look: string }[] = [];
    for (const [, codes, text = ""] of line.matchAll(/\u001b\[([\d;]*)m|( +|[^ \u001b]+|.)/g)) {
      if (codes !== undefined) attributes = after(attributes, codes);
      else runs.push({ text, look: told(attributes, text.startsWith(" ")) });
    }
    return joined(runs);
  });
  return lines.join("\n");
}

/** Runs of one look become one, with the blanks between them. */
function joined(runs: readonly { readonly text: string; readonly look: string }[]): string {
  let line = "";
  let blanks = "";
  let look = "";
  for (const run of runs) {
    if (run.text.startsWith(" ") && run.look === "") {
      blanks += run.text;
      continue;
    }
    if (run.look === look) line += blanks + run.text;
    else line += `${look && "‹›"}${blanks}${run.look && `‹${run.look}›`}${run.text}`;
    blanks = "";
    look = run.look;
  }
  return `${line}${look && "‹›"}${blanks}`;
}

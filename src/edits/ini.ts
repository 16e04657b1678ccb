import { mendIni } from "./ini-mend.ts";
import { type IniFile, type IniOption, type IniSection, joinedValue, scanIni } from "./ini-scan.ts";
import { gone, lineEndOf, linesOf, type Splice, spliced, withLines } from "./lines.ts";
import type { Entry, Format, KeyEdit } from "./types.ts";

/**
 * pip.conf and pip.ini, as pip reads them: Python's RawConfigParser, and after it option names in lower case, `_` as `-`, without a leading
 * `--`. Keys are `section.option`. Of several spellings of one option the last wins, and it is the one that is changed. A value of several
 * lines is one with `\n` in it. What `[DEFAULT]` gives shows in every section, and is not edited.
 */
export const ini: Format = {
  entries: (text) => entriesOf(scanIni(text)),
  edit: (text, edits) => withoutEmptied(edits.reduce(editOne, text), text, edits),
  problem: (text, keys) => {
    const file = scanIni(text);
    if (file.problem !== null) return file.problem;
    const shared = defaultsOf(file).find((option) => keys.some((key) => key.endsWith(`.${optionName(option.key)}`)));
    return shared === undefined ? null : { code: "unsupported-form", line: shared.lines[0].number };
  },
  mended: mendIni,
};

function optionName(defaultKey: string): string {
  return defaultKey.slice("DEFAULT.".length);
}

function defaultsOf({ sections }: IniFile): IniOption[] {
  return sections.filter(({ name }) => name === "DEFAULT").flatMap(({ options }) => options);
}

/** As pip collects them: the defaults and then the section's own, a name keeping its first place, the last of a key's spellings winning. */
function entriesOf(file: IniFile): Entry[] {
  const found = new Map<string, Entry>();
  const defaults = defaultsOf(file).map((option) => [option.name, option] as const);
  for (const { name: section, options } of file.sections) {
    if (section === "DEFAULT") continue;
    const merged = new Map([...defaults, ...options.map((option) => [option.name, option] as const)]);
    for (const option of merged.values()) {
      const key = option.section === section ? option.key : `${section}.${optionName(option.key)}`;
      found.set(key, { key, value: joinedValue(option), line: option.lines[0].number });
    }
  }
  return [...found.values()];
}

function editOne(text: string, { key, value }: KeyEdit): string {
  const file = scanIni(text);
  const same = file.sections.flatMap(({ options }) => options.filter((option) => option.key === key));
  if (value === null) return spliced(text, same.flatMap(linesGone));
  const last = same.at(-1);
  if (last === undefined) return added(text, file, key, value);
  if (joinedValue(last) === value) return text;
  const [own, ...continuations] = last.lines;
  // Only a sign that has a space before it gets one behind it.
  const gap = last.valueStart === own.end && /^\s+[=:]$/.test(last.delimiter) ? " " : "";
  const lines = written(value, last.indent, lineEndOf(text));
  return spliced(text, [
    { start: last.valueStart, end: last.valueEnd, text: value.startsWith("\n") ? lines : gap + lines },
    ...continuations.map(gone),
  ]);
}

function linesGone({ lines }: IniOption): Splice[] {
  return lines.map(gone);
}

/** A value of several lines needs the later ones indented deeper than the option. */
function written(value: string, indent: number, end: string): string {
  const margin = " ".repeat(indent + 4);
  return value
    .split("\n")
    .map((line, index) => (index === 0 || line === "" ? line : margin + line))
    .join(end);
}

function added(text: string, file: IniFile, key: string, value: string): string {
  const end = lineEndOf(text);
  const dot = key.indexOf(".");
  const section = file.sections.find(({ name }) => name === key.slice(0, dot));
  const line = (indent: number) => `${key.slice(dot + 1)}${delimiterFor(file, section)}${written(value, indent, end)}`;
  if (section === undefined) {
    const gap = text === "" ? "" : end;
    return withLines(text, text.length, `${gap}[${key.slice(0, dot)}]${end}${line(0)}`);
  }
  const { at, indent, margin } = placeIn(text, file, section);
  return withLines(text, at, margin + line(indent));
}

/** Behind the section's last option, and as deep: any deeper it would continue that one, any less deep the next header would continue it. */
function placeIn(text: string, file: IniFile, section: IniSection): { at: number; indent: number; margin: string } {
  const last = section.options.at(-1);
  const following = file.sections[file.sections.indexOf(section) + 1];
  const model = last?.lines[0] ?? following?.header;
  const indent = last?.indent ?? following?.indent ?? 0;
  const margin = model === undefined ? "" : text.slice(model.start, model.start + indent);
  return { at: (last?.lines.at(-1) ?? section.header).next, indent, margin };
}

/** The sign and spaces as the section's last option has them, or the file's last. */
function delimiterFor({ sections }: IniFile, section: IniSection | undefined): string {
  const models = [...sections.flatMap(({ options }) => options), ...(section?.options ?? [])];
  return models.findLast(({ parts }) => parts[0] !== "")?.delimiter ?? " = ";
}

/**
 * A section that the edits have emptied goes when it stands where we would have put it: at the very end, a blank line before it, and nothing
 * in it, not even a comment.
 */
function withoutEmptied(text: string, before: string, edits: readonly KeyEdit[]): string {
  const removed = new Set(edits.flatMap(({ key, value }) => (value === null ? [key] : [])));
  if (removed.size === 0 || text === before) return text;
  const emptied = new Set(
    scanIni(before).sections.flatMap(({ name, options }) =>
      options.some(({ key }) => removed.has(key)) ? [name] : [],
    ),
  );
  for (let rest = text; ; ) {
    const last = scanIni(rest).sections.at(-1);
    if (last === undefined || !emptied.has(last.name) || last.header.next !== rest.length) return rest;
    if (rest.slice(last.header.start, last.header.end) !== `[${last.name}]`) return rest;
    const above = linesOf(rest.slice(0, last.header.start)).at(-1);
    if (above !== undefined && above.end > above.start) return rest;
    rest = rest.slice(0, above?.start ?? 0);
  }
}

import { toml } from "../../../edits/toml/index.ts";
import type { TextProblem } from "../../../edits/types.ts";
import type { PathState, ReadPort } from "../../../ports/types.ts";
import { textIn } from "../../reading.ts";

/** One `[[registry]]` of a file. */
export interface Table {
  readonly prefix: string;
  /** Addresses, as podman asks them. */
  readonly mirrors: readonly string[];
  readonly file: string;
  readonly line: number;
}

/** A file that podman reads; a broken one stops every command of it. */
export interface ReadFile {
  readonly path: string;
  readonly state: PathState;
  readonly problem: TextProblem | null;
  readonly tables: readonly Table[];
}

export async function readFile(path: string, read: ReadPort): Promise<ReadFile> {
  const state = await read.read(path);
  const text = textIn(state);
  const mark = text.startsWith("\uFEFF");
  const problem: TextProblem | null = mark ? { code: "byte-order-mark", line: 1 } : toml.problem(text, []);
  return { path, state, problem, tables: problem === null ? tablesIn(text, path) : [] };
}

/** Without a prefix it is the location. */
function tablesIn(text: string, file: string): Table[] {
  const found = new Map<string, { line: number; fields: Map<string, string> }>();
  for (const { key, value, line } of toml.entries(text)) {
    const [, index, field] = /^registry\[(\d+)\]\.(.+)$/.exec(key) ?? [];
    if (index === undefined || field === undefined) continue;
    const table = found.get(index) ?? { line, fields: new Map() };
    found.set(index, { line: Math.min(line, table.line), fields: table.fields.set(field, value) });
  }
  return [...found.values()].map(({ line, fields }) => {
    const prefix = fields.get("prefix") ?? fields.get("location") ?? "";
    return { prefix, mirrors: mirrorsIn(fields), file, line };
  });
}

function mirrorsIn(fields: ReadonlyMap<string, string>): string[] {
  const mirrors: string[] = [];
  for (let at = 0; ; at += 1) {
    const location = fields.get(`mirror[${at}].location`);
    if (location === undefined) return mirrors;
    mirrors.push(addressOf(location, fields.get(`mirror[${at}].insecure`) === "true"));
  }
}

export function addressOf(location: string, isInsecure: boolean): string {
  return `${isInsecure ? "http" : "https"}://${location}`;
}

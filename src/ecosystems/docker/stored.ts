import { formatOf } from "../../edits/index.ts";
import type { Entry, TextProblem } from "../../edits/types.ts";
import type { PathState, ReadPort } from "../../ports/types.ts";
import type { Message } from "../../report/types.ts";
import { textIn } from "../reading.ts";
import type { Setting } from "../types.ts";
import { addressesIn, mirrorsKey } from "./mirrors.ts";

/** The daemon's file as it stands. */
export interface Stored {
  readonly state: PathState;
  readonly entries: readonly Entry[];
  readonly problem: TextProblem | null;
  readonly entry: Entry | null;
  readonly list: readonly string[];
  /** The value is no list of texts. */
  readonly isOdd: boolean;
}

/** Reads the daemon's file; `file` is null where there is none that could be read. */
export async function storedIn(read: ReadPort, file: string | null): Promise<Stored> {
  const state: PathState = file === null ? { kind: "missing" } : await read.read(file);
  const text = textIn(state);
  const json = await formatOf("json");
  const problem = json.problem(text, [mirrorsKey]);
  const entries = problem === null ? json.entries(text) : [];
  const entry = entries.find(({ key }) => key === mirrorsKey) ?? null;
  const list = addressesIn(entry?.value ?? null);
  return { state, entries, problem, entry, list: list ?? [], isOdd: list === null };
}

/** The daemon's one setting. What is in force and no longer in the file has no line. */
export function settingOf({ entry }: Stored, inForce: Pick<Setting, "value" | "source" | "shadowedBy">): Setting {
  const line = inForce.value === (entry?.value ?? null) ? (entry?.line ?? null) : null;
  return { key: mirrorsKey, stored: entry?.value ?? null, line, ...inForce };
}

export function notAList(file: string, { entry, isOdd }: Stored): Message | null {
  return isOdd ? { code: "docker-no-list", level: "error", args: { file, line: entry?.line ?? 1 } } : null;
}

import type { Change } from "../../../plan/types.ts";
import type { ReadPort } from "../../../ports/types.ts";
import type { Message } from "../../../report/types.ts";
import type { Choice, Current, Installation, Knowledge, Planned, Tool } from "../../types.ts";
import { planIndex } from "../one-index.ts";
import { currentUv, defaultIndex, indexKeyOf, type UvCurrent } from "./current.ts";
import { lockRemarks } from "./lock.ts";

/** uv: one default index, which takes the place of its own. */
export const uvTool: Tool = {
  id: "uv",
  ecosystem: "pip",
  scopes: ["user", "project", "system"],
  detect: findUv,
  current: currentUv,
  plan,
  trial: () => null,
};

async function findUv(read: ReadPort): Promise<Installation | null> {
  const path = await read.which("uv");
  if (path === null) return null;
  const { stdout } = await read.run({ argv: [path, "--version"] });
  return { path, version: /^uv (\S+)/.exec(stdout)?.[1] ?? "unknown" };
}

function plan(current: Current, choice: Choice, knowledge: Knowledge): Planned {
  const { bound, settings } = current;
  const stored = settings[0]?.stored ?? null;
  const isOwn = stored !== null && stored !== "" && !knowledge.isMirror(stored) && stored !== chosen(choice);
  if (choice.kind === "mirrors" && isOwn && bound !== undefined && bound !== null) {
    return { ok: false, message: { code: "uv-index-bound", level: "error", args: bound } };
  }
  const planned = planIndex(current, choice, knowledge, (file, edits): Change => {
    const { scope } = current;
    const newFileMode = edits.some(({ value }) => value?.includes("@")) ? 0o600 : 0o644;
    const base = { ecosystem: "pip", tool: "uv", scope, file, format: "toml", edits, newFileMode } as const;
    return { ...base, native: null, activation: null };
  });
  if (choice.kind === "reset" || !planned.ok) return planned;
  const isLeft = (message: Message) => !isSettled(message, chosen(choice), planned.changes);
  const outdone =
    indexKeyOf(current.installation) === defaultIndex ? (current as UvCurrent).outdone.filter(isLeft) : [];
  return { ...planned, messages: [...planned.messages, ...outdone, ...lockRemarks(current, chosen(choice))] };
}

/** Whether a key of old says the same as the mirror, or goes with this change. */
function isSettled({ args }: Message, url: string | null, changes: readonly Change[]): boolean {
  const { file, key, value }: Readonly<Record<string, unknown>> = args;
  return (
    value === url || changes.some((change) => change.file === file && change.edits.some((edit) => edit.key === key))
  );
}

function chosen(choice: Choice): string | null {
  return choice.kind === "mirrors" ? (choice.chain[0]?.url ?? null) : null;
}

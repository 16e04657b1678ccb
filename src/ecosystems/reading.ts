import { decodeText } from "../edits/text.ts";
import type { TextProblem } from "../edits/types.ts";
import type { PathState, ReadPort } from "../ports/types.ts";
import type { Message } from "../report/types.ts";

/** The text of what stands at a path; empty where there is none, or none that can be read. */
export function textIn(state: PathState): string {
  return state.kind === "file" ? decodeText(state.bytes).text : "";
}

/** The same, read from the path. */
export async function textAt(read: ReadPort, path: string): Promise<string> {
  return textIn(await read.read(path));
}

/** Whether a folder is there, be it empty. */
export async function isFolder(read: ReadPort, path: string): Promise<boolean> {
  const state = await read.read(path);
  return state.kind === "blocked" && state.why === "directory";
}

/** Why a file can be neither read nor changed by the tool, or null. */
export function fileObstacle(path: string, state: PathState, problem: TextProblem | null): Message | null {
  if (state.kind === "blocked") return { code: "file-blocked", level: "error", args: { file: path, why: state.why } };
  if (problem === null) return null;
  return placedMessage(path, problem.code, problem.line, problem.column ?? null);
}

/** What a program says, in execa's words, that has not answered in its time. */
export const timedOut = /^Command timed out after (\d+) milliseconds/;

/** Why a tool that is there says nothing of itself: it fails, or has not answered in its time. */
export function silentTool(tool: string, complaint: string): Message {
  const [, milliseconds] = timedOut.exec(complaint) ?? [];
  if (milliseconds === undefined) return { code: "tool-broken", level: "error", args: { tool, complaint } };
  return { code: "tool-slow", level: "error", args: { tool, seconds: Number(milliseconds) / 1000 } };
}

/** What is wrong in a file, and where. */
export function placedMessage(file: string, why: string, line: number, column: number | null): Message {
  if (column === null) return { code: "file-problem-at", level: "error", args: { file, line, why } };
  return { code: "file-problem-at-column", level: "error", args: { file, line, column, why } };
}

import type { KeyEdit } from "../../edits/types.ts";
import type { Change } from "../../plan/types.ts";
import type { Choice, Current, Knowledge, Planned } from "../types.ts";
import { pipCommand } from "./ask.ts";
import { planIndex } from "./one-index.ts";

/** pip's plan: pure. */
export function planPip(current: Current, choice: Choice, knowledge: Knowledge): Planned {
  return planIndex(current, choice, knowledge, (file, edits): Change => {
    const { scope } = current;
    // An address may hold a password.
    const newFileMode = edits.some(({ value }) => value?.includes("@")) ? 0o600 : 0o644;
    const base = { ecosystem: "pip", tool: "pip", scope, file, format: "ini", edits, newFileMode } as const;
    return { ...base, native: file === current.file ? nativeEdit(current, edits) : null, activation: null };
  });
}

/**
 * `pip config --user set`, or `unset`, on a copy. It drops comments and blank lines, so that its result is hardly ever taken where a file has any.
 * https://pip.pypa.io/en/stable/cli/pip_config/
 */
function nativeEdit({ installation, scope }: Current, edits: readonly KeyEdit[]): Change["native"] {
  const [edit, second] = edits;
  if (installation?.staging === undefined || scope !== "user" || edit === undefined || second !== undefined)
    return null;
  const words = edit.value === null ? ["unset", edit.key] : ["set", edit.key, edit.value];
  const env = { ...installation.staging, PIP_CONFIG_FILE: null, PIP_INDEX_URL: null };
  return { command: pipCommand(installation, ["config", "--user", ...words], env), file: "config/pip/pip.conf" };
}

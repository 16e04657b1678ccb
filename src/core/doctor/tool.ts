import type { Message } from "../../report/types.ts";
import type { Check, Finding } from "./types.ts";

/** Whether every tool starts, and can read its files. */
export const toolCheck: Check = {
  stages: ["tool"],
  async run({ tools, clinic }, { findings }) {
    const seen = new Set<string>();
    for (const { current } of tools) {
      if (current.obstacle === null || clinic?.covered.includes(current.obstacle.code)) continue;
      const found = asFinding(current.obstacle);
      if (!seen.has(JSON.stringify(found))) findings.push(found);
      seen.add(JSON.stringify(found));
    }
  },
};

/** `status` says of such a file that nothing was changed, which is not the point here. */
function asFinding(message: Message): Finding {
  const base = { stage: "config", severity: "error", repair: null, fix: null } as const;
  if (message.code === "file-problem-at") {
    const { file, line, why } = message.args;
    return { ...base, message: { code: "odd-file", level: "error", args: { why } }, where: `${file}:${line}` };
  }
  if (message.code === "file-problem-at-column") {
    const { file, line, column, why } = message.args;
    return {
      ...base,
      message: { code: "odd-file", level: "error", args: { why } },
      where: `${file}:${line}:${column}`,
    };
  }
  const stage = message.code === "tool-broken" ? "tool" : "config";
  return { ...base, stage, message, where: null };
}

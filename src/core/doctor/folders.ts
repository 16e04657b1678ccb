import { pathsOf } from "../../platform/paths.ts";
import type { Message } from "../../report/types.ts";
import type { Check, Finding } from "./types.ts";

const closed: ReadonlySet<string | null> = new Set(["EACCES", "EPERM", "EROFS"]);

/** Folders that a tool keeps what it downloads in, and may not write to: mostly root's, of a time when it was run with sudo. */
export const folderCheck: Check = {
  stages: [],
  async run({ clinic, places, services, tools }, { findings }) {
    const { read, write } = services;
    if (read.facts.os === "win32" || read.facts.uid === 0) return;
    for (const [top, ...below] of clinic?.folders?.(read, places) ?? []) {
      for (const folder of [top, ...below]) {
        const why = await write.obstacle(pathsOf(read.facts).join(folder, "mirror-setup"));
        if (!closed.has(why)) continue;
        findings.push(findingOf(top, folder, why ?? "", tools[0]?.tool.id ?? ""));
        break;
      }
    }
  },
};

function findingOf(top: string, folder: string, why: string, tool: string): Finding {
  const message: Message = { code: "odd-folder", level: "error", args: { tool, folder, why } };
  const repair = why === "EROFS" ? null : `sudo chown -R "$(id -u):$(id -g)" '${top.replaceAll("'", "'\\''")}'`;
  return { stage: "tool", severity: "error", message, where: folder, repair, fix: null };
}

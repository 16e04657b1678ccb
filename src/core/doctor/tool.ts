import type { Message } from "../../report/types.ts";
import { mendedBy } from "./settings.ts";
import type { Check, Finding, Fix, Patient } from "./types.ts";

/** Whether every tool starts, and can read its files. */
export const toolCheck: Check = {
  stages: ["tool"],
  async run(patient, { findings }) {
    const { tools, clinic } = patient;
    const seen = new Set<string>();
    for (const { current } of tools) {
      if (current.obstacle === null || clinic?.covered.includes(current.obstacle.code)) continue;
      const found = await asFinding(current.obstacle, patient);
      if (!seen.has(JSON.stringify(found))) findings.push(found);
      seen.add(JSON.stringify(found));
    }
  },
};

/** `status` says of such a file that nothing was changed, which is not the point here. */
async function asFinding(message: Message, patient: Patient): Promise<Finding> {
  const base = { stage: "config", severity: "error", repair: null, fix: null } as const;
  if (message.code === "file-problem-at") {
    const { file, line, why } = message.args;
    const fix = await fixOf(String(file), patient);
    return { ...base, message: { code: "odd-file", level: "error", args: { why } }, where: `${file}:${line}`, fix };
  }
  if (message.code === "file-problem-at-column") {
    const { file, line, column, why } = message.args;
    return {
      ...base,
      message: { code: "odd-file", level: "error", args: { why } },
      where: `${file}:${line}:${column}`,
    };
  }
  if (message.code === "file-blocked") {
    const { file, why } = message.args;
    return { ...base, message, where: String(file), repair: unblocked(String(file), String(why), patient) };
  }
  const stage = message.code === "tool-broken" || message.code === "tool-slow" ? "tool" : "config";
  return { ...base, stage, message, where: null };
}

/** Where the mirror in it does not prove good, nothing of the old value stays. */
async function fixOf(file: string, patient: Patient): Promise<Fix | null> {
  const currents = patient.tools.map(({ current }) => current);
  const mendable = (await patient.clinic?.mendable?.(patient.services.read, currents, file)) ?? null;
  if (mendable === null) return null;
  const fix = mendedBy(mendable, patient);
  return fix.addresses.length === 0 ? fix : { ...fix, rest: "" };
}

/** Where a folder is, what made it (a container's volume, mostly) may have put something in it. */
function unblocked(path: string, why: string, { services }: Patient): string | null {
  if (services.read.facts.os === "win32") return null;
  const quoted = `'${path.replaceAll("'", "'\\''")}'`;
  if (why === "directory") return `mv ${quoted} ${quoted}.old`;
  return why === "unreadable" ? `sudo chown "$(id -u)" ${quoted} && chmod u+rw ${quoted}` : null;
}

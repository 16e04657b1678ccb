import { mirrorAt } from "../../catalog/find.ts";
import type { Mend, Oddity } from "../../ecosystems/clinic.ts";
import type { Current } from "../../ecosystems/types.ts";
import { isNearer } from "../../platform/paths.ts";
import { unsetCommand } from "../../platform/shell.ts";
import type { Message } from "../../report/types.ts";
import type { Services } from "../types.ts";
import { changeTo, mendedBy, repairOf, whereOf } from "./settings.ts";
import type { Check, Finding, Fix, Patient } from "./types.ts";

/** What the tools themselves remark on, and what is wrong without being one key. */
export const oddityCheck: Check = {
  stages: ["config"],
  async run(patient, { findings }) {
    const { tools, clinic, services } = patient;
    const currents = tools.map(({ current }) => current);
    const found = (await clinic?.oddities(services.read, currents)) ?? [];
    findings.push(...found.map((oddity) => oddFinding(oddity, patient)));
    const covered = new Set(clinic?.covered);
    const remarks = currents
      .flatMap(({ messages }) => messages)
      .filter(({ code, level }) => level === "warn" && !covered.has(code));
    const seen = new Set<string>();
    for (const message of remarks) {
      if (seen.has(message.code)) continue;
      seen.add(message.code);
      findings.push({ stage: "config", severity: "warn", message, where: null, repair: null, fix: null });
    }
    for (const { pending } of currents) if (pending) findings.push(pendingFinding(pending));
  },
};

function oddFinding({ mend = null, mends = null, ...oddity }: Oddity, patient: Patient): Finding {
  const fix = mends === null ? null : mendedBy(mends, patient);
  return { stage: "config", ...oddity, fix: mend === null ? fix : fixBy(mend, patient) };
}

/** Where no entry is left, a mirror has to be found; what is taken out of a list besides is safe. */
function fixBy({ place, edits, addresses, rest }: Mend, patient: Patient): Fix {
  if (edits.every(({ value }) => value === null)) return { kind: "new-mirror", without: rest, file: place.source };
  return { kind: "change", change: changeTo(place, edits, patient), addresses, afterProof: false, rest };
}

/** What is stored, and a running program does not go by it. */
function pendingFinding(message: Message): Finding {
  const args: Readonly<Record<string, unknown>> = message.args;
  const repair = typeof args.command === "string" ? args.command : null;
  const where = typeof args.file === "string" ? args.file : null;
  return { stage: "environment", severity: "warn", message, where, repair, fix: null };
}

/** Values that are stored, and something stronger wins. */
export const shadowCheck: Check = {
  stages: ["environment"],
  async run({ tools, services }, { findings }) {
    for (const { tool, current } of tools) {
      for (const { key, stored, value, shadowedBy, source } of current.settings) {
        if (shadowedBy === null || isMeant(shadowedBy, current, services)) continue;
        const args = { tool: tool.id, key, stored: stored ?? "", value: value ?? "", winner: shadowedBy };
        const message: Message = { code: "odd-shadowed", level: "warn", args };
        const repair = shadowedBy.startsWith("env:")
          ? unsetCommand(services.read.facts, shadowedBy.slice("env:".length))
          : null;
        const same = findings.some(
          ({ message: other }) => other.code === message.code && JSON.stringify(other.args) === JSON.stringify(args),
        );
        if (!same) findings.push({ stage: "environment", severity: "warn", message, where: source, repair, fix: null });
      }
    }
  },
};

/** Nothing to wonder at: a project's file goes before the person's own, that is what it is there for. */
function isMeant(winner: string, current: Current, { read }: Services): boolean {
  return winner === "default" || isPending(current, winner) || isNearer(winner, read.facts);
}

/** Said already: what is stored is pending for just that. */
function isPending({ pending }: Current, file: string): boolean {
  return pending !== undefined && pending !== null && "file" in pending.args && pending.args.file === file;
}

/** Lock files that tie packages to a mirror that is no more, whichever is set. */
export const lockCheck: Check = {
  stages: ["config"],
  async run({ tools, catalog, ecosystem, clinic }, { findings }) {
    const locked = new Map(
      tools.flatMap(({ current }) => (current.locked ?? []).map((each) => [each.file, each] as const)),
    );
    for (const { file, registry, packages } of locked.values()) {
      if (mirrorAt(catalog, ecosystem.id, registry)?.status !== "closed") continue;
      const message: Message = { code: "odd-locked", level: "error", args: { count: packages, registry } };
      const repair = clinic?.unlock?.(file) ?? null;
      findings.push({ stage: "config", severity: "error", message, where: file, repair, fix: null });
    }
  },
};

/** A folder of certificates is as good, and one file may be longer than we would read. */
const isNoFile: ReadonlySet<string> = new Set(["dangling-link", "unreadable"]);

/** Without it the system's certificates count, which is safe where a mirror proves good by them. */
const unlisted = { addresses: [], afterProof: true } as const;

/** Files that a setting names and that are not there: certificates, above all. */
export const fileCheck: Check = {
  stages: ["config", "environment"],
  async run(patient, { findings }) {
    const { clinic, places, services } = patient;
    for (const place of places.filter(({ key }) => clinic?.file.test(key) ?? false)) {
      const state = await services.read.read(place.value);
      if (state.kind !== "missing" && !(state.kind === "blocked" && isNoFile.has(state.why))) continue;
      const isSpare = clinic?.spareFile?.test(place.key) ?? false;
      const severity = isSpare ? "warn" : "error";
      const code = isSpare ? "odd-spare-file" : "odd-missing-file";
      const message: Message = { code, level: severity, args: { key: place.key, file: place.value } };
      const stage = place.source.startsWith("env:") ? "environment" : "config";
      const fix: Fix | null =
        place.editable === null
          ? null
          : { kind: "change", change: changeTo(place, [{ key: place.key, value: null }], patient), ...unlisted };
      const repair = repairOf(place, fix, patient);
      findings.push({ stage, severity, message, where: whereOf(place), repair, fix });
    }
  },
};

import { unsetCommand } from "../../platform/shell.ts";
import { isUsable } from "../../probe/rank.ts";
import { fetchBy } from "../trial.ts";
import { findOthers } from "./network.ts";
import { repairOf, whereOf } from "./settings.ts";
import type { Chart, Check, Finding, Patient } from "./types.ts";

/** The last word: every tool fetches something real. Only where nothing is known yet that would keep it from that. */
export const fetchCheck: Check = {
  stages: [],
  async run(patient, chart) {
    const { tools, catalog, services } = patient;
    const { findings, passed } = chart;
    if (findings.some(({ severity }) => severity === "error")) return;
    for (const atHand of tools) {
      if (services.signal.aborted) return;
      const complaint = await fetchBy(atHand.tool, atHand.current, catalog, services);
      if (complaint === "not-tried") continue;
      passed.add("fetch");
      if (complaint === null) continue;
      findings.push(
        knownComplaint(complaint, patient) ?? (await newComplaint(atHand.tool.id, complaint, patient, chart)),
      );
    }
  },
};

async function newComplaint(tool: string, complaint: string, patient: Patient, chart: Chart): Promise<Finding> {
  const args = { tool, complaint };
  const base = { stage: "fetch", severity: "error", where: null } as const;
  if (chart.standings !== null)
    return { ...base, message: { code: "odd-fetch", level: "error", args }, repair: null, fix: null };
  // Nothing is set that could have been asked: what else is there?
  chart.others ??= await findOthers(patient, []);
  const isWayOut = chart.others.some(isUsable);
  const repair = isWayOut ? `mirror-setup ${patient.ecosystem.id} --fastest` : null;
  const fix = isWayOut ? ({ kind: "new-mirror", without: null } as const) : null;
  return { ...base, message: { code: "odd-fetch-upstream", level: "error", args }, repair, fix };
}

/** What a tool's own words come to, and what brings it about: a setting of its own, which goes before any variable, or all variables together. */
function knownComplaint(complaint: string, patient: Patient): Finding | null {
  const { clinic, places, services } = patient;
  const known = clinic?.complaints?.find(({ said }) => said.test(complaint));
  if (known === undefined) return null;
  const { stage, says, setting, variable, value: form, source } = known;
  const found = (keys: string, where: string, repair: string | null): Finding => {
    const message = { code: says, level: "error", args: { key: keys } } as const;
    return { stage, severity: "error", message, where, repair, fix: null, source };
  };
  const own = places.find(({ key, value }) => setting.test(key) && form.test(value));
  if (own !== undefined) return found(own.key, whereOf(own), repairOf(own, null, patient));
  const { facts } = services.read;
  const names = Object.keys(facts.env).filter((name) => variable.test(name) && form.test(facts.env[name] ?? ""));
  const [first] = names;
  return first === undefined ? null : found(names.join(", "), `env:${first}`, unsetCommand(facts, ...names));
}

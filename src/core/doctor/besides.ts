import { mirrorAt } from "../../catalog/find.ts";
import type { Setting } from "../../ecosystems/types.ts";
import { isUsable } from "../../probe/rank.ts";
import type { Standing } from "../../probe/types.ts";
import { candidateAt } from "../mirrors.ts";
import { runRace } from "../run-race.ts";
import type { ToolAtHand } from "../tools.ts";
import { findOthers, lineStages, raceOf, stageFor, wayOut } from "./network.ts";
import { whereOf } from "./settings.ts";
import type { Chart, Check, Finding, Patient } from "./types.ts";

/** An address that is not what the main tool asks, and counts all the same. */
interface Beside {
  readonly url: string;
  readonly kind: "of-another" | "stored" | "scope";
  readonly setting: Setting;
  /** The file and line, where the address is not in force itself. */
  readonly where: string;
}

/** What else is set: by other tools of the family, beneath a variable, for one scope alone. */
export const besidesCheck: Check = {
  stages: [],
  async run(patient, chart) {
    const [main, ...others] = patient.tools;
    const asked = new Set(main?.current.chain);
    const besides = [
      ...others.flatMap((tool) => ofAnother(tool, chart)),
      ...patient.tools.flatMap((tool) => [...stored(tool, patient, chart), ...ofScopes(tool)]),
    ].filter(({ url }) => URL.canParse(url) && !asked.has(url));
    const urls = [...new Set(besides.map(({ url }) => url))];
    if (urls.length === 0 || patient.services.signal.aborted) return;
    const candidates = urls.map((url) => candidateAt(url, mirrorAt(patient.catalog, patient.ecosystem.id, url)));
    const { standings } = await runRace(raceOf(patient), candidates, "prove");
    const bad = standings.filter(({ verdict }) => verdict === "rejected");
    if (bad.length === 0 || patient.services.signal.aborted) return;
    if (!(chart.standings?.some(isUsable) ?? false)) chart.others ??= await findOthers(patient, urls);
    const seen = new Set<string>();
    for (const beside of besides) {
      const standing = bad.find(({ candidate }) => candidate.url === beside.url);
      const found = standing === undefined ? null : findingOf(beside, standing, patient, chart);
      if (found === null || seen.has(JSON.stringify(found))) continue;
      seen.add(JSON.stringify(found));
      chart.findings.push(found);
    }
  },
};

/** What is known to be wrong needs no test. */
function isKnown(where: string, { findings }: Chart): boolean {
  return findings.some((finding) => finding.where === where);
}

function ofAnother({ current }: ToolAtHand, chart: Chart): Beside[] {
  const [setting] = current.settings;
  if (setting === undefined || setting.source === "default") return [];
  const where = whereOf(setting);
  return isKnown(where, chart) ? [] : current.chain.map((url) => ({ url, kind: "of-another", setting, where }));
}

/** The first address of what a variable beats: in use as soon as that is unset. */
function stored({ current }: ToolAtHand, { clinic, places }: Patient, chart: Chart): Beside[] {
  const [setting] = current.settings;
  if (setting === undefined || !setting.shadowedBy?.startsWith("env:")) return [];
  const place = places.find(({ key, source }) => key === setting.key && source === current.file);
  const [url] = place === undefined ? [] : (clinic?.addresses(place.value) ?? []);
  if (place === undefined || url === undefined || isKnown(whereOf(place), chart)) return [];
  return [{ url, kind: "stored", setting, where: whereOf(place) }];
}

function ofScopes({ current }: ToolAtHand): Beside[] {
  const scoped = current.settings.filter(({ key }) => /^@[^:]+:registry$|[sS]copes\./.test(key));
  return scoped.map((setting) => ({
    url: setting.value ?? "",
    kind: "scope",
    setting,
    where: whereOf(setting),
  }));
}

/** Of what is nobody's mirror (a company's registry, a scope's), which may well have other packages, only that it cannot be reached. */
function findingOf(beside: Beside, standing: Standing, patient: Patient, chart: Chart): Finding | null {
  const { url, kind, setting, where } = beside;
  const { candidate, detail } = standing;
  const reason = standing.reason ?? "";
  const stage = stageFor(standing.reason, detail);
  const base = { stage, detail, where, repair: null, fix: null } as const;
  const isReached = !lineStages.includes(stage) || standing.latencyMs !== null;
  if (isReached && (kind === "scope" || !patient.knowledge.isMirror(url))) return null;
  if (kind === "scope") {
    if (isKnown(where, chart)) return null;
    const message = { code: "odd-scope", level: "warn", args: { key: setting.key, url, reason } } as const;
    return { ...base, severity: "warn", message };
  }
  const way = wayOut(url, null, patient, chart);
  if (kind === "stored") {
    const args = { id: candidate.id, winner: setting.shadowedBy ?? "", reason };
    return { ...base, severity: "warn", message: { code: "odd-stored", level: "warn", args }, ...way };
  }
  const message = { code: "odd-mirror", level: "error", args: { id: candidate.id, reason } } as const;
  return { ...base, severity: "error", message, where: url, ...way };
}

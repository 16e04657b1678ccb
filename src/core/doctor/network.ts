import { mirrorAt } from "../../catalog/find.ts";
import { isNearer } from "../../platform/paths.ts";
import { isUsable } from "../../probe/rank.ts";
import type { Reason, Standing } from "../../probe/types.ts";
import type { Detail, Message } from "../../report/types.ts";
import { commonCause } from "../diagnose.ts";
import { isBare } from "../known-as.ts";
import { candidateAt, offeredMirrors } from "../mirrors.ts";
import { proofOnly } from "../one-mirror.ts";
import { runRace } from "../run-race.ts";
import type { ToolAtHand } from "../tools.ts";
import { addressNote } from "./addresses.ts";
import { keptFromProxy } from "./proxy.ts";
import { fastestFor, whereOf } from "./settings.ts";
import type { DoctorStage } from "./stages.ts";
import type { Chart, Check, Patient } from "./types.ts";

/** The stages of a line, in order. */
export const networkStages = ["dns", "connect", "tls", "http", "protocol"] as const satisfies readonly DoctorStage[];

/** Which stage a reason belongs to; what is not named here is about the protocol. */
const stageOf: Partial<Record<Reason, DoctorStage>> = {
  dns: "dns",
  connect: "connect",
  timeout: "connect",
  tls: "tls",
  "tls-expiring": "tls",
  "http-status": "http",
  "rate-limited": "http",
  "redirects-away": "http",
  denied: "http",
  "client-denied": "http",
};

/** Has what is in use prove itself, as a race does, and, where it does not, looks for what could take its place. */
export const networkCheck: Check = {
  stages: [],
  async run(patient, chart) {
    const { services, tools } = patient;
    const [main] = tools;
    if (main === undefined || isKnownWrong(main, chart)) return;
    const chain = (main?.current.chain ?? []).filter((url) => URL.canParse(url));
    if (chain.length === 0) return askUpstream(patient, chart);
    const candidates = chain.map((url) => candidateAt(url, mirrorAt(patient.catalog, patient.ecosystem.id, url)));
    const race = await runRace(raceOf(patient), candidates, "prove");
    chart.standings = candidates.flatMap((candidate) =>
      race.standings.filter((standing) => standing.candidate === candidate),
    );
    const bad = chart.standings.filter((standing) => !isUsable(standing));
    if (bad.length === 0 || services.signal.aborted) return pass(chart, null);
    chart.others = await findOthers(patient, chain);
    for (const standing of bad) await report(standing, patient, chart);
    const cost =
      bad.length < chart.standings.length ? patient.clinic?.costOfDead?.(tools.map((each) => each.current)) : null;
    if (cost)
      chart.findings.push({ stage: "connect", severity: "warn", message: cost, where: null, repair: null, fix: null });
    const stages = bad.map(({ reason, detail }) => stageFor(reason, detail));
    // Behind a proxy that refuses, nothing of the line was seen.
    if (!stages.includes("proxy")) pass(chart, networkStages.find((stage) => stages.includes(stage)) ?? null);
  },
};

/** With no mirror set, and no trial that would tell: whether there is a line to where the tool goes by itself. What that answers is its own affair. */
async function askUpstream(patient: Patient, chart: Chart): Promise<void> {
  const url = patient.clinic?.upstream?.(patient.tools.map(({ current }) => current)) ?? null;
  if (url === null) return;
  const candidate = candidateAt(url, null);
  const race = await runRace(raceOf(patient), [candidate], "prove");
  const [standing] = race.standings;
  const stage = standing === undefined ? null : stageFor(standing.reason, standing.detail);
  if (standing === undefined || isUsable(standing) || stage === null || !lineStages.includes(stage)) return;
  chart.others = await findOthers(patient, []);
  await report(standing, patient, chart);
  if (stage !== "proxy") pass(chart, stage);
}

/** Those that are about the line, and not about what comes over it. */
export const lineStages: readonly DoctorStage[] = ["proxy", "dns", "connect", "tls"];

/** What proves an address good. */
export function raceOf({ ecosystem, tools, catalog, services, seat }: Patient) {
  return { ecosystem, tools, catalog, services, seat, wish: proofOnly };
}

/** Whether what is in force is not what was meant: an address that is wrong, or one that is not read, need not be asked, nor what stands in its place. */
function isKnownWrong({ current }: ToolAtHand, { findings }: Chart): boolean {
  const [setting] = current.settings;
  const place = setting === undefined ? null : whereOf(setting);
  return findings.some(({ severity, where, fix }) => {
    const bringsAddress = fix?.kind === "change" && fix.addresses.length > 0;
    const replaces = fix?.kind === "new-mirror" && where?.startsWith(`${setting?.source}:`) === true;
    return severity === "error" && (where === place || bringsAddress || replaces);
  });
}

/** Stages before the one that failed were passed. */
function pass({ passed }: Chart, failed: DoctorStage | null): void {
  for (const stage of networkStages) {
    if (stage === failed) return;
    passed.add(stage);
  }
}

/** Has every mirror that is offered prove itself, but for these. */
export async function findOthers(patient: Patient, chain: readonly string[]): Promise<readonly Standing[]> {
  const { catalog, ecosystem, knowledge, services } = patient;
  const offered = offeredMirrors(catalog, ecosystem.id, [], knowledge.isMirror).filter(
    ({ url }) => !chain.includes(url),
  );
  if (offered.length === 0 || services.signal.aborted) return [];
  return (await runRace(raceOf(patient), offered, "prove")).standings;
}

async function report(standing: Standing, patient: Patient, chart: Chart): Promise<void> {
  const { candidate, reason, detail } = standing;
  const { services } = patient;
  const stage = stageFor(reason, detail);
  const where = candidate.url;
  const severity = isHarmless(standing, patient, chart) ? "warn" : "error";
  const isUpstream = isBare(where, patient.tools[0]?.current);
  const args = { id: candidate.id, reason: reason ?? "" };
  const message: Message = { code: isUpstream ? "odd-upstream" : "odd-mirror", level: severity, args };
  const cause = commonCauseOf(standing, patient, chart);
  const base = { severity, repair: null, fix: null } as const;
  chart.findings.push({ ...base, stage, message, detail, where, ...wayOut(where, cause, patient, chart) });
  const note = await addressNote(where, services);
  if (note !== null) chart.findings.push({ ...base, stage: "dns", message: note, where });
  const kept = lineStages.includes(stage) ? keptFromProxy(where, patient) : null;
  if (kept !== null) chart.findings.push({ ...base, severity: "warn", stage: "proxy", message: kept, where });
  const isSaid = chart.findings.some((other) => other.message.code === cause?.code);
  if (cause !== null && !isSaid) chart.findings.push({ ...base, stage, message: cause, where: null });
}

/** One of several that fails does no harm where the tool goes on to one that serves. */
function isHarmless(standing: Standing, { tools, clinic }: Patient, { standings }: Chart): boolean {
  const value = tools[0]?.current.settings[0]?.value ?? "";
  const isFirst = standings?.[0] === standing;
  return (standings?.some(isUsable) ?? false) && (!isFirst || (clinic?.goesOn(value) ?? false));
}

function commonCauseOf(standing: Standing, { services }: Patient, { others }: Chart): Message | null {
  const race = { standings: [standing, ...(others ?? [])], lagUnit: "", elapsedMs: 0, requests: 0, bytes: 0 };
  return commonCause(race, services.clock.date());
}

/** Another mirror, where one proves good, be it one of those in use. What is the person's own is not ours to replace. */
export function wayOut(url: string, cause: Message | null, patient: Patient, { others, standings }: Chart) {
  const { ecosystem, knowledge, tools } = patient;
  if (cause !== null || ![...(others ?? []), ...(standings ?? [])].some(isUsable)) return {};
  const mayReplace = isBare(url, tools[0]?.current) || knowledge.isMirror(url);
  const settings = tools.flatMap(({ current }) => current.settings);
  const file = settings.find(({ value }) => value === url)?.source ?? "";
  const { facts } = patient.services.read;
  const repair = fastestFor(file, ecosystem.id, facts);
  return mayReplace && !isNearer(file, facts)
    ? { repair, fix: { kind: "new-mirror", without: null } as const }
    : { repair };
}

/** Where a standing failed. */
export function stageFor(reason: Reason | null, detail: Detail | null): DoctorStage {
  if (detail?.code.startsWith("proxy-")) return "proxy";
  return (reason === null ? undefined : stageOf[reason]) ?? "protocol";
}

import type { Catalog, EcosystemId } from "../../catalog/types.ts";
import type { Seat } from "../../probe/link.ts";
import { isUsable } from "../../probe/rank.ts";
import type { ExitCode } from "../../report/types.ts";
import { knowledgeOf } from "../knowledge.ts";
import { done, refuse } from "../outcome.ts";
import { toolsAtHand } from "../tools.ts";
import type { Outcome, Services } from "../types.ts";
import { besidesCheck } from "./besides.ts";
import { fetchCheck } from "./fetch.ts";
import { folderCheck } from "./folders.ts";
import { networkCheck } from "./network.ts";
import { proxyCheck } from "./proxy.ts";
import { settingsCheck } from "./settings.ts";
import { type DoctorStage, stages } from "./stages.ts";
import { fileCheck, lockCheck, oddityCheck, shadowCheck } from "./surroundings.ts";
import { toolCheck } from "./tool.ts";
import type { Chart, Check, Patient } from "./types.ts";
import { addressCheck } from "./wrong-addresses.ts";

/** In the order of causes: what comes first explains what comes after. */
const checks: readonly Check[] = [
  toolCheck,
  folderCheck,
  settingsCheck,
  addressCheck,
  oddityCheck,
  fileCheck,
  lockCheck,
  shadowCheck,
  proxyCheck,
  networkCheck,
  besidesCheck,
  fetchCheck,
];

/** An ecosystem that was looked at. */
export interface Examined {
  readonly patient: Patient;
  readonly chart: Chart;
}

/** Looks at one ecosystem, changes nothing. Refused where its tool is not installed. */
export async function examine(
  id: EcosystemId,
  catalog: Catalog,
  services: Services,
  seat: Seat,
): Promise<Outcome<Examined>> {
  const found = await toolsAtHand(id, { only: null, scope: null, allowMissing: false }, services.read, catalog.probes);
  if (!found.ok) return found;
  const { ecosystem, tools } = found.value;
  if (tools.length === 0) {
    return refuse(4, { code: "doctor-tool-missing", level: "error", args: { tool: ecosystem.tools[0]?.id ?? id } });
  }
  const clinic = (await ecosystem.clinic?.()) ?? null;
  const places =
    (await clinic?.places(
      services.read,
      tools.map(({ current }) => current),
    )) ?? [];
  const knowledge = await knowledgeOf(catalog, id, services);
  const patient: Patient = { ecosystem, tools, clinic, places, catalog, knowledge, services, seat };
  const chart: Chart = { findings: [], passed: new Set(), standings: null, others: null };
  for (const check of checks) {
    if (services.signal.aborted) break;
    await check.run(patient, chart);
    for (const stage of check.stages) chart.passed.add(stage);
  }
  chart.findings.sort((a, b) => stages.indexOf(a.stage) - stages.indexOf(b.stage));
  return done({ patient, chart });
}

/** How a stage went: null where it was not come to. */
export function stageOutcome(stage: DoctorStage, { findings, passed }: Chart): boolean | null {
  if (findings.some((finding) => finding.stage === stage)) return false;
  return passed.has(stage) ? true : null;
}

/** 0: all is well. 3: neither what is in use nor any other mirror proves good. 6: something needs doing. */
export function exitCodeOf({ findings, standings, others }: Chart): ExitCode {
  if (findings.length === 0) return 0;
  const serves = [...(standings ?? []), ...(others ?? [])].some(isUsable);
  return others !== null && others.length > 0 && !serves ? 3 : 6;
}

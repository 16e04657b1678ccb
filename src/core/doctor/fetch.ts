import { isUsable } from "../../probe/rank.ts";
import { fetchBy } from "../trial.ts";
import { findOthers } from "./network.ts";
import type { Check } from "./types.ts";

/** The last word: every tool fetches something real. Only where nothing is known yet that would keep it from that. */
export const fetchCheck: Check = {
  stages: [],
  async run(patient, chart) {
    const { tools, catalog, services, ecosystem } = patient;
    const { findings, passed } = chart;
    if (findings.some(({ severity }) => severity === "error")) return;
    for (const atHand of tools) {
      if (services.signal.aborted) return;
      const complaint = await fetchBy(atHand.tool, atHand.current, catalog, services);
      if (complaint === "not-tried") continue;
      passed.add("fetch");
      if (complaint === null) continue;
      const args = { tool: atHand.tool.id, complaint };
      const base = { stage: "fetch", severity: "error", where: null } as const;
      if (chart.standings !== null) {
        findings.push({ ...base, message: { code: "odd-fetch", level: "error", args }, repair: null, fix: null });
        continue;
      }
      // Nothing is set that could have been asked: what else is there?
      chart.others ??= await findOthers(patient, []);
      const isWayOut = chart.others.some(isUsable);
      const repair = isWayOut ? `mirror-setup ${ecosystem.id} --fastest` : null;
      const fix = isWayOut ? ({ kind: "new-mirror", without: null } as const) : null;
      findings.push({ ...base, message: { code: "odd-fetch-upstream", level: "error", args }, repair, fix });
    }
  },
};

import type { Message } from "../../report/types.ts";
import { fetchWith } from "../trial.ts";
import type { Check } from "./types.ts";

/** The last word: every tool fetches something real. Only where nothing is known yet that would keep it from that. */
export const fetchCheck: Check = {
  stages: [],
  async run({ tools, catalog, services }, { findings, passed }) {
    if (findings.some(({ severity }) => severity === "error")) return;
    for (const atHand of tools) {
      if (services.signal.aborted) return;
      const complaint = await fetchWith(atHand, catalog, services);
      if (complaint === "not-tried") continue;
      passed.add("fetch");
      if (complaint === null) continue;
      const message: Message = { code: "odd-fetch", level: "error", args: { tool: atHand.tool.id, complaint } };
      findings.push({ stage: "fetch", severity: "error", message, where: null, repair: null, fix: null });
    }
  },
};

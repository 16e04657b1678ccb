import { expect, it } from "vitest";
import type { Runner } from "../../src/probe/course.ts";
import { rank } from "../../src/probe/rank.ts";

type Rates = Pick<Runner, "peak" | "solo" | "isMeasuredAlone">;

/** A mirror that has proved all, and what is known of its rate. */
function runner(rates: Rates): Runner {
  const candidate = { id: "m", url: "https://m.example/", mirror: null };
  const visit = { candidate, latencyMs: 20, tlsDaysLeft: null, bytes: 0, requests: 5, stages: [], failures: [] };
  const proof = { reason: null, detail: null, findings: [], traits: [], position: null };
  return { visit, proof, rateFault: null, ...rates } as unknown as Runner;
}

const yardstick = { weights: { rounds: 1, bytes: 1 }, allowedLag: 0, lagUnit: "days", reference: null };

it.each([
  ["measured alone", { peak: 90_000, solo: 20_000, isMeasuredAlone: true }, 20_000, false, ["slow"]],
  ["alone, but not for long enough", { peak: null, solo: 20_000, isMeasuredAlone: false }, 20_000, true, []],
  ["beside others only", { peak: 20_000, solo: null, isMeasuredAlone: false }, 20_000, true, []],
  ["beside others, and alone nothing came", { peak: 20_000, solo: 0, isMeasuredAlone: true }, 20_000, true, []],
  ["nothing ever came", { peak: null, solo: 0, isMeasuredAlone: true }, null, false, []],
  ["less than a byte a second", { peak: 0.2, solo: null, isMeasuredAlone: false }, null, false, []],
])("a rate %s", (_, rates, bytesPerSecond, rateIsLowerBound, findings) => {
  const [standing] = rank([runner(rates)], yardstick);
  expect(standing).toMatchObject({ bytesPerSecond, rateIsLowerBound, findings });
});

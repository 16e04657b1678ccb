import { expect, it } from "vitest";
import type { RaceResult, Standing } from "../../src/probe/types.ts";
import { loadDictionary } from "../../src/report/language.ts";
import { makeScreen } from "../../src/report/screen.ts";
import { raceView, verdictText } from "../../src/report/views/race.ts";

function standing(id: string, rateIsLowerBound: boolean): Standing {
  return {
    ...{ candidate: { id, url: `https://${id}.example`, mirror: null }, verdict: "ok", rank: 1, reason: null },
    ...{ detail: null, findings: [], traits: [], latencyMs: 31, bytesPerSecond: 2_500_000, rateIsLowerBound },
    ...{ expectedInstallSeconds: 4.5, behind: null, tlsDaysLeft: null, bytes: 0, requests: 0, stages: [] },
  };
}

async function shown(language: "en" | "zh", unicode: boolean, bounds: readonly boolean[]): Promise<string> {
  const standings = bounds.map((bound, index) => standing(`m${index}`, bound));
  const race: RaceResult = { standings, lagUnit: "days", elapsedMs: 900, requests: 9, bytes: 9 };
  const facts = { colour: false, unicode, columns: 80, home: null };
  return raceView("npm", race, makeScreen(facts, await loadDictionary(language), false)).join("\n");
}

it.each(["en", "zh"] as const)(
  "says of which mirrors only a bound is known, and what that is: %s",
  async (language) => {
    const [measured, bound, legend] = (await shown(language, true, [false, true])).split("\n").slice(2);
    expect(measured).toMatch(/ 2\.5 MB\/s +4\.5 s/);
    expect(bound).toMatch(/ ≥2\.5 MB\/s +≤4\.5 s/);
    expect(legend).toMatch(/^ {2}≥ ≤ /);
    const plain = (await shown(language, false, [true])).split("\n");
    expect(plain[2]).toMatch(/ >=2\.5 MB\/s +<=4\.5 s/);
    expect(plain[3]).toMatch(/^ {2}>= <= /);
  },
);

it("says nothing of bounds where there are none", async () => {
  expect(await shown("en", true, [false, false])).not.toMatch(/[≥≤]|bound/);
});

it.each([
  ["en", "not proved: no time was left for it", "stopped: cannot win"],
  ["zh", "未验证：时间已用完", "已停止：不可能胜出"],
] as const)("tells for whom no time was left from who was stopped: %s", async (language, late, stopped) => {
  const screen = makeScreen(
    { colour: false, unicode: true, columns: 80, home: null },
    await loadDictionary(language),
    false,
  );
  const unfinished = { ...standing("m", false), verdict: "unfinished" } as const;
  const detail = { code: "no-time-left", args: {} } as const;
  expect(verdictText({ ...unfinished, detail }, screen)).toBe(late);
  expect(verdictText({ ...unfinished, detail: null }, screen)).toBe(stopped);
});

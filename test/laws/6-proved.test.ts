import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { selectChain } from "../../src/core/select.ts";
import { standings } from "./standings.ts";

const holders = fc.array(fc.constantFrom("https://a.example", "https://b.example/go", "https://c.example/"), {
  maxLength: 3,
});
const lengths = fc.integer({ min: 1, max: 5 });
const isProved = ({ verdict }: { verdict: string }) => verdict === "ok" || verdict === "degraded";

describe("law 6", () => {
  it("no rejected or unfinished mirror is ever chosen, whoever holds the place now", () => {
    const law6 = fc.property(standings, holders, lengths, (race, inUse, length) => {
      expect(selectChain(race, inUse, length).filter((member) => !isProved(member))).toEqual([]);
    });
    fc.assert(law6, { numRuns: 500 });
  });

  it("whoever is proved is chosen, up to the length, and no host twice", () => {
    const law6 = fc.property(standings, holders, lengths, (race, inUse, length) => {
      const hosts = selectChain(race, inUse, length).map(({ candidate }) => new URL(candidate.url).host);
      const proved = new Set(race.filter(isProved).map(({ candidate }) => new URL(candidate.url).host));
      expect(new Set(hosts).size).toBe(hosts.length);
      expect(hosts.length).toBe(Math.min(length, proved.size));
    });
    fc.assert(law6, { numRuns: 300 });
  });

  it("choosing again from the same race, with the choice in use, chooses the same", () => {
    const law6 = fc.property(standings, holders, lengths, (race, inUse, length) => {
      const first = selectChain(race, inUse, length);
      const now = first.map(({ candidate }) => candidate.url);
      expect(selectChain(race, now, length)).toEqual(first);
    });
    fc.assert(law6, { numRuns: 300 });
  });
});

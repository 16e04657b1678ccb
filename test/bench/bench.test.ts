import { beforeAll, describe, expect, it } from "vitest";
import type { Measured } from "./measure.ts";
import { measureSet } from "./series.ts";
import type { SetName } from "./sets.ts";

/** One row of a short benchmark: the same seed always draws the same worlds. */
async function rowOf(set: SetName, worlds: number, seed = "ci"): Promise<Measured> {
  const { rows } = await measureSet(set, { worlds, seed, policies: ["ours", "oracle"] });
  const found = rows.find(({ policy }) => policy === "ours");
  if (found === undefined) throw new Error("ours did not run");
  return found.row;
}

const percent = ({ hits, of }: { readonly hits: number; readonly of: number }) => (100 * hits) / of;

const mebibyte = 1024 * 1024;

describe.each([
  ["go", 2000, 5],
  ["npm", 2000, 5],
  ["pip", 2500, 10],
  ["docker", 3000, 10],
] as const)("the benchmark of %s, in short and with wide limits", (set, mostMs, mostMebibytes) => {
  let row: Measured;
  beforeAll(async () => {
    row = await rowOf(set, 60);
  });

  it("sees no faulty pick, and few wrong ones", () => {
    expect(row.worlds).toBe(60);
    expect(row.faults).toEqual({});
    expect(percent(row.wrong)).toBeLessThanOrEqual(20);
    expect(percent(row.nobody)).toBeLessThanOrEqual(3);
  });

  it("sees little regret, little waiting and few bytes", () => {
    expect(row.regretMedian).toBeLessThanOrEqual(1.1);
    expect(row.wallP50).toBeLessThanOrEqual(mostMs);
    expect(row.bytes).toBeLessThanOrEqual(mostMebibytes * mebibyte);
  });

  it("sees nothing left open", () => {
    expect(row.leftOpen).toBe(0);
  });

  it("is the same every time", async () => {
    expect(await rowOf(set, 60)).toEqual(row);
  });

  it("has peers that are taken in where ours is not", async () => {
    const { rows } = await measureSet(set, { worlds: 60, seed: "ci", policies: ["384 kB race", "TCP connect"] });
    for (const { row: peer } of rows) expect(peer.faulty.hits).toBeGreaterThan(0);
  });
});

describe("the benchmark's special worlds", () => {
  // One that fails three requests in ten may well answer all of ours, and one that breaks off late may do so after all that we ask for.
  it.each([
    ["none", 5],
    ["none-npm", 5],
    ["none-pip", 15],
    ["none-docker", 15],
  ] as const)(
    "sees hardly anybody picked where every mirror is faulty, and none that is so for certain: %s",
    async (set, most) => {
      const none = await rowOf(set, 500);
      expect(none.worlds).toBe(100);
      expect(percent(none.faulty)).toBeLessThanOrEqual(most);
      expect(none.faulty.hits + none.nobody.hits).toBe(100);
      const byLot = ["random-500", "truncated-late"];
      expect(Object.keys(none.faults).filter((fault) => !byLot.includes(fault))).toEqual([]);
      expect(none.leftOpen).toBe(0);
    },
  );

  it("sees a single mirror proved at once, and forty handled", async () => {
    const [single, forty] = [await rowOf("single", 100), await rowOf("forty", 50)];
    expect(single.wallP50).toBeLessThanOrEqual(620);
    expect(single.nobody.hits).toBe(0);
    expect(forty.faults).toEqual({});
    expect(forty.wallP95).toBeLessThanOrEqual(5200);
    expect([single.leftOpen, forty.leftOpen]).toEqual([0, 0]);
  });
});

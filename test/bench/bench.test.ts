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

describe("the benchmark, in short and with wide limits", () => {
  let go: Measured;
  beforeAll(async () => {
    go = await rowOf("go", 60);
  });

  it("sees no faulty pick, and few wrong ones", () => {
    expect(go.worlds).toBe(60);
    expect(go.faults).toEqual({});
    expect(percent(go.wrong)).toBeLessThanOrEqual(20);
    expect(percent(go.nobody)).toBeLessThanOrEqual(3);
  });

  it("sees little regret and little waiting", () => {
    expect(go.regretMedian).toBeLessThanOrEqual(1.1);
    expect(go.wallP50).toBeLessThanOrEqual(2000);
  });

  it("sees nothing left open", () => {
    expect(go.leftOpen).toBe(0);
  });

  it("is the same every time", async () => {
    expect(await rowOf("go", 60)).toEqual(go);
  });

  // One that fails three requests in ten may well answer all of ours, and one that breaks off late may do so after all that we ask for.
  it("sees hardly anybody picked where every mirror is faulty, and none that is so for certain", async () => {
    const none = await rowOf("none", 500);
    expect(none.worlds).toBe(100);
    expect(percent(none.faulty)).toBeLessThanOrEqual(5);
    expect(none.faulty.hits + none.nobody.hits).toBe(100);
    const byLot = ["random-500", "truncated-late"];
    expect(Object.keys(none.faults).filter((fault) => !byLot.includes(fault))).toEqual([]);
    expect(none.leftOpen).toBe(0);
  });

  it("sees a single mirror proved at once, and forty handled", async () => {
    const [single, forty] = [await rowOf("single", 100), await rowOf("forty", 50)];
    expect(single.wallP50).toBeLessThanOrEqual(620);
    expect(single.nobody.hits).toBe(0);
    expect(forty.faults).toEqual({});
    expect(forty.wallP95).toBeLessThanOrEqual(5200);
    expect([single.leftOpen, forty.leftOpen]).toEqual([0, 0]);
  });
});

import { describe, expect, it } from "vitest";
import { dayIn } from "../../../src/ecosystems/npm/freshness.ts";
import { askRegistry, probes } from "./registry.ts";

const canary = "/-/package/canary/dist-tags";
const other = "/-/package/other/dist-tags";
const tags = (next: unknown) => JSON.stringify({ latest: "1.0.0", next });
const position = async (changes: Parameters<typeof askRegistry>[0]) => (await askRegistry(changes)).proof.position;
const day = (date: string) => Date.parse(date) / 86_400_000;

describe("the date in a version", () => {
  it.each([
    ["7.1.0-dev.20261119.1", "2026-11-19"],
    ["1.20261119.0", "2026-11-19"],
    ["19.3.0-canary-dc9aed36-20261027", "2026-10-27"],
  ])("of %s", (version, date) => expect(dayIn(version)).toBe(day(date)));

  it.each(["1.0.0", "1.0.0-rc.1", "1.202611190.0", "120261119", "1.20261319.0", "1.20261132", ""])(
    "is not there in %s",
    (version) => expect(dayIn(version)).toBe(0),
  );
});

describe("how far a registry is", () => {
  it("is the newest date of all canaries", async () => {
    expect(await position({ [other]: tags("1.20261102.0") })).toBe(day("2026-11-19"));
    expect(await position({ [canary]: tags("2.0.0-dev.20261101"), [other]: tags("1.20261103.0") })).toBe(
      day("2026-11-03"),
    );
    expect(await position({ [canary]: tags("no date"), [other]: tags("1.20261103.0") })).toBe(day("2026-11-03"));
  });

  it("is yesterday for one that has today's, and for one that says it has tomorrow's", async () => {
    for (const date of ["20261120", "20261121", "20991231"]) {
      expect(await position({ [other]: tags(`1.${date}.0`) })).toBe(day("2026-11-19"));
    }
  });

  describe("by the longest pause of its canaries", () => {
    const pins = (until = "2027-01-01") => ({ ...probes, pause: { days: 14, until } });
    const old = (next: string) => ({ [canary]: tags(`1.0.0-dev.${next}`), [other]: tags("1.20260101.0") });
    const stale = { reason: "stale", detail: { code: "nothing-new", args: { count: 15 } } };

    it("is stale by itself when its newest is older, and says how far it is all the same", async () => {
      const { proof, stages, requests } = await askRegistry(old("20261105"), { pins: pins() });
      expect(proof).toMatchObject({ ...stale, position: day("2026-11-05") });
      expect(stages).toContainEqual(expect.objectContaining({ stage: "freshness", ok: false }));
      expect(requests).toBeLessThanOrEqual((await askRegistry()).requests);
      expect((await askRegistry(old("20261106"), { pins: pins() })).proof.reason).toBeNull();
    });

    it("is not, where nobody vouches for the canaries any longer, or ever has", async () => {
      expect((await askRegistry(old("20261105"), { pins: pins("2026-11-19") })).proof.reason).toBeNull();
      expect((await askRegistry(old("20261105"))).proof.reason).toBeNull();
    });

    it("is not, where only one of two clocks says so", async () => {
      const body = tags("1.0.0-dev.20261105");
      const dated = { ...old("20261105"), [canary]: { body, headers: { date: "Fri, 06 Nov 2026 00:00:00 GMT" } } };
      expect((await askRegistry(dated, { pins: pins() })).proof.reason).toBeNull();
      const ahead = { ...dated, [canary]: { body, headers: { date: "Fri, 06 Nov 2099 00:00:00 GMT" } } };
      expect((await askRegistry(ahead, { pins: pins() })).proof).toMatchObject(stale);
    });
  });

  it.each([
    ["one canary is missing", { [other]: null }],
    ["it answers something else", { [canary]: "<html>" }],
    ["it answers texts of another kind", { [canary]: tags({ version: "1.20261119.0" }).replace('"1.0.0"', "null") }],
    ["it breaks down over the question", { [canary]: 500 }],
    ["it sends us elsewhere", { [canary]: { failure: "redirects-away" } }],
    ["no version has a date", { [canary]: tags("2.0.0"), [other]: tags("3.0.0") }],
  ] as const)("cannot be told where %s, which is no fault", async (_, changes) => {
    const { proof, stages } = await askRegistry(changes);
    expect(proof).toMatchObject({ reason: null, position: null });
    expect(stages).toContainEqual(expect.objectContaining({ stage: "freshness", ok: null }));
  });

  it("is read from the beginning of the packages' documents where there is no other way", async () => {
    const versions = `"versions":{"1.0.0":{"x":"${"y".repeat(50_000)}"}}`;
    const whole = `{"name":"canary","dist-tags":${tags("1.0.0-dev.20261118")},"versions":{}}`;
    const cut = `{"dist-tags":${tags("1.20261117.0")},"name":"other",${versions}}`;
    const none = { [canary]: null, [other]: null };
    const { proof, requests } = await askRegistry({ ...none, "/canary": whole, "/other": cut });
    expect(proof).toMatchObject({ reason: null, position: day("2026-11-18") });
    expect(requests).toBe(6);
    expect(await position({ ...none, "/canary": whole, "/other": `{${versions}}` })).toBeNull();
  });
});

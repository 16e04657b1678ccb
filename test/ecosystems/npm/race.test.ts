import { describe, expect, it } from "vitest";
import type { NpmProbes } from "../../../src/catalog/types.ts";
import { npmProtocol } from "../../../src/ecosystems/npm/protocol.ts";
import { run } from "../../probe/course.ts";
import type { HostScript } from "../../probe/virtual.ts";
import { probes, smallWith, tarballs } from "./registry.ts";

const pins: NpmProbes = { ...probes, canaries: ["canary"] };
const tags = (date: string) => JSON.stringify({ latest: "1.0.0", next: `2.0.0-dev.${date}` });

/** A registry that names no tarballs, so that they are its own. */
const registry = (date: string, more: Partial<HostScript> = {}, paths: HostScript["paths"] = {}): HostScript => ({
  ...more,
  paths: {
    "/small/1.0.0": smallWith({ tarball: undefined }),
    "/small/-/small-1.0.0.tgz": tarballs.small,
    "/big/-/big-1.0.0.tgz": tarballs.big,
    "/middle/-/middle-1.0.0.tgz": tarballs.middle,
    "/-/package/canary/dist-tags": tags(date),
    ...paths,
  },
});

describe("a race of registries", () => {
  it("ranks those that are good, and says of the others why not", async () => {
    const { ranked, standing, result } = await run(
      {
        far: registry("20261120", { latencyMs: 60 }),
        near: registry("20261118", { latencyMs: 10 }),
        stale: registry("20261117", { latencyMs: 5 }),
        altered: registry("20261120", {}, { "/small/-/small-1.0.0.tgz": tarballs.middle }),
        denying: registry("20261120", { faultOn: { "/small/-/small-1.0.0.tgz": 403 } }),
        hanging: registry("20261120", { faultOn: { "/-/package/canary/dist-tags": "hang" } }),
        mute: registry("?", { latencyMs: 90 }),
        dead: { fault: "refuse", paths: {} },
      },
      { protocol: npmProtocol(pins), purpose: "judge", capMs: 3000 },
    );
    expect(ranked).toEqual(["near", "far", "mute"]);
    expect(standing("near")).toMatchObject({ behind: 1, verdict: "ok" });
    expect(standing("mute")).toMatchObject({ behind: null, verdict: "ok" });
    expect(standing("stale")).toMatchObject({ reason: "stale", detail: { args: { count: 2, unit: "days" } } });
    expect(standing("altered")).toMatchObject({ reason: "tampered" });
    expect(standing("denying")).toMatchObject({ reason: "denied" });
    expect(standing("hanging")).toMatchObject({ reason: "timeout" });
    expect(standing("dead")).toMatchObject({ reason: "connect" });
    expect(result.lagUnit).toBe("days");
  });

  it("rejects one whose large tarball is not what the world has", async () => {
    const [first = { package: "", version: "", integrity: "" }, ...others] = pins.bulk ?? [];
    const prefixes = { "100": "0".repeat(64) };
    const protocol = npmProtocol({ ...pins, bulk: [{ ...first, prefixes }, ...others] });
    const { standing } = await run({ a: registry("20261120"), b: registry("20261120") }, { protocol });
    expect(standing("a")).toMatchObject({ verdict: "rejected", reason: "tampered" });
  });
});

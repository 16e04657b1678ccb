import { describe, expect, it } from "vitest";
import { pipProtocol } from "../../../src/ecosystems/pip/protocol.ts";
import { run } from "../../probe/course.ts";
import type { HostScript } from "../../probe/virtual.ts";
import { page, pins, smallPage, tail, wheels } from "./index-server.ts";

const [large, small] = pins;
const probes = pins.map((pin) => ({ ...pin, canaries: ["canary"] }));
const smallFile = `/packages/${small?.file}`;
const largeFile = `/packages/${large?.file}`;

/** An index whose last change is this one. Its files are two folders above the pages, at the root. */
const index = (serial: number, more: Partial<HostScript> = {}, paths: HostScript["paths"] = {}): HostScript => ({
  headers: { "content-type": "text/html" },
  ...more,
  paths: {
    "/small/": smallPage().body,
    "/large-one/": large === undefined ? "" : page(large).body,
    "/canary/": tail(serial).body,
    [smallFile]: wheels.small,
    [largeFile]: wheels.large,
    ...paths,
  },
});

const fresh = 32_000_000;
const altered = Buffer.from(wheels.large).fill("x", 50_000, 50_010);

describe("a race of indexes", () => {
  it("ranks those that are good, and says of the others why not", async () => {
    const { ranked, standing, result } = await run(
      {
        far: index(fresh, { latencyMs: 60 }),
        near: index(fresh - 30_000, { latencyMs: 10 }),
        stale: index(fresh - 30_001, { latencyMs: 5 }),
        altered: index(fresh, {}, { [largeFile]: altered }),
        swapped: index(fresh, {}, { [smallFile]: wheels.large }),
        denying: index(fresh, { faultOn: { [smallFile]: 403 } }),
        hanging: index(fresh, { faultOn: { "/canary/": "hang" } }),
        mute: index(0, { latencyMs: 90 }),
        text: index(fresh, { headers: { "content-type": "text/plain" } }),
        dead: { fault: "refuse", paths: {} },
      },
      { protocol: pipProtocol(probes), purpose: "judge", capMs: 3000 },
    );
    expect(ranked).toEqual(["near", "far", "mute"]);
    expect(standing("near")).toMatchObject({ behind: 30_000, verdict: "ok" });
    expect(standing("mute")).toMatchObject({ behind: null, verdict: "ok" });
    expect(standing("stale")).toMatchObject({ reason: "stale", detail: { args: { unit: "changes" } } });
    const found = ["altered", "swapped", "denying", "hanging", "text", "dead"].map((id) => standing(id).reason);
    expect(found).toEqual(["tampered", "tampered", "denied", "timeout", "not-a-mirror", "connect"]);
    expect(result.lagUnit).toBe("changes");
  });

  it("has the winner deliver a stretch of the large file, as the world has it", async () => {
    const breaking = { faultOn: { [largeFile]: { breaksAfter: 400_000 } }, bytesPerSecond: 900_000 };
    const { ranked, standing } = await run(
      { breaking: index(fresh, { latencyMs: 5, ...breaking }), next: index(fresh, { bytesPerSecond: 600_000 }) },
      { protocol: pipProtocol(probes) },
    );
    expect(ranked).toEqual(["next"]);
    expect(standing("breaking")).toMatchObject({ reason: "truncated" });
  });
});

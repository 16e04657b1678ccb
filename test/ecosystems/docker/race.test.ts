import { describe, expect, it } from "vitest";
import { dockerProtocol } from "../../../src/ecosystems/docker/protocol.ts";
import { run } from "../../probe/course.ts";
import type { HostScript } from "../../probe/virtual.ts";
import { blobOf, canary, images, index, platform, probes, smallest, sound } from "./registry.ts";

const bodies = Object.fromEntries(
  Object.entries(sound).map(([path, reply]) => {
    const body = typeof reply === "object" && "body" in reply ? reply.body : reply;
    return [path, body as Uint8Array | string];
  }),
);
const [older] = images.filter(({ repository }) => repository === "library/python");

const mirror = (more: Partial<HostScript> = {}, paths: HostScript["paths"] = {}): HostScript => ({
  ...more,
  paths: { ...bodies, ...paths },
});

describe("a race of mirrors of Docker Hub", () => {
  it("ranks those that are good, and says of the others why not", async () => {
    const { ranked, standing, result } = await run(
      {
        far: mirror({ latencyMs: 60, bytesPerSecond: 1e6 }),
        near: mirror({ latencyMs: 10, bytesPerSecond: 5e6 }),
        stale: mirror({ latencyMs: 5 }, { [canary]: older?.index.bytes ?? "" }),
        swapped: mirror({}, { [platform]: bodies[index] ?? "" }),
        altered: mirror({}, { [smallest]: "other" }),
        denying: mirror({ faultOn: { [smallest]: 403 } }),
        full: mirror({ faultOn: { [index]: 429 } }),
        hanging: mirror({ faultOn: { [canary]: "hang" } }),
        dead: { fault: "refuse", paths: {} },
      },
      { protocol: dockerProtocol(probes), purpose: "judge", capMs: 3000 },
    );
    expect(ranked).toEqual(["near", "far"]);
    expect(standing("stale")).toMatchObject({ reason: "stale", detail: { args: { unit: "hours", count: 72 } } });
    const found = ["swapped", "altered", "denying", "full", "hanging", "dead"].map((id) => standing(id).reason);
    expect(found).toEqual(["tampered", "tampered", "denied", "rate-limited", "timeout", "connect"]);
    expect(result.lagUnit).toBe("hours");
  });

  it("has the winner deliver a layer whole", async () => {
    const altered = Buffer.from(bodies[blobOf("middling")] as Uint8Array).fill("x", 50_000, 50_010);
    const { ranked, standing } = await run(
      { first: mirror({ latencyMs: 5 }, { [blobOf("middling")]: altered }), next: mirror({ bytesPerSecond: 4e5 }) },
      { protocol: dockerProtocol(probes) },
    );
    expect(ranked).toEqual(["next"]);
    expect(standing("first")).toMatchObject({ reason: "tampered" });
  });
});

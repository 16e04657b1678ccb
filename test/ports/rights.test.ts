import { describe, expect, it } from "vitest";
import { checkedNeeds, checkedStep } from "../../src/ports/rights/protocol.ts";
import type { WritePort } from "../../src/ports/types.ts";

const needs = {
  files: ["/etc/docker/daemon.json"],
  hangUps: [{ pidFile: "/run/docker.pid", program: "dockerd" }],
  commands: [{ argv: ["docker", "info"] as const }],
};
const content = { base64: "e30=", mode: 0o644, owner: null };

/** What a request has done, with a port that only tells. */
async function done(call: string, ...args: unknown[]): Promise<unknown> {
  const told: unknown[] = [];
  const port = new Proxy({} as WritePort, {
    get:
      (_, name) =>
      (...given: unknown[]) =>
        Promise.resolve(void told.push([name, ...given])),
  });
  await checkedStep({ id: 1, call, args }, needs, port)();
  return told[0];
}

describe("the helper with more rights", () => {
  it("does what was announced", async () => {
    const file = needs.files[0];
    expect(await done("obstacle", file)).toEqual(["obstacle", file]);
    expect(await done("replace", file, content)).toEqual([
      ...["replace", file],
      { bytes: new Uint8Array([0x7b, 0x7d]), mode: 0o644, owner: null },
    ]);
    expect(await done("makeDirectory", "/etc/docker", 0o755)).toEqual(["makeDirectory", "/etc/docker", 0o755]);
    expect(await done("hangUp", "/run/docker.pid", "dockerd")).toEqual(["hangUp", "/run/docker.pid", "dockerd"]);
    expect(await done("run", { argv: ["docker", "info"] })).toEqual(["run", { argv: ["docker", "info"] }]);
  });

  it.each([
    ["another file", "replace", "/etc/shadow", content],
    ["the same by another way", "replace", "/etc/docker/../docker/daemon.json", content],
    ["a beginning of it", "removeFile", "/etc/docker/daemon"],
    ["no path", "sweep", 7],
    ["a mode that runs as its owner", "replace", "/etc/docker/daemon.json", { ...content, mode: 0o4755 }],
    ["an owner that is none", "replace", "/etc/docker/daemon.json", { ...content, owner: { uid: -1, gid: 0 } }],
    ["content that is none", "replace", "/etc/docker/daemon.json", { ...content, base64: 1 }],
    ["a folder that is not above it", "makeDirectory", "/etc/cron.d", 0o755],
    ["the root", "removeDirectory", "/"],
    ["another program", "run", { argv: ["docker", "info", "--more"] }],
    ["the same program in another environment", "run", { argv: ["docker", "info"], env: { LD_PRELOAD: "/tmp/x" } }],
    ["another process", "hangUp", "/run/sshd.pid", "sshd"],
    ["the lock", "lock", "/etc/docker/daemon.json"],
    ["a member of every object", "constructor", "/etc/docker/daemon.json"],
  ])("refuses %s", async (_, call, ...args) => {
    await expect(async () => done(call, ...args)).rejects.toMatchObject({ code: "EPERM" });
  });

  it.each([
    null,
    7,
    "x",
    {},
    { ...needs, files: ["etc"] },
    { ...needs, files: ["/a/../b"] },
    { ...needs, commands: [{}] },
  ])("does not begin with %j", (value) => {
    expect(() => checkedNeeds(value)).toThrow();
  });
});

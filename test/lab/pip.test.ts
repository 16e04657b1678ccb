import { afterAll, beforeAll, expect, it } from "vitest";
import type { Fault } from "./faults.ts";
import { type Lab, startLab } from "./index.ts";
import { runPip } from "./pip.ts";
import { describeWith } from "./tools.ts";

describeWith("pip", "the real pip", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab([{ id: "mirror", ecosystem: "pip", rttMs: 1 }]);
  });
  afterAll(() => lab.close());

  /** pip through the one mirror in a given state; its requests only. */
  const pip = async (fault: Fault | null, ...args: string[]) => {
    const host = lab.host("mirror");
    host.setFault(fault);
    const before = host.log.length;
    const run = await runPip(lab, args, { PIP_INDEX_URL: host.mirrorUrl });
    return { ...run, requests: host.log.slice(before) };
  };
  const download = (fault: Fault | null) => pip(fault, "download", "--no-deps", "lab-greet");

  it("installs the latest version", async () => {
    const { code, stdout, requests } = await pip(null, "install", "--target", "site", "lab-greet");
    expect(stdout).toContain("Successfully installed lab-greet-1.1.0");
    expect(code).toBe(0);
    expect(requests.map(({ path }) => path.split("/").at(-1) || path)).toEqual(
      expect.arrayContaining(["/simple/lab-greet/", "lab_greet-1.1.0-py3-none-any.whl"]),
    );
    expect(requests[0]?.userAgent).toMatch(/^pip\//);
  });

  it("downloads the large wheel, and notices an altered or missing one", async () => {
    const bulk = (fault: Fault | null) => pip(fault, "download", "--no-deps", "lab-bulk");
    expect(await bulk(null)).toMatchObject({ code: 0 });
    expect((await bulk("tampered-bulk")).stderr).toContain("DO NOT MATCH THE HASHES");
    expect((await bulk("no-bulk")).stderr).toContain("404 Client Error");
    expect(await download("no-bulk")).toMatchObject({ code: 0 });
  });

  it.each(["html-only", "no-serial", "redirect-cdn", "tampered-index", "tls-expiring"] as const)(
    "is content with %s",
    async (fault) => {
      expect((await download(fault)).stdout).toContain("lab_greet-1.1.0");
    },
  );

  it("gets an older version from a stale mirror", async () => {
    expect((await download("stale")).stdout).toContain("lab_greet-1.0.0");
  });

  it.each([
    ["tampered", /DO NOT MATCH THE HASHES/],
    ["denied", /403 Client Error/],
    ["client-denied", /No matching distribution/],
    ["login-page", /No matching distribution/],
    ["portal-redirect", /No matching distribution/],
    ["no-artefact", /No matching distribution/],
    ["truncated", /DO NOT MATCH THE HASHES|incomplete/i],
    ["tls-untrusted", /No matching distribution/],
    ["refused", /No matching distribution/],
  ] as const)("refuses %s: %s", async (fault, words) => {
    const { code, stderr } = await download(fault);
    expect(stderr).toMatch(words);
    expect(code).toBe(1);
  });
});

import { afterAll, beforeAll, expect, it } from "vitest";
import type { Fault } from "./faults.ts";
import { type Lab, startLab } from "./index.ts";
import { runNpm } from "./npm.ts";
import { describeWith } from "./tools.ts";

describeWith("npm", "the real npm", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab([{ id: "mirror", ecosystem: "npm", rttMs: 1 }]);
  });
  afterAll(() => lab.close());

  /** npm through the one mirror in a given state; its requests only. */
  const npm = async (fault: Fault | null, ...args: string[]) => {
    const host = lab.host("mirror");
    host.setFault(fault);
    const before = host.log.length;
    const run = await runNpm(lab, args, { npm_config_registry: host.mirrorUrl });
    return { ...run, requests: host.log.slice(before) };
  };

  it("installs a scoped package and what it needs", async () => {
    const { code, stdout, requests } = await npm(null, "install", "@corp/thing");
    expect(stdout).toContain("added 2 packages");
    expect(code).toBe(0);
    const paths = requests.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(["/@corp%2fthing", "/lab-greet/-/lab-greet-1.1.0.tgz"]));
    expect(requests[0]?.userAgent).toMatch(/^npm\//);
  });

  it("runs what it has fetched", async () => {
    expect((await npm(null, "exec", "--yes", "lab-greet")).stdout).toBe("Hello, lab\n");
  });

  it("views versions, tags and the signature", async () => {
    const { stdout } = await npm(null, "view", "lab-nightly", "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      "dist-tags": { latest: "1.0.0" },
      time: {},
      dist: { signatures: [{}] },
    });
  });

  it.each(["no-time", "no-signatures", "bad-signature", "redirect-cdn", "tampered-index"] as const)(
    "is content with %s",
    async (fault) => {
      expect(await npm(fault, "install", "lab-greet")).toMatchObject({ code: 0 });
    },
  );

  it("takes tarballs from a foreign host before npm 12, and refuses them since", async () => {
    const major = Number.parseInt((await npm(null, "--version")).stdout, 10);
    const { code, stderr, requests } = await npm("foreign-tarball-host", "install", "lab-greet");
    if (major >= 12) return expect(stderr).toContain("EALLOWREMOTE");
    expect(code).toBe(0);
    expect(requests.map(({ port }) => port === lab.host("mirror").port)).toEqual([true, false]);
  });

  it("gets an older version from a stale mirror", async () => {
    expect((await npm("stale", "view", "lab-greet", "version")).stdout).toBe("1.0.0\n");
  });

  it.each([
    ["tampered", "EINTEGRITY"],
    ["denied", "E403"],
    ["client-denied", "E403"],
    ["login-page", "invalid json response body"],
    ["portal-redirect", "invalid json response body"],
    ["no-artefact", "E404"],
    ["truncated", "ECONNRESET"],
    ["tls-expired", "CERT_HAS_EXPIRED"],
    ["refused", "ECONNREFUSED"],
  ] as const)("refuses %s: %s", async (fault, words) => {
    const { code, stderr } = await npm(fault, "install", "lab-greet");
    expect(stderr).toContain(words);
    expect(code).not.toBe(0);
  });

  it("notices altered and missing large files", async () => {
    expect((await npm("tampered-bulk", "install", "lab-bulk")).stderr).toContain("EINTEGRITY");
    expect((await npm("no-bulk", "install", "lab-bulk")).stderr).toContain("E404");
    expect(await npm("no-bulk", "install", "lab-greet")).toMatchObject({ code: 0 });
  });
});

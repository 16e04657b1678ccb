import { afterAll, beforeAll, expect, it } from "vitest";
import { type Daemon, runPodman, startDaemon } from "./docker.ts";
import { canStartDockerd, describeWithDockerd } from "./dockerd.ts";
import type { Fault } from "./faults.ts";
import { type Lab, startLab } from "./index.ts";
import { findTool } from "./tools.ts";
import { describeWhere } from "./where.ts";

/** Makes the mirror bad, or good, and gives what a pull then asked of it. */
function asking(lab: () => Lab) {
  return async <T>(fault: Fault | readonly Fault[] | null, pull: () => Promise<T>) => {
    const host = lab().host("mirror");
    host.setFault(fault);
    const before = host.log.length;
    const run = await pull();
    return { run, requests: host.log.slice(before) };
  };
}

describeWithDockerd("the real dockerd, through a mirror", () => {
  let lab: Lab;
  let daemon: Daemon | undefined;
  beforeAll(async () => {
    lab = await startLab([{ id: "mirror", ecosystem: "docker", rttMs: 1 }]);
    daemon = await startDaemon(lab, [lab.host("mirror").url]);
  });
  afterAll(async () => {
    await daemon?.stop();
    await lab.close();
  });
  const tell = asking(() => lab);
  const pull = async (fault: Fault | readonly Fault[] | null, image = "alpine") => {
    await daemon?.docker("image", "prune", "--all", "--force");
    const { run, requests } = await tell(fault, async () => daemon?.docker("pull", image));
    return { code: run?.code, said: `${run?.stdout}${run?.stderr}`, requests };
  };

  const sound = [null, "token", "redirect-cdn", ["redirect-cdn", "token"], "library-only", "no-canary"] as const;
  it.each(sound.map((fault) => ({ fault })))("pulls from one that is $fault", async ({ fault }) => {
    const { code, requests, said } = await pull(fault);
    expect(said).toContain("Downloaded newer image");
    expect(code).toBe(0);
    expect(requests.some(({ path }) => path.includes("/blobs/"))).toBe(true);
    expect(requests[0]?.userAgent).toMatch(/^docker\/[\d.]+\S* go\/.* UpstreamClient\(/);
  });

  it("pulls by an address with the mirror before the name", async () => {
    const { host } = new URL(lab.host("mirror").url);
    expect((await pull(null, `${host}/library/alpine`)).code).toBe(0);
    expect((await pull("token", `${host}/docker.io/library/alpine`)).code).toBe(0);
  });

  it.each([
    "tampered",
    "tampered-bulk",
    "tampered-manifest",
    "denied",
    "client-denied",
    "not-allowed",
    "no-artefact",
    "no-bulk",
    "blob-page",
    "too-many",
    "login-page",
    "token-denied",
    "token-page",
    "late-challenge",
    "basic",
    "unchallenged",
    "error-500",
    "refused",
  ] as const)("does not get it from one that is %s", async (fault) => {
    const { code } = await pull(fault);
    expect(code).not.toBe(0);
  });
});

const canRunPodman = findTool("podman") !== null && canStartDockerd;

describeWhere(canRunPodman, "no podman, not root, or no right to mount", "the real podman", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab([{ id: "mirror", ecosystem: "docker", rttMs: 1 }]);
  });
  afterAll(() => lab.close());
  const tell = asking(() => lab);

  it.each([null, "token", "redirect-cdn"] as const)("pulls from a mirror that is %s", async (fault) => {
    const { url } = lab.host("mirror");
    const { run, requests } = await tell(fault, () => runPodman(lab, url, ["pull", "docker.io/library/alpine"]));
    expect(run).toMatchObject({ code: 0 });
    expect(requests.some(({ path }) => path.includes("/blobs/"))).toBe(true);
    const { host } = new URL(url);
    expect(await runPodman(lab, null, ["pull", `${host}/library/alpine`])).toMatchObject({ code: 0 });
  });
});

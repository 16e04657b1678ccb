import { expect, it } from "vitest";
import { runGo } from "../lab/go.ts";
import type { HostSpec } from "../lab/index.ts";
import { describeWith } from "../lab/tools.ts";
import { faultsOf, mirrorOf, probedDocument, type Report } from "./documents.ts";
import { ask, codesOf, databaseLine, type Home, makeHome, run, snapshot, trusting, useLab } from "./driver.ts";

const hosts = [
  { id: "dead", fault: "refused" },
  { id: "portal", fault: "login-page", rttMs: 1 },
  { id: "tampered", fault: "tampered-zip", rttMs: 1 },
  { id: "healthy", rttMs: 8 },
  { id: "stale", fault: "stale", rttMs: 1 },
  { id: "denied", fault: "denied", rttMs: 1 },
  { id: "silent", fault: "hang-response" },
] as const satisfies readonly HostSpec[];
const rejected = hosts.map(({ id }) => id).filter((id) => id !== "healthy");

describeWith("go", "go --fastest with one healthy mirror among seven", () => {
  const lab = useLab(hosts);
  const way = (home: Home) => ({ home, env: trusting(lab()) });
  const fastest = () => ["go", "--fastest", "--catalog", lab().catalogFile];
  const newHome = () => makeHome(databaseLine(lab()));

  const configured = async (): Promise<{ home: Home; report: Report; code: number | null }> => {
    const home = await newHome();
    return { home, ...(await ask(fastest(), way(home))) };
  };

  it("picks it, and no rejected one is in the chain", async () => {
    const { code, report } = await configured();
    expect(code).toBe(0);
    const value = report.changes.find(({ key }) => key === "GOPROXY")?.after;
    expect(value).toBe(`${lab().host("healthy").url},direct`);
    expect(report.probe?.ecosystems[0]?.ranking).toEqual(["healthy"]);
    for (const id of rejected) {
      expect(value).not.toContain(lab().host(id).url);
      expect(["rejected", "unfinished"]).toContain(mirrorOf(report, id).verdict);
      expect(mirrorOf(report, id).rank).toBeNull();
    }
  });

  it("reports in the documented shape", async () => {
    const { report } = await configured();
    expect(faultsOf(probedDocument, report)).toEqual([]);
    expect(report).toMatchObject({ version: 1, command: "go", dryRun: false, skipped: [] });
    expect(report.transaction).toMatch(/^\d{8}T\d{6}Z-[0-9a-f]{4}$/);
    const row = report.inForce.find(({ key }) => key === "GOPROXY");
    expect(row).toMatchObject({ mirror: "healthy", line: 1, shadowedBy: null, scope: "user", tool: "go" });
  });

  it("is what the real go says, and where it fetches from", async () => {
    const { home } = await configured();
    const env = { GOENV: home.goenv, GOSUMDB: "" };
    const { stdout } = await runGo(lab(), ["env", "GOPROXY"], env);
    expect(stdout.trim()).toBe(`${lab().host("healthy").url},direct`);
    const seen = new Map(hosts.map(({ id }) => [id, lab().host(id).log.length]));
    const { code, stderr } = await runGo(lab(), ["get", `${lab().module.path}@${lab().module.version}`], env);
    expect([code, stderr]).toEqual([0, expect.stringContaining("added ")]);
    for (const { id } of hosts) {
      const requests = lab().host(id).log.length - (seen.get(id) ?? 0);
      expect([id, requests > 0]).toEqual([id, id === "healthy"]);
    }
  });

  it("writes nothing the second time, and says so", async () => {
    const { home } = await configured();
    const before = await snapshot(home.path);
    const { code, report } = await ask(fastest(), way(home));
    expect(await snapshot(home.path)).toEqual(before);
    expect([code, report.transaction, report.changes]).toEqual([0, null, []]);
    expect(codesOf(report)).toContain("nothing-to-do");
  });

  it("is undone byte by byte", async () => {
    const home = await newHome();
    const before = await snapshot(home.path, { times: false });
    await ask(fastest(), way(home));
    expect((await run(["undo"], way(home))).code).toBe(0);
    expect(await snapshot(home.path, { times: false })).toMatchObject(before);
  });

  it("replaces a mirror in use that does not prove itself", async () => {
    const home = await makeHome(`GOPROXY=${lab().host("stale").url},direct\n${databaseLine(lab())}`);
    const { report } = await ask(fastest(), way(home));
    expect(report.changes[0]?.after).toBe(`${lab().host("healthy").url},direct`);
  });

  it("races only those that are named", async () => {
    const home = await newHome();
    const { report } = await ask([...fastest(), "healthy", "portal"], way(home));
    expect(report.probe?.ecosystems[0]?.mirrors.map(({ id }) => id).toSorted()).toEqual(["healthy", "portal"]);
  });

  it("with --if-broken changes nothing while the mirror in use proves good", async () => {
    const { home } = await configured();
    const before = await snapshot(home.path);
    const { code, report } = await ask(["go", "--if-broken", "--catalog", lab().catalogFile], way(home));
    expect([code, codesOf(report)]).toEqual([0, ["current-good"]]);
    expect(await snapshot(home.path)).toEqual(before);
  });

  it("with --if-broken replaces one that does not", async () => {
    const home = await makeHome(`GOPROXY=${lab().host("tampered").url},direct\n${databaseLine(lab())}`);
    const { code } = await ask(["go", "--if-broken", "--catalog", lab().catalogFile], way(home));
    expect(code).toBe(0);
    expect((await ask(["status", "go", "--catalog", lab().catalogFile], way(home))).report.inForce[0]?.mirror).toBe(
      "healthy",
    );
  });
});

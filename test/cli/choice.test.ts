import { expect, it } from "vitest";
import type { HostSpec } from "../lab/index.ts";
import { describeWith } from "../lab/tools.ts";
import { ask, codesOf, databaseLine, makeHome, run, snapshot, trusting, useLab } from "./driver.ts";

const broken = [
  "refused",
  "hang-connect",
  "login-page",
  "tampered-mod",
  "denied",
  "tls-expired",
] as const satisfies readonly HostSpec["fault"][];

describeWith("go", "when all mirrors are broken", () => {
  const lab = useLab(broken.map((fault) => ({ id: fault, fault })));

  it("ends with 3 in good time, writes nothing, and gives a reason for each", async () => {
    const home = await makeHome(databaseLine(lab()));
    const before = await snapshot(home.path);
    const way = { home, env: trusting(lab()) };
    const { code, stdout, stderr, elapsedMs } = await run(["go", "--fastest", "--catalog", lab().catalogFile], way);
    expect(code).toBe(3);
    expect(elapsedMs).toBeLessThan(6_000);
    expect(await snapshot(home.path)).toEqual(before);
    expect(stderr).toContain("nothing was changed");
    for (const id of broken) expect(stdout).toMatch(new RegExp(`${id} .*rejected: \\S`));
  });

  it("tells a script the same", async () => {
    const home = await makeHome(databaseLine(lab()));
    const { code, report } = await ask(["go", "--fastest", "--catalog", lab().catalogFile], {
      home,
      env: trusting(lab()),
    });
    expect(code).toBe(3);
    expect(report).toMatchObject({ transaction: null, changes: [], dryRun: false });
    expect(codesOf(report)).toEqual(["none-usable"]);
    const mirrors = report.probe?.ecosystems[0]?.mirrors ?? [];
    expect(mirrors.map(({ verdict }) => verdict)).toEqual(broken.map(() => "rejected"));
  });

  it("stops at --timeout", async () => {
    const home = await makeHome(databaseLine(lab()));
    const args = ["go", "hang-connect", "--timeout", "300ms", "--catalog", lab().catalogFile];
    const { code, elapsedMs } = await run(args, { home, env: trusting(lab()) });
    expect(code).toBe(3);
    expect(elapsedMs).toBeLessThan(3_000);
  });
});

describeWith("go", "one mirror that is named", () => {
  const lab = useLab([{ id: "good" }, { id: "stale", fault: "stale" }, { id: "hidden", offer: false }]);
  const way = async () => ({ home: await makeHome(databaseLine(lab())), env: trusting(lab()) });

  it("is proved, then written", async () => {
    const { code, report } = await ask(["go", "good", "--catalog", lab().catalogFile], await way());
    expect(code).toBe(0);
    expect(report.probe?.ecosystems[0]?.ranking).toEqual(["good"]);
    expect(codesOf(report)).not.toContain("unproved");
  });

  it("is refused with the reason and the way to insist, when it does not prove itself", async () => {
    const here = await way();
    const before = await snapshot(here.home.path);
    const { code, stdout, stderr } = await run(["go", "good", "stale", "--catalog", lab().catalogFile], here);
    expect(code).toBe(3);
    expect(stdout).toMatch(/stale .*rejected: stale/);
    expect(stderr).toContain("--no-probe");
    expect(await snapshot(here.home.path)).toEqual(before);
  });

  it("may be an address", async () => {
    const { url } = lab().host("hidden");
    const { code, report } = await ask(["go", `${url}/`, "--catalog", lab().catalogFile], await way());
    expect(code).toBe(0);
    expect(report.inForce[0]?.mirror).toBe("hidden");
  });

  it("is in no race when it is not offered, unless it is in use", async () => {
    const fastest = ["go", "--fastest", "--catalog", lab().catalogFile];
    const fresh = await ask(fastest, await way());
    expect(fresh.report.probe?.ecosystems[0]?.mirrors.map(({ id }) => id).toSorted()).toEqual(["good", "stale"]);
    const home = await makeHome(`GOPROXY=${lab().host("hidden").url},direct\n${databaseLine(lab())}`);
    const used = await ask(fastest, { home, env: trusting(lab()) });
    expect(used.report.probe?.ecosystems[0]?.mirrors.map(({ id }) => id)).toContain("hidden");
  });
});

import { readFile, writeFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { describeWith } from "../lab/tools.ts";
import { faultsOf, statusDocument } from "./documents.ts";
import {
  ask,
  codesOf,
  databaseLine,
  exampleCatalog,
  exampleUrl,
  makeHome,
  put,
  run,
  trusting,
  useLab,
} from "./driver.ts";

describeWith("go", "status --check", () => {
  const lab = useLab([{ id: "good" }, { id: "denied", fault: "denied" }]);
  const check = ["status", "go", "--check"];
  const ready = async (id: string) => {
    const way = { home: await makeHome(databaseLine(lab())), env: trusting(lab()) };
    const catalog = ["--catalog", lab().catalogFile];
    expect((await run(["go", id, "--no-probe", ...catalog], way)).code).toBe(0);
    return { way, args: [...check, ...catalog] };
  };

  it("is 0 where the mirror proves good and nothing was touched, and says what it found", async () => {
    const { way, args } = await ready("good");
    const { code, report } = await ask(args, way);
    expect([code, codesOf(report)]).toEqual([0, expect.arrayContaining(["check-good"])]);
    expect(faultsOf(statusDocument, report)).toEqual([]);
    expect(report.probe?.ecosystems[0]?.ranking).toEqual(["good"]);
    expect(report.inForce[0]).toMatchObject({ key: "GOPROXY", mirror: "good", known: "mirror" });
  });

  it("is 6 where the mirror no longer serves", async () => {
    const { way, args } = await ready("denied");
    const { code, report } = await ask(args, way);
    expect([code, codesOf(report)]).toEqual([6, expect.arrayContaining(["check-bad"])]);
  });

  it("is 6 where somebody changed the file since, and undo or a new write makes it 0 again", async () => {
    const { way, args } = await ready("good");
    const file = way.home.goenv;
    const written = await readFile(file, "utf8");
    await writeFile(file, written.replace(",direct", "|direct"));
    const changed = await ask(args, way);
    expect([changed.code, codesOf(changed.report)]).toEqual([6, expect.arrayContaining(["drift", "check-good"])]);
    expect((await ask(["status", "go"], way)).code).toBe(0);
    await writeFile(file, databaseLine(lab()));
    expect(codesOf((await ask(args, way)).report)).toContain("drift-gone");
    await writeFile(file, written);
    expect((await ask(args, way)).code).toBe(0);
    expect((await run(["undo"], way)).code).toBe(0);
    expect(codesOf((await ask(["status", "go"], way)).report)).not.toContain("drift-gone");
  });

  it("is 6 where a variable wins over what we wrote", async () => {
    const { way, args } = await ready("good");
    const env = { ...way.env, GOPROXY: lab().host("good").url };
    expect((await ask(args, { ...way, env })).code).toBe(6);
  });

  it("tells what a reset removed and somebody set again, and an address that nobody lists", async () => {
    const home = await makeHome(`GOPROXY=${exampleUrl("near", "go")},direct\n`);
    const catalog = ["--catalog", await exampleCatalog(home)];
    expect((await run(["reset", "go", ...catalog], { home })).code).toBe(0);
    await put(home.goenv, "GOPROXY=https://other.example,direct\n");
    const { code, report } = await ask(["status", "go", ...catalog], { home });
    expect([code, codesOf(report)]).toEqual([0, ["drift-set"]]);
    expect(report.inForce[0]).toMatchObject({ known: "unknown", mirror: null });
    expect((await run(["status", "go", ...catalog], { home })).stdout).toContain("not in the catalog");
  });
});

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeWith } from "../lab/tools.ts";
import { ask, databaseLine, makeHome, run, trusting, useLab } from "./driver.ts";

describeWith("go", "the last race on this network", () => {
  const ids = ["one", "two", "three", "four", "five", "six"];
  const lab = useLab(ids.map((id, index) => ({ id, rttMs: 6 + 8 * index })));

  /** How many of the mirrors were asked anything by a run. */
  async function askedBy(home: Awaited<ReturnType<typeof makeHome>>, ...extra: string[]): Promise<number> {
    const before = ids.map((id) => lab().host(id).log.length);
    const args = ["go", "--fastest", "--catalog", lab().catalogFile, ...extra];
    const { code } = await ask(args, { home, env: trusting(lab()) });
    expect(code).toBe(0);
    return ids.filter((id, index) => lab().host(id).log.length > (before[index] ?? 0)).length;
  }

  it("saves the others from being asked again: those in use and the two best prove themselves anew", async () => {
    const home = await makeHome(databaseLine(lab()));
    expect(await askedBy(home)).toBe(6);
    expect(await askedBy(home)).toBe(4);
    expect(await askedBy(home, "--no-cache")).toBe(6);
  });

  it("is no proof: when those it names are gone, everybody races", async () => {
    const home = await makeHome(databaseLine(lab()));
    await askedBy(home);
    const { mirrors } = Object.values(
      JSON.parse(await readFile(join(home.path, ".cache/mirror-setup/probe.json"), "utf8")).races,
    )[0] as {
      mirrors: { url: string }[];
    };
    const named = ids.filter((id) => mirrors.slice(0, 4).some(({ url }) => url === lab().host(id).url));
    for (const id of named) lab().host(id).setFault("login-page");
    try {
      const { report } = await ask(["go", "--fastest", "--catalog", lab().catalogFile], { home, env: trusting(lab()) });
      expect(report.probe?.ecosystems[0]?.mirrors).toHaveLength(6);
      expect(report.inForce?.[0]?.value).not.toContain(lab().host(named[0] ?? "").url);
    } finally {
      for (const id of named) lab().host(id).setFault(null);
    }
  });

  it("is a hint only: a damaged memory is passed over, and a dry run leaves none", async () => {
    const home = await makeHome(databaseLine(lab()));
    const args = ["go", "--fastest", "--dry-run", "--catalog", lab().catalogFile];
    expect((await run(args, { home, env: trusting(lab()) })).code).toBe(0);
    await expect(readFile(join(home.path, ".cache/mirror-setup/probe.json"))).rejects.toThrow("ENOENT");
    await mkdir(join(home.path, ".cache/mirror-setup"), { recursive: true });
    await writeFile(join(home.path, ".cache/mirror-setup/probe.json"), '{"version":1,"races":[[');
    expect(await askedBy(home)).toBe(6);
  });
});

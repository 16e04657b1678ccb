import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
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

  /** Lets the memory of a home grow older by so many minutes. */
  async function age(home: Awaited<ReturnType<typeof makeHome>>, minutes: number): Promise<void> {
    const file = join(home.path, ".cache/mirror-setup/probe.json");
    const older = (text: string) => new Date(Date.parse(text) - minutes * 60_000).toISOString();
    const memory = await readFile(file, "utf8");
    await writeFile(file, memory.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, older));
  }

  it("saves the others from being asked again: those in use prove themselves anew, and later the two best others", async () => {
    const home = await makeHome(databaseLine(lab()));
    expect(await askedBy(home)).toBe(6);
    expect(await askedBy(home)).toBe(2);
    await age(home, 20);
    expect(await askedBy(home)).toBe(4);
    expect(await askedBy(home, "--no-cache")).toBe(6);
    await age(home, 400);
    expect(await askedBy(home)).toBe(6);
    expect((await stat(join(home.path, ".cache/mirror-setup/probe.json"))).mode & 0o777).toBe(0o600);
  });

  it("lets who was rejected for good sit out, and says so; not when named, with --no-cache, or a while later", async () => {
    const home = await makeHome(databaseLine(lab()));
    lab().host("six").setFault("login-page");
    try {
      const args = ["go", "--fastest", "--catalog", lab().catalogFile];
      const again = async (...extra: string[]) => {
        const { report } = await ask([...args, ...extra], { home, env: trusting(lab()) });
        const asked = report.probe?.ecosystems[0]?.mirrors.map(({ id }) => id) ?? [];
        return [asked.includes("six"), report.messages.find(({ code }) => code === "sat-out")?.args.count];
      };
      expect(await again()).toEqual([true, undefined]);
      await forgetRanking(home);
      expect(await again()).toEqual([false, 1]);
      expect(await again("--no-cache")).toEqual([true, undefined]);
      const { report } = await ask(["go", "six", "--catalog", lab().catalogFile], { home, env: trusting(lab()) });
      expect(report.probe?.ecosystems[0]?.mirrors.map(({ id }) => id)).toEqual(["six"]);
      await forgetRanking(home);
      await age(home, 11);
      expect(await again()).toEqual([true, undefined]);
    } finally {
      lab().host("six").setFault(null);
    }
  });

  it("lets nobody sit out when those that race are too few good ones in the end", async () => {
    const home = await makeHome(databaseLine(lab()));
    const args = ["go", "--fastest", "--catalog", lab().catalogFile];
    lab().host("six").setFault("login-page");
    try {
      await run(args, { home, env: trusting(lab()) });
    } finally {
      lab().host("six").setFault(null);
    }
    await forgetRanking(home);
    const others = ids.filter((id) => id !== "six");
    for (const id of others) lab().host(id).setFault("login-page");
    try {
      const { report } = await ask([...args, "--chain", "1"], { home, env: trusting(lab()) });
      expect(report.inForce?.[0]?.value).toContain(lab().host("six").url);
    } finally {
      for (const id of others) lab().host(id).setFault(null);
    }
  });

  /** Takes the order of past races out of a memory, and leaves who was rejected. */
  async function forgetRanking(home: Awaited<ReturnType<typeof makeHome>>): Promise<void> {
    const file = join(home.path, ".cache/mirror-setup/probe.json");
    await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, "utf8")), races: {} }));
  }

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

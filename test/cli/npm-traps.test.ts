import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeWith, runTool } from "../lab/tools.ts";
import { ask, codesOf, exampleCatalog, exampleUrl, makeHome, put, run, snapshot, withOnly } from "./driver.ts";

const [near, far] = [exampleUrl("near", "npm"), exampleUrl("far", "npm")];

/** A home with npm and this .npmrc, and how to write its near mirror without asking anybody. */
async function ready(text: string | null) {
  const home = await makeHome();
  if (text !== null) await put(home.npmrc, text);
  const catalog = await exampleCatalog(home);
  return { home, env: await withOnly(home, "npm"), catalog, set: ["npm", "near", "--no-probe", "--catalog", catalog] };
}

/** What npm itself says of a key. */
async function npmSays({ home, env }: Awaited<ReturnType<typeof ready>>, key: string): Promise<string> {
  const command = ["-c", `npm config get ${key}`];
  return (await runTool("/bin/sh", command, home.path, { ...env, HOME: home.path })).stdout.trim();
}

describeWith("npm", ".npmrc, as npm reads it", () => {
  it.each([
    ["a byte order mark", `\uFEFFregistry=${far}\r\nfund=false\r\n`, `\uFEFFregistry=${near}\r\nfund=false\r\n`],
    ["the key twice, where the last wins", `registry=${far}/a\nregistry = ${far}\n`, null],
    ["a section, where keys count no more", "fund=false\n[other]\naudit=false\n", null],
    ["single quotes", `registry = '${far}'\n`, `registry = '${near}'\n`],
  ])("%s", async (_, before, after) => {
    const here = await ready(before);
    const { code, report } = await ask(here.set, here);
    expect([code, report.inForce[0]?.value], JSON.stringify(report.messages)).toEqual([0, near]);
    if (after !== null) expect(await readFile(here.home.npmrc, "utf8")).toBe(after);
    expect(await npmSays(here, "registry")).toMatch(new RegExp(`^${near}/?$`));
    expect((await run(["undo"], here)).code).toBe(0);
    expect(await readFile(here.home.npmrc, "utf8")).toBe(before);
  });

  it("credentials that belong to no registry keep every mirror out, and are not shown", async () => {
    const here = await ready("fund=false\n_authToken=hunter2\n");
    const before = await snapshot(here.home.path);
    const { code, stdout, stderr } = await run(here.set, here);
    expect([code, stderr]).toEqual([5, expect.stringContaining(".npmrc:2")]);
    expect(stdout + stderr).not.toContain("hunter2");
    expect(await snapshot(here.home.path)).toEqual(before);
  });

  it("npm's own registry is no mirror: it is refused by its address too, and reset is named", async () => {
    const here = await ready("fund=false\n");
    const upstream = await npmSays(here, "registry");
    const { code, stderr } = await run(["npm", upstream, "--no-probe", "--catalog", here.catalog], here);
    expect([code, stderr]).toEqual([2, expect.stringContaining("mirror-setup reset npm")]);
    expect(await readFile(here.home.npmrc, "utf8")).toBe("fund=false\n");
  });

  it("a lock file that is tied to another mirror is said, with its cure", async () => {
    const here = await ready(null);
    const project = join(here.home.path, "project");
    await put(join(project, "package.json"), '{ "name": "user", "version": "1.0.0" }');
    const packages = { "node_modules/a": { version: "1.0.0", resolved: `${far}/a/-/a-1.0.0.tgz` } };
    await put(join(project, "package-lock.json"), JSON.stringify({ lockfileVersion: 3, packages }));
    const { code, report } = await ask(here.set, { ...here, cwd: project });
    expect(code).toBe(0);
    const said = report.messages.find((message) => message.code.startsWith("npm-lock-"));
    expect(said?.args).toMatchObject({ file: join(project, "package-lock.json"), registry: `${far}/`, count: 1 });
    expect(said?.text).toContain("--replace-registry-host=always");
  });

  it("--scope-registry sets a scope beside the mirror, nothing more the second time, and reset keeps it", async () => {
    const here = await ready("fund=false\n");
    const args = [...here.set, "--scope-registry", "@corp=https://npm.corp.example/"];
    const { code, report } = await ask(args, here);
    expect([code, report.changes.map(({ key }) => key)]).toEqual([0, ["registry", "@corp:registry"]]);
    expect(await npmSays(here, "@corp:registry")).toBe("https://npm.corp.example/");
    expect(codesOf((await ask(args, here)).report)).toContain("nothing-to-do");
    expect((await run(["reset", "npm", "--catalog", here.catalog], here)).code).toBe(0);
    expect(await readFile(here.home.npmrc, "utf8")).toBe("fund=false\n@corp:registry=https://npm.corp.example/\n");
  });

  it.each(["corp=https://npm.corp.example/", "@corp", "@corp=ftp://npm.corp.example/", "@corp=npm.corp.example"])(
    "--scope-registry %s is a mistake",
    async (value) => {
      const { code, stderr } = await run(["npm", "near", "--scope-registry", value], { home: await makeHome() });
      expect([code, stderr]).toEqual([2, expect.stringContaining(value)]);
    },
  );

  it("list npm --env prints what a shell can read, and leaves no trace", async () => {
    const here = await ready(null);
    const before = await snapshot(here.home.path);
    const { code, stdout } = await run(["list", "npm", "--env"], here);
    expect(code).toBe(0);
    const { report } = await ask(["list", "npm", "--env"], here);
    const [wanted] = (report as unknown as { environment: { variables: Record<string, string> }[] }).environment;
    const names = Object.keys(wanted?.variables ?? {});
    expect(names.length).toBeGreaterThan(0);
    const script = `${stdout}\nfor name in ${names.join(" ")}; do eval "echo \\"$name=\\$$name\\""; done`;
    const said = await runTool("/bin/sh", ["-c", script], here.home.path, {});
    expect(said.stdout.trim().split("\n")).toEqual(names.map((name) => `${name}=${wanted?.variables[name]}`));
    expect(await snapshot(here.home.path)).toEqual(before);
  });
});

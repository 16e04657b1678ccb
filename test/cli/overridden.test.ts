import { chmod, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeWith } from "../lab/tools.ts";
import { ask, codesOf, exampleCatalog, exampleUrl, makeHome, put, run, withOnly } from "./driver.ts";

const own = "https://own.example/packages";

/** A home with one of the two tools, and how to write its near mirror without asking anybody. */
async function ready(ecosystem: "pip" | "npm") {
  const home = await makeHome();
  const args = [ecosystem, "near", "--no-probe", "--catalog", await exampleCatalog(home)];
  return { home, args, env: await withOnly(home, ecosystem), stored: exampleUrl("near", ecosystem) };
}

/** Runs it as text and again as JSON: 7 both times, the winner named in both, our value in the file. */
async function expectOverridden(
  ecosystem: "pip" | "npm",
  { home, args, env, stored }: Awaited<ReturnType<typeof ready>>,
  winner: string,
  extra: { readonly env?: Record<string, string>; readonly cwd?: string } = {},
): Promise<void> {
  const way = { home, env: { ...env, ...extra.env }, ...(extra.cwd === undefined ? {} : { cwd: extra.cwd }) };
  const { code, stdout, stderr } = await run(args, way);
  const shown = winner.startsWith("env:") ? winner.slice(4) : winner.replace(home.path, "~");
  expect([code, (stdout + stderr).includes(shown)], stdout + stderr).toEqual([7, true]);
  const { code: again, report } = await ask(args, way);
  expect([again, codesOf(report)]).toEqual([7, expect.arrayContaining(["not-in-force"])]);
  expect(report.messages.find(({ code: said }) => said === "not-in-force")?.args.winner).toBe(winner);
  expect(report.inForce[0]).toMatchObject({ value: own, source: winner, shadowedBy: winner, mirror: null });
  const file = ecosystem === "pip" ? home.pipConf : home.npmrc;
  expect(await readFile(file, "utf8")).toContain(stored);
}

describeWith("pip", "pip: what wins over the file", () => {
  it("PIP_INDEX_URL", async () => {
    await expectOverridden("pip", await ready("pip"), "env:PIP_INDEX_URL", { env: { PIP_INDEX_URL: own } });
  });

  it("the pip.conf of the virtual environment that is active", async () => {
    const setup = await ready("pip");
    const environment = join(setup.home.path, "venv");
    const file = join(environment, "pip.conf");
    await put(file, `[global]\nindex-url = ${own}\n`);
    await expectOverridden("pip", setup, file, { env: { VIRTUAL_ENV: environment } });
  });

  it("[install] index-url of one's own in the very file", async () => {
    const setup = await ready("pip");
    await put(setup.home.pipConf, `[install]\nindex-url = ${own}\n`);
    const { code, report } = await ask(setup.args, setup);
    expect([code, codesOf(report)]).toEqual([7, expect.arrayContaining(["not-in-force"])]);
    expect(report.inForce[0]).toMatchObject({ value: own, shadowedBy: `${setup.home.pipConf} [install]` });
  });

  it("a variable that stays after a reset: 7, and not said to be stored", async () => {
    const { args, env, home } = await ready("pip");
    await put(home.pipConf, "[global]\n");
    const way = { home, env: { ...env, PIP_INDEX_URL: exampleUrl("near", "pip") } };
    const { code, report } = await ask(["reset", "pip", ...args.slice(-2)], way);
    expect([code, codesOf(report)]).toEqual([7, ["still-set"]]);
    expect(report.messages[0]?.text).toContain("PIP_INDEX_URL");
  });

  it("a mirror in a shared file that stays after a reset: 7, and the file named", async () => {
    const { args, env, home } = await ready("pip");
    const shared = join(home.path, "shared");
    const file = join(shared, "pip", "pip.conf");
    await put(file, `[global]\nindex-url = ${exampleUrl("near", "pip")}\n`);
    const way = { home, env: { ...env, XDG_CONFIG_DIRS: shared } };
    const { code, report } = await ask(["reset", "pip", ...args.slice(-2)], way);
    expect([code, codesOf(report), report.messages[0]?.args.winner]).toEqual([7, ["still-set"], file]);
  });

  it("a variable of the person's own is no failure of a reset", async () => {
    const { args, env, home } = await ready("pip");
    await put(home.pipConf, `[global]\nindex-url = ${exampleUrl("near", "pip")}\n`);
    const way = { home, env: { ...env, PIP_INDEX_URL: own } };
    const { code, report } = await ask(["reset", "pip", ...args.slice(-2)], way);
    expect([code, codesOf(report)]).toEqual([0, []]);
    expect(await readFile(home.pipConf, "utf8")).not.toContain("index-url");
  });

  it("an empty variable is none", async () => {
    const { args, env, home } = await ready("pip");
    expect((await run(args, { home, env: { ...env, PIP_INDEX_URL: "" } })).code).toBe(0);
  });
});

describeWith("npm", "npm: what wins over the file", () => {
  it("a project's mirror that stays after a reset of the user's: 7, and the file named", async () => {
    const { args, env, home } = await ready("npm");
    await put(home.npmrc, `registry=${exampleUrl("far", "npm")}\n`);
    const file = join(home.path, "project", ".npmrc");
    await put(file, `registry=${exampleUrl("near", "npm")}\n`);
    await put(join(home.path, "project", "package.json"), "{}");
    const way = { home, env, cwd: join(home.path, "project") };
    const { code, report } = await ask(["reset", "npm", ...args.slice(-2)], way);
    expect([code, codesOf(report), report.messages[0]?.args.winner]).toEqual([7, ["still-set"], file]);
  });

  it.each(["NPM_CONFIG_REGISTRY", "npm_config_registry"])("%s", async (name) => {
    await expectOverridden("npm", await ready("npm"), `env:${name}`, { env: { [name]: own } });
  });

  it("the .npmrc of the project that we are in", async () => {
    const setup = await ready("npm");
    const project = join(setup.home.path, "project");
    await put(join(project, "package.json"), "{}");
    await put(join(project, ".npmrc"), `registry=${own}\n`);
    await expectOverridden("npm", setup, join(project, ".npmrc"), { cwd: project });
  });

  it("not what npm hands down to what it starts, as npx does", async () => {
    const { home, args, env, stored } = await ready("npm");
    await put(home.npmrc, `registry=${exampleUrl("far", "npm")}\n`);
    const handed = {
      npm_config_registry: exampleUrl("far", "npm"),
      npm_config_userconfig: home.npmrc,
      npm_config_user_agent: "npm/11.0.0 node/v20 linux x64 workspaces/false",
      npm_execpath: "/usr/lib/node_modules/npm/bin/npm-cli.js",
      npm_lifecycle_event: "npx",
      npm_command: "exec",
    };
    const { code, report } = await ask(args, { home, env: { ...env, ...handed } });
    expect([code, codesOf(report)]).toEqual([0, expect.not.arrayContaining(["not-in-force"])]);
    expect(report.inForce[0]).toMatchObject({ value: stored, source: home.npmrc, shadowedBy: null });
    const looked = await ask(["status", "npm"], { home, env: { ...env, ...handed } });
    expect(looked.report.inForce[0]).toMatchObject({ value: stored, source: home.npmrc, shadowedBy: null });
  });

  it("not what yarn 1 hands down, which is its default whatever is set, nor a tool that the project has under its name", async () => {
    const { home, env } = await ready("npm");
    await put(home.npmrc, `registry=${exampleUrl("far", "npm")}\n`);
    const bin = join(home.path, "project", "node_modules", ".bin");
    await put(join(bin, "npm"), "#!/bin/sh\necho 1.2.3\n");
    await chmod(join(bin, "npm"), 0o755);
    const handed = {
      PATH: `${bin}:${env.PATH}`,
      npm_config_registry: "https://yarn.example",
      npm_config_user_agent: "yarn/1.22.22 npm/? node/v20.20.2 linux x64",
    };
    const { report } = await ask(["status", "npm"], { home, env: { ...env, ...handed } });
    expect(codesOf(report)).not.toContain("npm-variable-perhaps");
    expect(report.inForce[0]).toMatchObject({ value: exampleUrl("far", "npm"), source: home.npmrc });
  });

  it("under npx a variable in capitals is still the person's own", async () => {
    const handed = { npm_execpath: "/npm-cli.js", npm_lifecycle_event: "npx", NPM_CONFIG_REGISTRY: own };
    await expectOverridden("npm", await ready("npm"), "env:NPM_CONFIG_REGISTRY", { env: handed });
  });
});

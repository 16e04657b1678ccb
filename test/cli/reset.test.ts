import { chmod, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeWith } from "../lab/tools.ts";
import {
  ask,
  codesOf,
  exampleCatalog,
  exampleUrl,
  type Home,
  makeHome,
  put,
  run,
  snapshot,
  withOnly,
} from "./driver.ts";

const own = {
  go: "https://go.corp.example",
  pip: "https://pypi.corp.example/simple",
  npm: "https://npm.corp.example/",
} as const;
type Ecosystem = keyof typeof own;

/** The three files, each with a mirror of the catalog or an address of the person's own, among other things. */
async function homeWith(
  what: "mirrors" | "own",
): Promise<{ home: Home; env: Record<string, string>; catalog: string }> {
  const home = await makeHome();
  const address = (ecosystem: Ecosystem) => (what === "own" ? own[ecosystem] : exampleUrl("near", ecosystem));
  await put(home.goenv, `GOBIN=/opt/bin\nGOPROXY=${address("go")},direct\n`);
  await put(home.pipConf, `# mine\n[global]\nindex-url = ${address("pip")}\ntimeout = 60\n`);
  await put(home.npmrc, `; mine\nregistry=${address("npm")}\n@corp:registry=${own.npm}\n`);
  return { home, env: await withOnly(home, "go", "pip", "npm"), catalog: await exampleCatalog(home) };
}

const without = {
  go: "GOBIN=/opt/bin\n",
  pip: "# mine\n[global]\ntimeout = 60\n",
  npm: `; mine\n@corp:registry=${own.npm}\n`,
};
const fileOf = (home: Home, ecosystem: Ecosystem) =>
  ({ go: home.goenv, pip: home.pipConf, npm: home.npmrc })[ecosystem];
const all = ["go", "pip", "npm"] as const;

describeWith("pip", "reset and status, of all there are", () => {
  it("reset without a name removes the mirrors of all, as one transaction that undo undoes", async () => {
    const { home, env, catalog } = await homeWith("mirrors");
    const before = await snapshot(home.path, { times: false });
    const { code, report } = await ask(["reset", "--catalog", catalog], { home, env });
    expect(code, JSON.stringify(report.messages)).toBe(0);
    for (const id of all) expect(await readFile(fileOf(home, id), "utf8")).toBe(without[id]);
    expect(report.changes.map(({ ecosystem, after }) => [ecosystem, after])).toEqual(all.map((id) => [id, null]));
    expect((await ask(["reset", "--catalog", catalog], { home, env })).report.transaction).toBeNull();
    expect((await run(["undo"], { home, env })).code).toBe(0);
    expect(await snapshot(home.path, { times: false })).toMatchObject(before);
  });

  it.each(["pip", "npm"] as const)("reset %s leaves the others alone", async (ecosystem) => {
    const { home, env, catalog } = await homeWith("mirrors");
    const before = await snapshot(home.path);
    expect((await run(["reset", ecosystem, "--catalog", catalog], { home, env })).code).toBe(0);
    const after = await snapshot(home.path);
    for (const id of all) {
      const path = fileOf(home, id).slice(home.path.length + 1);
      if (id === ecosystem) expect(await readFile(fileOf(home, id), "utf8")).toBe(without[id]);
      else expect(after[path]).toEqual(before[path]);
    }
  });

  it("reset leaves both of pip's files alone where one cannot be written, and does the others all the same", async () => {
    const { home, env, catalog } = await homeWith("mirrors");
    const legacy = join(home.path, ".pip", "pip.conf");
    await put(legacy, `[global]\nindex-url = ${exampleUrl("far", "pip")}\n`);
    await chmod(legacy, 0o444);
    const before = await readFile(home.pipConf, "utf8");
    const { code, report } = await ask(["reset", "--catalog", catalog], { home, env });
    expect([code, report.changes.map(({ ecosystem }) => ecosystem)]).toEqual([5, ["go", "npm"]]);
    expect(report.messages.find(({ code: said }) => said === "file-problem")?.args.file).toBe(legacy);
    expect(await readFile(home.pipConf, "utf8")).toBe(before);
    expect(await readFile(home.npmrc, "utf8")).toBe(without.npm);
    await chmod(legacy, 0o644);
    expect((await run(["reset", "--catalog", catalog], { home, env })).code).toBe(0);
    expect([await readFile(home.pipConf, "utf8"), await readFile(legacy, "utf8")]).toEqual([without.pip, ""]);
  });

  it("reset keeps what is the person's own, names it, and writes nothing", async () => {
    const { home, env, catalog } = await homeWith("own");
    const before = await snapshot(home.path);
    const { code, report } = await ask(["reset", "--catalog", catalog], { home, env });
    expect([code, report.transaction, report.changes]).toEqual([0, null, []]);
    const kept = report.messages.filter((message) => JSON.stringify(message.args).includes("corp.example"));
    expect(kept.map((message) => (message as { about?: string }).about)).toEqual(
      expect.arrayContaining(["pip", "npm"]),
    );
    expect(await snapshot(home.path)).toEqual(before);
    const { stdout, stderr } = await run(["reset", "--catalog", catalog], { home, env });
    for (const id of ["pip", "npm"] as const) expect(stdout + stderr).toContain(own[id]);
  });

  it("reset knows what the program once wrote, though no catalog lists it", async () => {
    const { home, env, catalog } = await homeWith("own");
    const once = "https://once.example/simple";
    expect((await run(["pip", once, "--no-probe", "--catalog", catalog], { home, env })).code).toBe(0);
    expect((await run(["reset", "pip", "--catalog", catalog], { home, env })).code).toBe(0);
    expect(await readFile(home.pipConf, "utf8")).toBe(without.pip);
  });

  it("status without a name shows all of them, whose they are and where they stand, and leaves no trace", async () => {
    const { home, env, catalog } = await homeWith("mirrors");
    const before = await snapshot(home.path);
    const { code, report } = await ask(["status", "--catalog", catalog], { home, env });
    expect(code).toBe(0);
    const rows = report.inForce.filter(({ key }) => ["GOPROXY", "global.index-url", "registry"].includes(key));
    expect(rows.map(({ ecosystem, mirror, source, line }) => [ecosystem, mirror, source, line])).toEqual([
      ["go", "near", home.goenv, 2],
      ["pip", "near", home.pipConf, 3],
      ["npm", "near", home.npmrc, 2],
    ]);
    const { stdout } = await run(["status", "--catalog", catalog], { home, env });
    for (const id of all) expect(stdout).toContain(exampleUrl("near", id));
    expect(await snapshot(home.path)).toEqual(before);
    expect(Object.keys(await snapshot(join(home.path, "..", "tmp")))).toEqual([""]);
  });

  it("status still shows all where none is installed, and says so of each", async () => {
    const { home, catalog } = await homeWith("mirrors");
    const { code, report } = await ask(["status", "--catalog", catalog], { home, env: await withOnly(home) });
    expect([code, codesOf(report).filter((said) => said === "tool-missing").length]).toEqual([0, 4]);
    expect(report.inForce.map(({ ecosystem }) => ecosystem)).toEqual(expect.arrayContaining([...all]));
  });
});

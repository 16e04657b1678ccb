import { describe, expect, it } from "vitest";
import { uvTool } from "../../../src/ecosystems/pip/uv/uv.ts";
import type { Choice, Current, Knowledge } from "../../../src/ecosystems/types.ts";
import { draft } from "../../../src/plan/draft.ts";
import { textOf } from "../../../src/plan/stored.ts";
import type { Scope } from "../../../src/plan/types.ts";
import { homeWith } from "./home.ts";

const [old, wanted, corp] = ["https://old.example/simple", "https://new.example/simple", "https://corp.example/simple"];
const knowledge: Knowledge = { isMirror: (url) => url === old || url === wanted, probes: {} };
const chain = [{ url: wanted, mirror: null, traits: null }];
const mirror: Choice = { kind: "mirrors", chain, privatePatterns: [], scopeRegistries: [] };
const user = ".config/uv/uv.toml";
const item = (url: string) => `[[index]]\nurl = "${url}"\ndefault = true\n`;

interface Way {
  readonly env?: Readonly<Record<string, string>>;
  readonly scope?: Scope;
  readonly version?: string;
}

async function look(
  files: Readonly<Record<string, string>>,
  { env = {}, scope = "user", version = "0.9.1" }: Way = {},
) {
  const { home, read } = await homeWith(files, env);
  return { home, read, current: await uvTool.current(read, scope, { path: "/usr/bin/uv", version }) };
}

const main = ({ settings }: Current) => settings[0];

async function planned(files: Readonly<Record<string, string>>, choice: Choice = mirror, way: Way = {}) {
  const { home, read, current } = await look(files, way);
  const plan = uvTool.plan(current, choice, knowledge);
  if (!plan.ok) throw new Error(plan.message.code);
  const { plan: drafted, problems } = await draft(plan.changes, read);
  const texts = Object.fromEntries(
    drafted.files.map(({ path, after }) => [path.slice(home.length + 1), textOf(after)]),
  );
  return { texts, problems, codes: plan.messages.map(({ code }) => code) };
}

describe("uv's settings", () => {
  it("are the default index of the person's file; pip's files and variables say nothing", async () => {
    const files = { [user]: `# mine\n${item(old)}`, ".config/pip/pip.conf": `[global]\nindex-url = ${corp}\n` };
    const { home, current } = await look(files, { env: { PIP_INDEX_URL: corp } });
    expect(main(current)).toMatchObject({ stored: old, value: old, source: `${home}/${user}`, shadowedBy: null });
    expect(current.chain).toEqual([old]);
  });

  it("are shadowed by the project's file, by variables, and by a file that a variable names", async () => {
    const project = await look({
      [user]: item(old),
      "pyproject.toml": `[[tool.uv.index]]\nurl = "${corp}"\ndefault = true\n`,
    });
    expect(main(project.current)).toMatchObject({
      stored: old,
      value: corp,
      shadowedBy: `${project.home}/pyproject.toml`,
    });
    for (const name of ["UV_DEFAULT_INDEX", "UV_INDEX_URL"]) {
      const outside = await look({ [user]: item(old) }, { env: { [name]: corp } });
      expect(main(outside.current)).toMatchObject({ value: corp, shadowedBy: `env:${name}` });
    }
    const withName = await look({ [user]: item(old) }, { env: { UV_DEFAULT_INDEX: `corp=${corp}` } });
    expect(main(withName.current)).toMatchObject({ value: corp, shadowedBy: "env:UV_DEFAULT_INDEX" });
    const named = await look(
      { [user]: item(old), "own.toml": item(corp) },
      { env: { UV_CONFIG_FILE: "HOME/own.toml" } },
    );
    expect(main(named.current)).toMatchObject({ stored: corp, value: corp, source: `${named.home}/own.toml` });
    const none = await look({ [user]: item(old) }, { env: { UV_NO_CONFIG: "1" } });
    expect(main(none.current)).toMatchObject({ value: null, shadowedBy: "env:UV_NO_CONFIG" });
  });

  it("are those of the nearest project that speaks of uv", async () => {
    const bare = { "uv.toml": item(corp), "sub/pyproject.toml": "[project]\nname = 'x'\n", [user]: item(old) };
    const { home, read } = await homeWith(bare);
    const inSub = { ...read, facts: { ...read.facts, cwd: `${home}/sub` } };
    const current = await uvTool.current(inSub, "user", { path: "/usr/bin/uv", version: "0.9.1" });
    expect(main(current)).toMatchObject({ stored: old, value: corp, shadowedBy: `${home}/uv.toml` });
  });

  it("have no place in a project that is none: uv is passed over, and that is said", async () => {
    const { current } = await look({}, { scope: "project" });
    expect(current).toMatchObject({ settings: [], obstacle: null, messages: [{ code: "uv-no-place" }] });
  });

  it("cannot be written where the file cannot be read by uv", async () => {
    const { home, current } = await look({ [user]: "index = [\n" });
    expect(current.obstacle).toMatchObject({
      code: "file-problem-at",
      args: { file: `${home}/${user}`, why: "syntax" },
    });
  });
});

describe("uv's plan", () => {
  it("adds a default index and leaves the others alone", async () => {
    const before = `# mine\n[[index]]\nname = "corp"\nurl = "${corp}"\n\n[pip]\ngenerate-hashes = true\n`;
    const { texts } = await planned({ [user]: before });
    expect(texts[user]?.startsWith(before)).toBe(true);
    expect(texts[user]?.slice(before.length).trim()).toBe(item(wanted).trim());
  });

  it("replaces the address and not one other byte", async () => {
    const before = `[[index]] # here\nname = "x"\nurl   =  '${old}'   # there\ndefault = true\r\n`;
    expect((await planned({ [user]: before })).texts[user]).toBe(before.replace(old, wanted));
  });

  it.each(['name = "corp"', 'authenticate = "always"'])(
    "is refused where %s would send the person's credentials to the mirror",
    async (line) => {
      const bound = (url: string) => ({ [user]: `${item(url)}${line}\n` });
      await expect(planned(bound(corp))).rejects.toThrow("uv-index-bound");
      expect((await planned(bound(old))).texts[user]).toContain(wanted);
    },
  );

  it("uses the older key for a uv that does not know the newer", async () => {
    expect((await planned({}, mirror, { version: "0.4.22" })).texts[user]?.trim()).toBe(`index-url = "${wanted}"`);
    expect((await planned({}, mirror, { version: "0.4.23" })).texts[user]).toContain("[[index]]");
    expect((await planned({}, mirror, { version: "unknown" })).texts[user]).toContain("[[index]]");
  });

  it("in a project goes to its uv.toml, else into its pyproject.toml", async () => {
    const both = { "uv.toml": "", "pyproject.toml": "[project]\nname = 'x'\n" };
    expect(Object.keys((await planned(both, mirror, { scope: "project" })).texts)).toEqual(["uv.toml"]);
    const { texts } = await planned({ "pyproject.toml": both["pyproject.toml"] }, mirror, { scope: "project" });
    expect(texts["pyproject.toml"]).toContain(`[[tool.uv.index]]\nurl = "${wanted}"\ndefault = true\n`);
  });

  it("warns of a lock file that names another index", async () => {
    const lock = `[[package]]\nname = "x"\nsource = { registry = "${corp}" }\n`;
    const project = { "pyproject.toml": "", "uv.lock": lock };
    expect((await planned(project)).codes).toEqual(["uv-lock-elsewhere"]);
    expect((await planned({ ...project, "uv.lock": lock.replace(corp, `${wanted}/`) })).codes).toEqual([]);
  });

  it("says what the default index puts out of force: keys of old in any file, and the variable of old but for uv pip", async () => {
    const project = { "pyproject.toml": `[tool.uv]\nindex-url = "${corp}"\n\n[tool.uv.pip]\nindex-url = "${corp}"\n` };
    expect((await planned(project)).codes).toEqual(["uv-old-index", "uv-old-index"]);
    expect((await planned({ [user]: `index-url = "${corp}"\n` })).codes).toEqual(["uv-old-index"]);
    expect((await planned({}, mirror, { env: { UV_INDEX_URL: corp } })).codes).toEqual(["uv-old-variable"]);
    const both = { UV_INDEX_URL: corp, UV_DEFAULT_INDEX: corp };
    expect((await planned({}, mirror, { env: both })).codes).toEqual([]);
    // Said of the state where there is a default index already, and once.
    const { home, current } = await look({ ...project, [user]: item(old) });
    const args = { file: `${home}/pyproject.toml`, line: 2, key: "tool.uv.index-url", value: corp };
    expect(current.messages[0]).toEqual({ code: "uv-old-index", level: "warn", args });
    expect((await planned({ ...project, [user]: item(old) })).codes).toEqual([]);
  });

  it("says nothing of an old key that goes with it, that says the same, or is this uv's own", async () => {
    expect((await planned({ [user]: `index-url = "${old}"\n` })).codes).toEqual([]);
    expect((await planned({ "uv.toml": `index-url = "${wanted}"\n` })).codes).toEqual([]);
    const way = { version: "0.4.22" };
    expect((await planned({ "uv.toml": `index-url = "${corp}"\n` }, mirror, way)).codes).toEqual([]);
  });

  it("to reset removes mirrors under both keys, and keeps what is the person's own", async () => {
    const { texts } = await planned({ [user]: `index-url = "${old}"\n\n${item(wanted)}` }, { kind: "reset" });
    expect(texts[user]?.trim()).toBe("");
    expect(await planned({ [user]: item(corp) }, { kind: "reset" })).toMatchObject({ texts: {}, codes: ["kept-own"] });
  });
});

import { describe, expect, it } from "vitest";
import { pipTool } from "../../../src/ecosystems/pip/pip.ts";
import type { Current } from "../../../src/ecosystems/types.ts";
import type { Scope } from "../../../src/plan/types.ts";
import { describeWith } from "../../lab/tools.ts";
import { homeWith } from "./home.ts";

const [a, b, c] = ["https://a.example/simple", "https://b.example/simple", "https://c.example/simple"];
const user = ".config/pip/pip.conf";
const ini = (value: string, section = "global") => `[${section}]\nindex-url = ${value}\n`;
const main = ({ settings }: Current) => settings.find(({ key }) => key === "global.index-url");
const codes = ({ messages }: Current) => messages.map(({ code }) => code);

interface Look {
  readonly env?: Readonly<Record<string, string>>;
  readonly scope?: Scope;
}

describe.each([false, true])("pip's settings, asked of pip itself: %s", (installed) => {
  const describeHere = (tests: () => void) => (installed ? describeWith("pip", "are", tests) : describe("are", tests));
  const look = async (files: Readonly<Record<string, string>>, { env = {}, scope = "user" }: Look = {}) => {
    const { home, read } = await homeWith(files, env);
    const current = await pipTool.current(read, scope, installed ? await pipTool.detect(read) : null);
    return { home, current };
  };

  describeHere(() => {
    it("what the file says, under any spelling of the key", async () => {
      const { home, current } = await look({ [user]: `# mine\n[global]\nIndex_URL: ${a}\n` });
      expect(current).toMatchObject({ file: `${home}/${user}`, chain: [a], obstacle: null, messages: [] });
      expect(main(current)).toMatchObject({
        stored: a,
        value: a,
        source: `${home}/${user}`,
        line: 3,
        shadowedBy: null,
      });
    });

    it("the newer file's where there are two, and the older one's where it is alone", async () => {
      const both = await look({ ".pip/pip.conf": ini(a), [user]: ini(b) });
      expect(main(both.current)).toMatchObject({ stored: b, value: b });
      expect(both.current.beneath).toEqual([{ file: `${both.home}/.pip/pip.conf`, key: "global.index-url", value: a }]);
      const alone = await look({ ".pip/pip.conf": ini(a) });
      expect(alone.current).toMatchObject({ file: `${alone.home}/.pip/pip.conf`, chain: [a] });
    });

    it("shadowed by [install] of any file, by the environment, and not by an empty variable", async () => {
      const shared = await look({ "xdg/pip/pip.conf": ini(b, "install"), [user]: ini(a) });
      expect(main(shared.current)).toMatchObject({
        stored: a,
        value: b,
        shadowedBy: `${shared.home}/xdg/pip/pip.conf`,
      });
      const same = await look({ [user]: `${ini(a)}${ini(b, "install")}` });
      expect(main(same.current)?.shadowedBy).toBe(`${same.home}/${user} [install]`);
      const outside = await look({ [user]: ini(a) }, { env: { PIP_INDEX_URL: c } });
      expect(main(outside.current)).toMatchObject({ stored: a, value: c, shadowedBy: "env:PIP_INDEX_URL" });
      const empty = await look({ [user]: ini(a) }, { env: { PIP_INDEX_URL: "" } });
      expect(main(empty.current)).toMatchObject({ value: a, shadowedBy: null });
    });

    it("in the file that PIP_CONFIG_FILE names, if it is there; and nowhere with the null device", async () => {
      const env = { PIP_CONFIG_FILE: "HOME/own.conf" };
      const named = await look({ [user]: ini(a), "own.conf": ini(b) }, { env });
      expect(named.current).toMatchObject({ file: `${named.home}/own.conf`, chain: [b] });
      const absent = await look({ [user]: ini(a) }, { env });
      expect(absent.current).toMatchObject({ file: `${absent.home}/${user}`, chain: [a] });
      const none = await look({ [user]: ini(a) }, { env: { PIP_CONFIG_FILE: "/dev/null" } });
      expect(main(none.current)).toMatchObject({ stored: a, value: null, shadowedBy: "env:PIP_CONFIG_FILE" });
    });

    it("not to be written while a file is there that no pip command survives", async () => {
      const { home, current } = await look({ [user]: "index-url = x\n" });
      const args = { file: `${home}/${user}`, line: 1, why: "key-before-section" };
      expect(current.obstacle).toEqual({ code: "file-problem-at", level: "error", args });
      const elsewhere = await look({ "xdg/pip/pip.conf": "[global]\ntimeout = 1\ntimeout = 2\n" });
      expect(elsewhere.current.obstacle).toMatchObject({ code: "file-problem-at", args: { line: 3 } });
    });

    it("remarked on where other indexes are asked beside it, or none at all", async () => {
      const extra = await look({ [user]: `[global]\nextra-index-url = ${b}\n    ${c}\nno-index = yes\n` });
      expect(codes(extra.current)).toEqual(["pip-extra-index", "pip-no-index"]);
      expect(extra.current.messages[0]?.args).toEqual({ urls: `${b}, ${c}` });
    });

    it("of the active virtual environment in the scope of a project", async () => {
      const env = { VIRTUAL_ENV: "HOME/venv" };
      const { home, current } = await look({ [user]: ini(a) }, { env, scope: "project" });
      expect(current.file).toBe(`${home}/venv/pip.conf`);
      const without = await look({}, { scope: "project" });
      expect(without.current.obstacle).toMatchObject({ code: "pip-no-environment" });
    });
  });
});

describeWith("pip", "pip itself", () => {
  it("says what it uses when nothing is configured, whatever is", async () => {
    const { read } = await homeWith({ [user]: ini(a) }, { PIP_INDEX_URL: b });
    const { upstreamHosts } = await pipTool.current(read, "user", await pipTool.detect(read));
    expect(upstreamHosts).toHaveLength(1);
    expect(upstreamHosts[0]).not.toMatch(/a\.example|b\.example/);
  });

  it("is found as a module of Python where that is all there is, and not at all without", async () => {
    const { home, read } = await homeWith({ "bin/python3": '#!/bin/sh\necho "pip 24.0 from /x (python 3.12)"\n' });
    const { chmod } = await import("node:fs/promises");
    await chmod(`${home}/bin/python3`, 0o755);
    const only = (path: string) => ({
      ...read,
      which: (name: string) => Promise.resolve(name === "python3" ? path : null),
    });
    expect(await pipTool.detect(only(`${home}/bin/python3`))).toMatchObject({ before: ["-m", "pip"], version: "24.0" });
    expect(await pipTool.detect(only("/nonexistent"))).toBeNull();
  });
});

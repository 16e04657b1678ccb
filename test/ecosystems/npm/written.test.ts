import { readFile, stat } from "node:fs/promises";
import { expect, it } from "vitest";
import { npmTool } from "../../../src/ecosystems/npm/npm.ts";
import { apply } from "../../../src/plan/apply.ts";
import { draft } from "../../../src/plan/draft.ts";
import { undo } from "../../../src/plan/undo.ts";
import { describeWith } from "../../lab/tools.ts";
import { snapshotOfOthers } from "../../laws/snapshot.ts";
import { about } from "../../laws/steps.ts";
import { portsFor } from "../../laws/world.ts";
import { choose, knowledge, near } from "./current-values.ts";
import { type Home, homeMaker, look, settingOf } from "./home.ts";

const make = homeMaker();

/** Sets a mirror as a command does; gives back the transaction. */
async function set({ path, read }: Home, scope: "user" | "project"): Promise<string> {
  const planned = npmTool.plan(await npmTool.current(read, scope, await npmTool.detect(read)), choose(near), knowledge);
  const { plan } = await draft(planned.ok ? planned.changes : [], read);
  const { transaction } = await apply(plan, about, portsFor(path).ports);
  return transaction ?? "none";
}

describeWith("npm", "a mirror in npm's settings", () => {
  const text =
    "; mine\r\n//corp.example/:_authToken=t\r\nregistry = https://old.example/ # why\r\n\r\n[section]\r\nx=1";

  it("is in force for npm itself; all else stays; undo puts every byte back", async () => {
    const home = await make({ files: { ".npmrc": text } });
    const before = await snapshotOfOthers(home.path);
    const id = await set(home, "user");
    const written = await readFile(`${home.path}/.npmrc`, "utf8");
    expect(written).toBe(text.replace("https://old.example/", near));
    expect(settingOf(await look(npmTool, home))).toMatchObject({
      stored: near,
      value: near,
      line: 3,
      shadowedBy: null,
    });
    expect(await undo(id, portsFor(home.path).ports)).toMatchObject({ kind: "undone" });
    const after = await snapshotOfOthers(home.path);
    expect(after).toEqual(before);
  });

  it("makes a file that only its owner can read", async () => {
    const home = await make({});
    await set(home, "user");
    expect(await readFile(`${home.path}/.npmrc`, "utf8")).toBe(`registry=${near}\n`);
    expect((await stat(`${home.path}/.npmrc`)).mode & 0o777).toBe(0o600);
  });

  it("of a project is in force there, over the user's", async () => {
    const home = await make({
      files: { ".npmrc": "registry=https://old.example/\n", "p/package.json": "{}" },
      cwd: "p/x",
    });
    await set(home, "project");
    const current = await look(npmTool, home, "project");
    expect(current.file).toBe(`${home.path}/p/.npmrc`);
    expect(settingOf(current)).toMatchObject({ stored: near, value: near, source: current.file, shadowedBy: null });
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Probes } from "../../../src/catalog/types.ts";
import { npmTool } from "../../../src/ecosystems/npm/npm.ts";
import { describeWith } from "../../lab/tools.ts";
import { snapshot } from "../../laws/snapshot.ts";
import { homeMaker, look } from "./home.ts";
import { type TinyRegistry, tinyRegistry } from "./tiny-registry.ts";

const make = homeMaker();

/** Probes with only what a trial needs of them. */
function pinned(name: string): Probes {
  return { npm: { package: name, version: "1.0.0" } } as Probes;
}

describeWith("npm", "--verify with npm", () => {
  let registry: TinyRegistry;
  beforeAll(async () => {
    registry = await tinyRegistry();
  });
  afterAll(() => registry.close());

  it("fetches a package through the person's settings, and leaves no trace", async () => {
    const home = await make({ files: { ".npmrc": `registry=${registry.url}\n` } });
    const before = await snapshot(home.path);
    const command = npmTool.trial(await look(npmTool, home), pinned("tiny"), home.read.facts);
    if (command === null) throw new Error("npm cannot be tried");
    const { code, files } = await home.read.run(command);
    expect(code).toBe(0);
    expect(Object.keys(files)).toEqual(["tiny-1.0.0.tgz"]);
    expect(registry.asked).toContain("/tiny/-/tiny-1.0.0.tgz");
    expect(await snapshot(home.path)).toEqual(before);
  });

  it("fails where the registry has it not, and a project's own setting counts in the project", async () => {
    const files = { "p/.npmrc": `registry=${registry.url}\n`, "p/package.json": "{}" };
    const home = await make({ files: { ...files, ".npmrc": "registry=http://127.0.0.1:1/\n" }, cwd: "p" });
    const project = await look(npmTool, home, "project");
    const run = async (name: string) => {
      const command = npmTool.trial(project, pinned(name), home.read.facts);
      return command === null ? null : (await home.read.run(command)).code;
    };
    expect([await run("tiny"), await run("unknown")]).toEqual([0, 1]);
  });
});

describe("--verify", () => {
  it("is not possible without npm, or with nothing to fetch", async () => {
    const home = await make({ programs: { npm: () => "{}" } });
    const current = await look(npmTool, home, "user", true);
    expect(npmTool.trial(current, pinned("tiny"), home.read.facts)).toBeNull();
    expect(npmTool.trial(await look(npmTool, home), {}, home.read.facts)).toBeNull();
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bunTool } from "../../../src/ecosystems/npm/bun.ts";
import { pnpmTool } from "../../../src/ecosystems/npm/pnpm.ts";
import { yarnTool } from "../../../src/ecosystems/npm/yarn.ts";
import { apply } from "../../../src/plan/apply.ts";
import { draft } from "../../../src/plan/draft.ts";
import { describeWith } from "../../lab/tools.ts";
import { snapshot } from "../../laws/snapshot.ts";
import { about } from "../../laws/steps.ts";
import { portsFor } from "../../laws/world.ts";
import { choose, knowledge } from "./current-values.ts";
import { type Home, homeMaker, look } from "./home.ts";
import { type TinyRegistry, tinyRegistry } from "./tiny-registry.ts";

const make = homeMaker();

/** A home with every file that some member of the family may read. A file that holds no registry stays without one. */
const files = {
  ".npmrc": "# mine\nregistry=https://old.example/\n",
  ".yarnrc.yml": 'unsafeHttpWhitelist:\n  - "127.0.0.1"\nnpmMinimalAgeGate: 0\n',
  ".bunfig.toml": "# mine\n[install]\nexact = true\n",
  "p/package.json": '{ "name": "p", "version": "1.0.0" }',
  "p/yarn.lock": "",
};

/** The same, with a registry in every file of a tool's own. */
const stronger = {
  ...files,
  ".yarnrc.yml": `npmRegistryServer: "https://old.example" # mine\n${files[".yarnrc.yml"]}`,
  ".bunfig.toml": '[install.registry]\nurl = "https://old.example/"\n',
  ".config/pnpm/config.yaml": "# mine\nregistries:\n  default: https://old.example/\n  '@x': https://x.example/\n",
  ".config/pnpm/auth.ini": "registry=https://older.example/\n",
};

describe.each([pnpmTool, yarnTool, bunTool])("$id", (tool) => {
  let registry: TinyRegistry;
  beforeAll(async () => {
    registry = await tinyRegistry();
  });
  afterAll(() => registry.close());

  /** Sets the loopback registry as a command does. */
  async function set({ path, read }: Home): Promise<void> {
    const planned = tool.plan(
      await tool.current(read, "user", await tool.detect(read)),
      choose(registry.url),
      knowledge,
    );
    const { plan } = await draft(planned.ok ? planned.changes : [], read);
    expect(await apply(plan, about, portsFor(path).ports)).toMatchObject({ problems: [] });
  }

  describeWith(tool.id, "itself", () => {
    it.each([
      ["npm's files", files],
      ["its own files", stronger],
    ])("uses what was written, with %s, and fetches from there", async (_, present) => {
      const home = await make({ files: present, cwd: "p" });
      await set(home);
      const current = await look(tool, home);
      expect(current.chain).toEqual([registry.url]);
      expect(current.settings[0]).toMatchObject({ stored: registry.url, source: current.file, shadowedBy: null });
      const real = Object.fromEntries(["CONFIG", "CACHE", "STATE", "DATA"].map((name) => [`XDG_${name}_HOME`, null]));
      const { code } = await home.read.run({
        argv: [current.installation?.path ?? "", "add", "tiny@1.0.0"],
        env: { ...real, HOME: home.path, YARN_CACHE_FOLDER: `${home.path}/cache` },
        cwd: home.read.facts.cwd,
        timeoutMs: 60_000,
      });
      expect(registry.asked).toContain("/tiny/-/tiny-1.0.0.tgz");
      expect(code).toBe(0);
    });

    it("leaves no trace when it is found and asked", async () => {
      const home = await make({ files, cwd: "p" });
      const before = await snapshot(home.path);
      await look(tool, home);
      expect(await snapshot(home.path)).toEqual(before);
    });
  });
});

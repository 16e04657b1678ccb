import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeWith, findTool } from "../lab/tools.ts";
import { ask, codesOf, exampleCatalog, type Home, makeHome, put, snapshot, withOnly } from "./driver.ts";

/** A PATH with npm and bun. */
async function withBun(home: Home) {
  const env = await withOnly(home, "npm");
  await symlink(findTool("bun") ?? "bun", join(env.PATH, "bun"));
  return env;
}

describeWith("bun", "npm and bun, where something is in the way of bun", () => {
  it.each([
    ["a broken file", "[install\n", "file-problem-at"],
    [
      "a token beside the registry",
      '[install.registry]\nurl = "https://corp.example/"\ntoken = "s3cret"\n',
      "npm-unbound-credentials",
    ],
  ])("%s: 5, nothing is written, and the way out is named and works", async (_, bunfig, code) => {
    const home = await makeHome();
    const way = { home, env: await withBun(home) };
    await put(join(home.path, ".bunfig.toml"), bunfig);
    const before = await snapshot(home.path);
    const args = ["npm", "near", "--no-probe", "--catalog", await exampleCatalog(home)];
    const refused = await ask(args, way);
    expect([refused.code, codesOf(refused.report)]).toEqual([5, [code, "leave-out"]]);
    expect(JSON.stringify(refused.report)).not.toContain("s3cret");
    const [, wayOut] = refused.report.messages;
    expect(wayOut?.args).toEqual({ only: "npm" });
    expect(await snapshot(home.path)).toEqual(before);
    expect((await ask([...args, "--only", String(wayOut?.args.only)], way)).code).toBe(0);
  });
});

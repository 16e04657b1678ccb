import { join } from "node:path";
import type { Lab } from "./index.ts";
import { inThrowAwayHome, type Run, runTool } from "./tools.ts";

/**
 * Runs the real `go` in a throw-away home, in an empty module, with nothing of our own environment but PATH; the lab's
 * environment is added, and what `env` says on top.
 */
export function runGo(lab: Lab, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Run> {
  return inThrowAwayHome("go", async (home) => {
    const own = { ...home.env, GOPATH: join(home.path, "go"), GOTOOLCHAIN: "local" };
    const all = { ...own, ...lab.env, GOFLAGS: "-mod=mod -modcacherw", ...env };
    await runTool("go", ["mod", "init", "example.test/user"], home.path, all);
    return await runTool("go", args, home.path, all);
  });
}

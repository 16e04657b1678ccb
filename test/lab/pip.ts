import { devNull } from "node:os";
import type { Lab } from "./index.ts";
import { inThrowAwayHome, type Run, runTool } from "./tools.ts";

/**
 * Runs the real `pip` in a throw-away home, which is also its folder, with nothing of our own environment but PATH and
 * no settings file of any level; the lab's environment is added, and what `env` says on top. It tries once only.
 */
export function runPip(lab: Lab, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Run> {
  return inThrowAwayHome("pip", async (home) => {
    const quiet = { PIP_DISABLE_PIP_VERSION_CHECK: "1", PIP_NO_INPUT: "1", PIP_NO_COLOR: "1" };
    const once = { PIP_RETRIES: "0", PIP_RESUME_RETRIES: "0", PIP_DEFAULT_TIMEOUT: "10" };
    const own = { ...home.env, PIP_CONFIG_FILE: devNull, ...quiet, ...once };
    return await runTool("pip", args, home.path, { ...own, ...lab.env, ...env });
  });
}

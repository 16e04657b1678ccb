import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Lab } from "./index.ts";
import { inThrowAwayHome, type Run, runTool } from "./tools.ts";

/**
 * Runs the real `npm` in a throw-away home, which is also an empty package, with nothing of our own environment but PATH
 * and no settings file of any level; the lab's environment is added, and what `env` says on top. It tries once only.
 */
export function runNpm(lab: Lab, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Run> {
  return inThrowAwayHome("npm", async (home) => {
    await writeFile(join(home.path, "package.json"), '{ "name": "user", "version": "0.0.0", "private": true }\n');
    const files = {
      npm_config_globalconfig: join(home.path, "etc-npmrc"),
      npm_config_prefix: join(home.path, "prefix"),
    };
    const quiet = { npm_config_audit: "false", npm_config_fund: "false", npm_config_update_notifier: "false" };
    const once = { npm_config_fetch_retries: "0", npm_config_fetch_timeout: "10000", npm_config_color: "false" };
    return await runTool("npm", args, home.path, { ...home.env, ...files, ...quiet, ...once, ...lab.env, ...env });
  });
}

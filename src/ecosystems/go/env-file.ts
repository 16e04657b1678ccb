import { pathsOf, variable } from "../../platform/paths.ts";
import type { HostFacts } from "../../platform/types.ts";

/**
 * Where `go env -w` writes, and whether go reads it. `GOENV` moves it; `GOENV=off` makes go ignore the file, though `go env -w` still writes
 * the usual one. Source: cmd/go/internal/cfg, EnvFile; os.UserConfigDir.
 */
export interface EnvFile {
  readonly path: string;
  readonly ignored: boolean;
}

/** @returns a string where go itself could not tell: the variable that is missing or wrong. */
export function envFile(facts: HostFacts): EnvFile | "HOME" | "AppData" | "XDG_CONFIG_HOME" {
  const { join, isAbsolute } = pathsOf(facts);
  const goenv = variable(facts, "GOENV");
  if (goenv !== null && goenv !== "off") return { path: goenv, ignored: false };
  const at = (folder: string): EnvFile => ({ path: join(folder, "go", "env"), ignored: goenv === "off" });
  if (facts.os === "win32") {
    const roaming = variable(facts, "AppData");
    return roaming === null ? "AppData" : at(roaming);
  }
  if (facts.os === "darwin")
    return facts.home === null ? "HOME" : at(join(facts.home, "Library", "Application Support"));
  const xdg = variable(facts, "XDG_CONFIG_HOME");
  if (xdg !== null) return isAbsolute(xdg) ? at(xdg) : "XDG_CONFIG_HOME";
  return facts.home === null ? "HOME" : at(join(facts.home, ".config"));
}

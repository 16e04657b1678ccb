import { execFileSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** The `ini` package inside the installed npm: what npm itself reads its files with. */
export function npmsIni(): { decode(text: string): Record<string, unknown> } {
  const places = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, "npm"));
  const npm = places.flatMap((place) => realPath(place)).at(0);
  if (npm === undefined) throw new Error("npm is not on PATH");
  return createRequire(npm)("ini");
}

/** `npm config list --json` with a user configuration of this text. */
export function npmConfigList(text: string): Record<string, unknown> {
  const folder = mkdtempSync(join(tmpdir(), "npmrc-"));
  try {
    const file = join(folder, "npmrc");
    writeFileSync(file, text);
    const kept = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
    const env = { ...Object.fromEntries(kept), HOME: folder, NPM_CONFIG_USERCONFIG: file };
    const said = execFileSync("npm", ["config", "list", "--json"], {
      env,
      cwd: folder,
      encoding: "utf8",
      stdio: "pipe",
    });
    return JSON.parse(said);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function realPath(place: string): string[] {
  try {
    return [realpathSync(place)];
  } catch {
    return [];
  }
}

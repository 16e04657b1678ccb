import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, it } from "vitest";

/** Where a tool is on PATH, or null. */
function findTool(tool: string): string | null {
  const names = process.platform === "win32" ? [`${tool}.exe`, `${tool}.cmd`] : [tool];
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const candidates = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return candidates.find(isExecutable) ?? null;
}

/**
 * A `describe` that needs a real tool. Without the tool its tests are skipped by name and said so on stderr; in CI
 * (`CI=true`) a missing tool is a failure, so that a green run always means that the real tools agreed.
 */
export function describeWith(tool: string, name: string, tests: () => void): void {
  if (findTool(tool)) {
    describe(name, tests);
    return;
  }
  const why = `SKIPPED: ${tool} is not installed: ${name}`;
  if (process.env.CI === "true") {
    it(why, () => {
      throw new Error(`CI must have ${tool}`);
    });
    return;
  }
  process.stderr.write(`${why}\n`);
  it.skip(why, () => undefined);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

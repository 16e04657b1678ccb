import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import type { HostFacts } from "../../../src/platform/types.ts";
import { realReadPort } from "../../../src/ports/real.ts";
import type { ReadPort } from "../../../src/ports/types.ts";

/** A throw-away home with these files (paths below it), as a machine of a kind sees it. `HOME` in a variable stands for it. */
export async function homeWith(
  files: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
  facts: Partial<HostFacts> = {},
): Promise<{ home: string; read: ReadPort }> {
  const base = await mkdtemp(join(tmpdir(), "mirror-setup-pip-"));
  onTestFinished(() => rm(base, { recursive: true, force: true }));
  const home = join(base, "home");
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(home, name)), { recursive: true });
    await writeFile(join(home, name), text);
  }
  await mkdir(join(home, "xdg"), { recursive: true });
  const filled = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value.replace("HOME", home)]));
  // The machine's own shared files are none of the test's business.
  const basic = { PATH: process.env.PATH, HOME: home, XDG_CONFIG_DIRS: join(home, "xdg") };
  return { home, read: realReadPort({ os: "linux", env: { ...basic, ...filled }, home, uid: 0, cwd: home, ...facts }) };
}

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWhere } from "../lab/where.ts";

const loader = join(import.meta.dirname, "..", "..", "scripts", "run-ts.mjs");
const canMount = spawnSync("unshare", ["-m", "sh", "-c", "mount --bind /etc/hostname /etc/hostname"]).status === 0;
/** Runs the writer's `replaceFile` on a file that is mounted over, in a mount name space of its own. */
const script = (folder: string) => `
import { chmod } from "node:fs/promises";
import { replaceFile } from ${JSON.stringify(join(import.meta.dirname, "../../src/ports/files/replace.ts"))};
const path = ${JSON.stringify(join(folder, "mounted"))};
await replaceFile(path, { bytes: new TextEncoder().encode("new\\n"), mode: 0o640, owner: { uid: 0, gid: 0 } });
`;

describeWhere(canMount, "no right to mount (unshare -m, mount --bind)", "a file that is a bind mount", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "mirror-mount-"));
    await writeFile(join(folder, "outside"), "a much longer old content\n");
    await writeFile(join(folder, "mounted"), "");
    await writeFile(join(folder, "script.ts"), script(folder));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("cannot be renamed over, so it is written in place, whole, and nothing is left beside it", async () => {
    const steps =
      'mount --bind "$0/outside" "$0/mounted" && ! mv "$0/script.ts" "$0/mounted" 2>/dev/null && "$1" "$2" "$0/script.ts"';
    execFileSync("unshare", ["-m", "sh", "-c", steps, folder, process.execPath, loader], {
      stdio: ["ignore", "inherit", "pipe"],
    });
    expect(await readFile(join(folder, "outside"), "utf8")).toBe("new\n");
    expect(await readFile(join(folder, "mounted"), "utf8")).toBe("");
    expect((await readdir(folder)).sort()).toEqual(["mounted", "outside", "script.ts"]);
  });
});

import { chmod, chown, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { describeWhere } from "../lab/where.ts";
import { exampleCatalog, homeAt, put, run } from "./driver.ts";
import { asNobody, canBeNobody, nobody, nobodyToBe } from "./sudoers.ts";

/** An npm that says what ours asks it, wherever it is installed: nobody need be able to read a real one. */
const npm = `#!/bin/sh
case "$*" in
  --version) echo 11.0.0 ;;
  *list*) echo {} ;;
  *) echo https://registry.example/ ;;
esac
`;

/** What doctor says of npm to somebody who is not root, in a home that root was in before. */
async function saidOf(leave: (home: string) => Promise<void>) {
  const base = await mkdtemp(join(tmpdir(), "mirror-doctor-rights-"));
  onTestFinished(() => rm(base, { recursive: true, force: true }));
  await chmod(base, 0o755);
  for (const name of ["home", "tmp", "bin"]) await mkdir(join(base, name));
  for (const name of ["home", "tmp"]) await chown(join(base, name), nobody, nobody);
  await symlink(process.execPath, join(base, "bin", "node"));
  await writeFile(join(base, "bin", "npm"), npm, { mode: 0o755 });
  const home = homeAt(join(base, "home"));
  await leave(home.path);
  const line = ["doctor", "npm", "--catalog", await exampleCatalog(home), "--json"];
  const { stdout } = await run(line, { home, env: { PATH: join(base, "bin") }, through: asNobody });
  return { home: home.path, findings: JSON.parse(stdout).ecosystems[0].findings };
}

describeWhere(canBeNobody, nobodyToBe, "doctor, after somebody was root", () => {
  it("names the folder that a tool may not write to, and whom to give it", async () => {
    const { home, findings } = await saidOf(async (path) => {
      await mkdir(join(path, ".npm", "_cacache"), { recursive: true });
    });
    const folder = join(home, ".npm");
    expect(findings).toContainEqual(
      expect.objectContaining({ code: "odd-folder", args: { tool: "npm", folder, why: "EACCES" }, severity: "error" }),
    );
    const { repair } = findings.find(({ code }: { code: string }) => code === "odd-folder");
    expect(repair).toContain(`'${folder}'`);
  });

  it("names the file that cannot be read, and whom to give it", async () => {
    const { home, findings } = await saidOf(async (path) => {
      await put(join(path, ".npmrc"), "registry=https://near.example/npm\n");
      await chmod(join(path, ".npmrc"), 0o600);
    });
    const file = join(home, ".npmrc");
    const repair = `sudo chown "$(id -u)" '${file}' && chmod u+rw '${file}'`;
    expect(findings).toContainEqual(expect.objectContaining({ code: "file-blocked", where: file, repair }));
  });
});

import { spawnSync } from "node:child_process";
import { chmod, chown, copyFile, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findTool } from "../lab/tools.ts";
import { program } from "./driver.ts";

export const nobody = 65534;
const setpriv = findTool("setpriv") ?? "setpriv";

/** Goes before a command that is to run as somebody who is not root. */
export const asNobody = [setpriv, "--reuid", String(nobody), "--regid", String(nobody), "--clear-groups"] as const;

/** Whether that can be done here, and may read this folder. */
export const canBeNobody: boolean =
  process.getuid?.() === 0 &&
  spawnSync(setpriv, [...asNobody.slice(1), process.execPath, program, "--version"]).status === 0;

/** Why it cannot. */
export const nobodyToBe = "not root, no setpriv, or nobody may not read this folder";

/** A folder for the PATH with this Node and a `sudo`: one that lets everybody, wants a password, or is not there. It tells in `log` how it was called. */
export async function sudoIn(folder: string, kind: "lets" | "wants a password" | "is not there", log: string) {
  await mkdir(folder);
  await symlink(process.execPath, join(folder, "node"));
  if (kind === "is not there") return;
  const asRoot = join(folder, "as-root");
  await copyFile(setpriv, asRoot);
  // Not for every user of this machine. The owner first: a change of owner takes the bit away.
  await chown(asRoot, 0, nobody);
  await chmod(asRoot, 0o4750);
  const rest = 'while [ "$1" != -- ]; do shift; done; shift';
  const lets = `${rest}; exec ${asRoot} --reuid 0 --regid 0 --clear-groups "$@"`;
  const text = `#!/bin/sh\nprintf "%s\\n" "$*" >> ${log}\n${kind === "lets" ? lets : "exit 1"}\n`;
  await writeFile(join(folder, "sudo"), text, { mode: 0o755 });
}

import { readFile, readlink } from "node:fs/promises";
import { basename } from "node:path";
import { execa } from "execa";
import { readPath } from "./files/read.ts";

/**
 * Sends SIGHUP to the process whose number stands in a file. A pid file outlives its process, and the number goes to another one then: so only
 * a process that still is this program gets it. Throws where the system does not let us.
 */
export async function hangUp(pidFile: string, program: string): Promise<boolean> {
  const state = await readPath(pidFile);
  const pid = state.kind === "file" ? Number(new TextDecoder().decode(state.bytes).trim()) : Number.NaN;
  if (!Number.isInteger(pid) || pid <= 1 || !(await namesOf(pid)).includes(program)) return false;
  process.kill(pid, "SIGHUP");
  return true;
}

/** What a process calls itself, and the program that it runs. https://man7.org/linux/man-pages/man5/proc_pid_comm.5.html */
async function namesOf(pid: number): Promise<string[]> {
  if (process.platform === "linux") {
    const found = await Promise.all([
      readFile(`/proc/${pid}/comm`, "utf8").catch(() => ""),
      readlink(`/proc/${pid}/exe`).catch(() => ""),
    ]);
    return found.map((name) => basename(name.trim().replace(/ \(deleted\)$/, "")));
  }
  const { stdout } = await execa("ps", ["-p", String(pid), "-o", "comm="], { reject: false, timeout: 5_000 });
  return [basename((stdout ?? "").trim())];
}

import type { ReadPort } from "../../ports/types.ts";
import { textAt } from "../reading.ts";
import { type DaemonFlags, flagsIn } from "./dockerd.ts";

/** Flags that a service gives its daemon, and the file that says so. */
export interface UnitFlags extends DaemonFlags {
  readonly where: string;
}

/** Distributions have the flags in a file of variables beside the service; https://docs.docker.com/engine/daemon/troubleshoot/#configure-the-daemon-with-systemd-drop-in-files */
const optionFiles = [
  ["/etc/default/docker", "DOCKER_OPTS"],
  ["/etc/sysconfig/docker", "OPTIONS"],
  ["/etc/conf.d/docker", "DOCKER_OPTS"],
] as const;

/** What the services of this machine would start the daemon with. */
export async function unitFlags(read: ReadPort, isUsers: boolean): Promise<UnitFlags[]> {
  if (read.facts.os !== "linux") return [];
  const systemctl = await read.which("systemctl");
  const words = [...(isUsers ? ["--user"] : []), "--no-pager", "cat", "docker.service"];
  const unit = systemctl === null ? "" : (await read.run({ argv: [systemctl, ...words] })).stdout;
  const started = startLine(unit);
  const files = isUsers
    ? []
    : await Promise.all(optionFiles.map(([file, name]) => optionsIn(read, file, name, started)));
  return [...(started === null ? [] : [{ where: started.where, ...flagsIn(wordsOf(started.line)) }]), ...files.flat()];
}

interface StartLine {
  readonly where: string;
  readonly line: string;
}

/** The start line in force of `systemctl cat`, where every file stands below a comment with its path; an empty one takes back those before it. */
export function startLine(unit: string): StartLine | null {
  let where = "docker.service";
  let found: StartLine | null = null;
  for (const line of unit.replace(/\\\n/g, " ").split("\n")) {
    where = /^# (\/.*)$/.exec(line)?.[1] ?? where;
    const command = /^ExecStart=(.*)$/.exec(line)?.[1];
    if (command !== undefined) found = command.trim() === "" ? null : { where, line: command };
  }
  return found;
}

/** A file of variables counts where the service uses it: a systemd unit has to name the variable. */
async function optionsIn(read: ReadPort, file: string, name: string, started: StartLine | null): Promise<UnitFlags[]> {
  if (started !== null && !started.line.includes(`$${name}`) && !started.line.includes(`\${${name}}`)) return [];
  const text = await textAt(read, file);
  const line = new RegExp(`^\\s*(?:export\\s+)?${name}=(.*)$`, "m").exec(text)?.[1];
  return line === undefined ? [] : [{ where: file, ...flagsIn(wordsOf(line)) }];
}

/** Words without their quotes: good enough to see flags by. */
function wordsOf(line: string): string[] {
  return line.split(/[\s"']+/).filter((word) => word !== "");
}

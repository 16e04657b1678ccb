import { spawn } from "node:child_process";
import type { HostFacts } from "../../platform/types.ts";
import { mergedEnvironment } from "../programs.ts";
import type { Command, CommandResult } from "../types.ts";
import type { Follow } from "./types.ts";

/** How much is kept of what a program complains of: characters, from the end. */
const maxComplaint = 64 * 1024;
/** Milliseconds from the signal to the end of a program that does not care for it. */
const patienceMs = 5_000;

/** A command that is to be followed. */
type Followed = Command & { readonly follow: Follow };

/**
 * Runs a program that takes its time. Its progress goes to descriptor 2 itself, so that a program that looks for a terminal finds ours. It is ended as
 * Ctrl-C would end it: docker then tells its daemon.
 */
export function followProgram(facts: HostFacts, command: Followed, cwd: string): Promise<CommandResult> {
  const [file, ...args] = command.argv;
  const { signal, progress, isShown } = command.follow;
  const shown = isShown === true ? 2 : "ignore";
  const stdio: ["ignore", 2 | "ignore", 2 | "pipe"] =
    progress === "stdout" ? ["ignore", shown, "pipe"] : ["ignore", "ignore", isShown === true ? 2 : "pipe"];
  const env = mergedEnvironment(facts, command.env ?? {});
  return new Promise((resolve) => {
    if (signal.aborted) return resolve({ code: null, stdout: "", stderr: "" });
    const child = spawn(file, args, { cwd, env, stdio, windowsHide: true });
    let stderr = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      stderr = (stderr + text).slice(-maxComplaint);
    });
    let last: NodeJS.Timeout | undefined;
    const stop = () => {
      child.kill("SIGINT");
      last = setTimeout(() => child.kill("SIGKILL"), patienceMs);
    };
    signal.addEventListener("abort", stop, { once: true });
    const end = (code: number | null, complaint: string) => {
      clearTimeout(last);
      signal.removeEventListener("abort", stop);
      resolve({ code, stdout: "", stderr: complaint });
    };
    child.once("error", (error) => end(null, error.message));
    child.once("close", (code) => end(code, stderr));
  });
}

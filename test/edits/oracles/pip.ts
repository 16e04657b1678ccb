import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What pip makes of a text: its values by key, or why it refuses. */
export type PipAnswer = { readonly values: Record<string, string> } | { readonly error: string };

/** What the installed pip's own code reads from each text. */
export function pipReads(texts: readonly string[]): PipAnswer[] {
  const script = join(import.meta.dirname, "pip_reads.py");
  const input = JSON.stringify(texts);
  return JSON.parse(
    execFileSync("python3", [script], { env: cleanEnv(), input, encoding: "utf8", maxBuffer: 1 << 28 }),
  );
}

/** The lines of `pip config list` for a file with this text. */
export function pipConfigList(text: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), "pip-"));
  try {
    const file = join(folder, "pip.conf");
    writeFileSync(file, text);
    const env = { ...cleanEnv(), PIP_CONFIG_FILE: file, PIP_DISABLE_PIP_VERSION_CHECK: "1" };
    const said = execFileSync("python3", ["-m", "pip", "config", "list"], { env, cwd: folder, encoding: "utf8" });
    return said.split("\n").filter((line) => line !== "" && !line.startsWith(":env:"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function cleanEnv(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PIP_|XDG_)/.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: "C.UTF-8" };
}

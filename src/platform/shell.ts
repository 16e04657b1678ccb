import type { HostFacts } from "./types.ts";

type System = Pick<HostFacts, "os">;

/** The line that sets a variable, for a shell's profile; on Windows for PowerShell's. In single quotes nothing of a value is the shell's to read. */
export function setCommand({ os }: System, name: string, value: string): string {
  if (os === "win32") return `$env:${name} = '${value.replaceAll("'", "''")}'`;
  return `export ${name}='${value.replaceAll("'", `'\\''`)}'`;
}

/** What takes a variable away: on Windows, in PowerShell, also from where it is kept for every window to come. */
export function unsetCommand({ os }: System, name: string): string {
  if (os !== "win32") return `unset ${name}`;
  return `Remove-Item Env:${name}; [Environment]::SetEnvironmentVariable('${name}', $null, 'User')`;
}

import type { HostFacts } from "./types.ts";

type System = Pick<HostFacts, "os">;

/** The line that sets a variable, for a shell's profile; on Windows for PowerShell's. In single quotes nothing of a value is the shell's to read. */
export function setCommand({ os }: System, name: string, value: string): string {
  if (os === "win32") return `$env:${name} = '${value.replaceAll("'", "''")}'`;
  return `export ${name}='${value.replaceAll("'", `'\\''`)}'`;
}

/** What takes variables away: on Windows, in PowerShell, also from where they are kept for every window to come. */
export function unsetCommand({ os }: System, ...names: readonly string[]): string {
  if (os !== "win32") return `unset ${names.join(" ")}`;
  return names
    .map((name) => `Remove-Item Env:${name}; [Environment]::SetEnvironmentVariable('${name}', $null, 'User')`)
    .join("; ");
}

/** What turns a text into UTF-8 and keeps it as it was beside; null where the system has no `iconv`. https://man7.org/linux/man-pages/man1/iconv.1.html */
export function convertCommand({ os }: System, file: string, from: "GB18030" | "UTF-16"): string | null {
  const quoted = `'${file.replaceAll("'", "'\\''")}'`;
  return os === "win32" ? null : `cp ${quoted} ${quoted}.old && iconv -f ${from} -t UTF-8 ${quoted}.old > ${quoted}`;
}

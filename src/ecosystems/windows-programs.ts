import { isOnWindows } from "../platform/wsl.ts";
import type { ReadPort } from "../ports/types.ts";
import type { Message } from "../report/types.ts";
import { askWsl } from "./wsl.ts";

/**
 * The same port, blind to programs of Windows, which a Linux inside Windows has on its PATH: they read the files of Windows, so that what is written here
 * would do nothing for them. Detection looks through this one.
 * https://learn.microsoft.com/windows/wsl/filesystems#interoperability-between-windows-and-linux-commands
 */
export function ownPrograms(read: ReadPort): ReadPort {
  const known = blind.get(read) ?? blindTo(read);
  // One port has one such, so that what is asked through it once is known the next time.
  blind.set(read, known);
  return known;
}

const blind = new WeakMap<ReadPort, ReadPort>();

function blindTo(read: ReadPort): ReadPort {
  const which = async (program: string) => {
    const path = await read.which(program);
    return path === null || isOnWindows(await askWsl(read), path) ? null : path;
  };
  return { ...read, which };
}

/** What to say of tools that were not found here, and that Windows has on the PATH. */
export async function windowsTools(tools: readonly string[], read: ReadPort): Promise<Message[]> {
  const found = await Promise.all(tools.map(async (tool) => ({ tool, path: await windowsProgram(tool, read) })));
  const isDesktop = (path: string | null) => path?.includes("/Docker/Docker/resources/") ?? false;
  // Docker Desktop serves this Linux if it is told to: nothing need be installed.
  const off: Message[] = found.some(({ path }) => isDesktop(path))
    ? [{ code: "docker-wsl-off", level: "warn", args: {} }]
    : [];
  const there = found.filter(({ path }) => path !== null && !isDesktop(path));
  if (there.length === 0) return off;
  const args = { tool: there.map(({ tool }) => tool).join(", "), path: there.map(({ path }) => path).join(", ") };
  return [...off, { code: "windows-tools", level: "warn", args }];
}

/** Linux runs a script without an ending (`npm`), and a program with one (`pip.exe`). */
async function windowsProgram(tool: string, read: ReadPort): Promise<string | null> {
  const wsl = await askWsl(read);
  if (wsl.kind === "none") return null;
  const paths = await Promise.all([tool, `${tool}.exe`].map((name) => read.which(name)));
  return paths.find((path) => path !== null && isOnWindows(wsl, path)) ?? null;
}

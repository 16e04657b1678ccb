import { fromWindows, type Wsl, wslOf } from "../platform/wsl.ts";
import type { Command, ReadPort } from "../ports/types.ts";
import { isFolder, textAt } from "./reading.ts";

/** By what they read with, which is the same for all ports to one machine. */
const known = new WeakMap<ReadPort["read"], Promise<Wsl>>();
const homes = new WeakMap<ReadPort["read"], Promise<string | null>>();

/** Whether this is a Linux inside Windows; looked at once a run. */
export function askWsl(read: ReadPort): Promise<Wsl> {
  const asked = known.get(read.read) ?? lookAtLinux(read);
  known.set(read.read, asked);
  return asked;
}

async function lookAtLinux(read: ReadPort): Promise<Wsl> {
  const binfmt = "/proc/sys/fs/binfmt_misc/WSLInterop";
  const none = { release: "", cgroup: "", conf: "", interop: "", hasSockets: false, hasContainerMark: false };
  if (read.facts.os !== "linux") return wslOf(none);
  const paths = ["/proc/sys/kernel/osrelease", "/proc/self/cgroup", "/etc/wsl.conf", binfmt, `${binfmt}-late`];
  const [release = "", cgroup = "", conf = "", early = "", late = ""] = await Promise.all(
    paths.map((path) => textAt(read, path)),
  );
  const isThere = async (path: string) => (await read.read(path)).kind !== "missing";
  const marks = await Promise.all(["/.dockerenv", "/run/.containerenv"].map(isThere));
  const hasSockets = await isThere("/run/WSL");
  return wslOf({ release, cgroup, conf, interop: early || late, hasSockets, hasContainerMark: marks.includes(true) });
}

/**
 * The Windows profile folder, seen from WSL: Windows is asked, and where it cannot be, the folder of profiles is looked at, which tells only where there is
 * one. Null: no WSL, or nobody could tell.
 */
export function windowsHome(read: ReadPort): Promise<string | null> {
  const asked = homes.get(read.read) ?? findWindowsHome(read);
  homes.set(read.read, asked);
  return asked;
}

async function findWindowsHome(read: ReadPort): Promise<string | null> {
  const wsl = await askWsl(read);
  if (wsl.kind === "none") return null;
  const told = wsl.interop ? ((await askPowerShell(read, wsl)) ?? (await askWslvar(read))) : null;
  if (told === null) return onlyProfile(read, wsl);
  const path = (await askWslpath(read, told)) ?? fromWindows(wsl, told);
  return path !== null && (await isFolder(read, path)) ? path : null;
}

/**
 * A console of a Chinese Windows speaks GBK, so the answer travels as Base64 of UTF-8: then no code page has a say, nor is the one of the person's window
 * changed, as setting [Console]::OutputEncoding would. It runs in its own folder: one of Linux is a network path to Windows.
 */
async function askPowerShell(read: ReadPort, { root }: Wsl): Promise<string | null> {
  const folder = `${root}c/Windows/System32/WindowsPowerShell/v1.0`;
  const path = `${folder}/powershell.exe`;
  if ((await read.read(path)).kind === "missing") return null;
  const script =
    "[Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes([Environment]::GetFolderPath('UserProfile')))";
  const argv = [path, "-NoProfile", "-NonInteractive", "-Command", script] as const;
  const { code, stdout } = await read.run(await towardsWindows(read, argv, folder));
  const answer = stdout.trim();
  if (code !== 0 || !/^[A-Za-z0-9+/]+=*$/.test(answer)) return null;
  return windowsPathIn(Buffer.from(answer, "base64").toString("utf8"));
}

/** https://wslu.wedotstudios.com/wslu/man/wslvar */
async function askWslvar(read: ReadPort): Promise<string | null> {
  const path = await read.which("wslvar");
  if (path === null) return null;
  const { code, stdout } = await read.run(await towardsWindows(read, [path, "USERPROFILE"]));
  return code === 0 ? windowsPathIn(stdout) : null;
}

/** Under sudo, ssh and systemd the way to Windows is not in the environment: the first process has one, too. */
async function towardsWindows(read: ReadPort, argv: Command["argv"], cwd?: string): Promise<Command> {
  const sockets = read.facts.env.WSL_INTEROP === undefined ? await read.names("/run/WSL") : [];
  const way = sockets.includes("1_interop") ? { WSL_INTEROP: "/run/WSL/1_interop" } : {};
  return { argv, env: { ...way, WSLENV: null }, timeoutMs: 10_000, ...(cwd === undefined ? {} : { cwd }) };
}

async function askWslpath(read: ReadPort, windowsPath: string): Promise<string | null> {
  const program = await read.which("wslpath");
  if (program === null) return null;
  const { code, stdout } = await read.run({ argv: [program, "-u", windowsPath] });
  const path = stdout.trim();
  return code === 0 && path.startsWith("/") ? path : null;
}

/** A path on a drive or a share, and nothing that a wrong code page has spoilt. */
function windowsPathIn(text: string): string | null {
  const path = text.trim();
  const isSound = /^([a-z]:[\\/]|\\\\[^\\])/i.test(path) && !/[\u0000-\u001f\ufffd]/.test(path);
  return isSound ? path : null;
}

/** Folders of Windows itself among the profiles. */
const shared = ["all users", "default", "default user", "public", "defaultapppool", "wdagutilityaccount"];

async function onlyProfile(read: ReadPort, wsl: Wsl): Promise<string | null> {
  const folder = `${wsl.root}c/Users`;
  const names = (await read.names(folder)).filter((name) => !shared.includes(name.toLowerCase()));
  const owned = await Promise.all(names.map((name) => hasRegistry(read, `${folder}/${name}`)));
  const [only, second] = names.filter((_, index) => owned[index]);
  return only === undefined || second !== undefined ? null : `${folder}/${only}`;
}

/** A person's part of the Windows registry makes a folder a profile. */
async function hasRegistry(read: ReadPort, folder: string): Promise<boolean> {
  return (await read.names(folder)).some((name) => name.toLowerCase() === "ntuser.dat");
}

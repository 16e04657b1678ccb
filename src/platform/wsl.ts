/** What a Linux says of itself; all texts are empty where a file is not there. */
export interface LinuxTexts {
  /** `/proc/sys/kernel/osrelease`. */
  readonly release: string;
  /** `/proc/self/cgroup`. */
  readonly cgroup: string;
  /** `/etc/wsl.conf`. */
  readonly conf: string;
  /** `/proc/sys/fs/binfmt_misc/WSLInterop`, or `WSLInterop-late`. */
  readonly interop: string;
  /** Whether `/run/WSL` is there, where WSL 2 keeps the sockets to Windows. */
  readonly hasSockets: boolean;
  /** Whether `/.dockerenv` or `/run/.containerenv` is there. */
  readonly hasContainerMark: boolean;
}

/** Linux inside Windows, as far as it goes. */
export interface Wsl {
  readonly kind: "none" | "wsl1" | "wsl2";
  /** Where the drives of Windows are mounted, ending in `/`. */
  readonly root: string;
  /** Whether programs of Windows can be started from here. */
  readonly interop: boolean;
}

/**
 * Whether this Linux is one inside Windows, and how it is joined to it. A container on such a machine has the same kernel, and nothing of Windows.
 * https://learn.microsoft.com/windows/wsl/wsl-config#wslconf
 */
export function wslOf(texts: LinuxTexts): Wsl {
  const setting = confReader(texts.conf);
  const root = setting("automount", "root") ?? "/mnt/";
  return {
    kind: kindOf(texts),
    root: root.endsWith("/") ? root : `${root}/`,
    interop: setting("interop", "enabled") !== "false" && !texts.interop.startsWith("disabled"),
  };
}

/** `4.4.0-19041-Microsoft` is WSL 1, `5.15.90.1-microsoft-standard-WSL2` WSL 2; a kernel of the person's own is known by what WSL 2 puts beside it. */
function kindOf({ release, cgroup, interop, hasSockets, hasContainerMark }: LinuxTexts): Wsl["kind"] {
  if (hasContainerMark || /docker|kubepods|containerd|libpod|\blxc\b/.test(cgroup)) return "none";
  if (/^\d+\.\d+\.\d+-\d+-Microsoft/.test(release)) return "wsl1";
  return /microsoft/i.test(release) || interop !== "" || hasSockets ? "wsl2" : "none";
}

/** Reads `key = value` below `[section]`; neither's case counts, and `#` begins a comment. */
function confReader(text: string): (section: string, key: string) => string | null {
  const found = new Map<string, string>();
  let section = "";
  for (const line of text.split(/\r?\n/)) {
    const bare = line.replace(/#.*/, "").trim();
    const [, header] = /^\[\s*(.*?)\s*\]$/.exec(bare) ?? [];
    if (header !== undefined) section = header.toLowerCase();
    const [, key, value] = /^([^=]+?)\s*=\s*"?(.*?)"?$/.exec(bare) ?? [];
    if (header === undefined && key !== undefined && value !== undefined)
      found.set(`${section}.${key.toLowerCase()}`, /^(true|false)$/i.test(value) ? value.toLowerCase() : value);
  }
  return (wanted, key) => found.get(`${wanted}.${key}`) || null;
}

/** Whether a path is on a drive of Windows. */
export function isOnWindows({ kind, root }: Wsl, path: string): boolean {
  return kind !== "none" && path.startsWith(root) && /^[a-z](\/|$)/i.test(path.slice(root.length));
}

/** A Windows path as it is seen from here; null for what is on no drive (a share). What `wslpath -u` does where the drives are mounted as usual. */
export function fromWindows({ root }: Wsl, path: string): string | null {
  const [, drive, rest] = /^([a-z]):[\\/]*(.*)$/i.exec(path) ?? [];
  if (drive === undefined || rest === undefined) return null;
  return [root + drive.toLowerCase(), ...rest.split(/[\\/]+/).filter((part) => part !== "")].join("/");
}

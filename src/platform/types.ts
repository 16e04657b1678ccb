/** Who called `sudo`: root does the work, and what is theirs stays theirs. */
export interface Person {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
}

/** What is true of the machine and the process: read once by the composition root, then only passed around. */
export interface HostFacts {
  readonly os: "linux" | "darwin" | "win32";
  /** The invoking user's environment, without the folders that npm puts before the PATH of what it starts. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Null when the environment names no home, or under sudo the machine knows none. */
  readonly home: string | null;
  /** Null on Windows. */
  readonly uid: number | null;
  readonly cwd: string;
  /** Under sudo, whose home and environment these are; absent else. */
  readonly person?: Person;
}

/** Where the program keeps its own files. */
export interface OwnDirectories {
  readonly config: string;
  readonly state: string;
  /** Null where none is known: then nothing is remembered. */
  readonly cache: string | null;
}

/**
 * How a tool finds its proxy. `go`: as go and npm do. `pip`: as Python's requests, where the name in small letters wins (that of a proxy even empty), and
 * `ALL_PROXY` is read where there is none for the scheme. `none`: it asks nobody.
 * https://requests.readthedocs.io/en/latest/user/advanced/#proxies
 */
export type ProxyHabit = "go" | "pip" | "none";

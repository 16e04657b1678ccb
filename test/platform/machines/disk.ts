import { posix, win32 } from "node:path";
import type { PathState, Replacement } from "../../../src/ports/types.ts";

interface FileNode {
  readonly kind: "file";
  readonly name: string;
  bytes: Uint8Array;
  mode: number;
  uid: number;
  gid: number;
}
interface FolderNode {
  readonly kind: "folder";
  readonly name: string;
  mode: number;
}
interface LinkNode {
  readonly kind: "link";
  readonly name: string;
  readonly target: string;
}
type Node = FileNode | FolderNode | LinkNode;

/** What of a disk is not as usual. */
export interface Rules {
  readonly os: "linux" | "darwin" | "win32";
  readonly uid: number;
  /** Folders where nobody can set modes (drives of Windows under WSL). */
  readonly withoutModes?: readonly string[];
  /** Folders where nothing can be written. */
  readonly readOnly?: readonly string[];
  /** Folders that the system's lists of access close to us, which nothing tells before a write is tried (Windows). */
  readonly closed?: readonly string[];
}

/** A file system in memory, by the rules of one of the three systems: enough of it for what reading and writing settings asks. */
export class Disk {
  readonly #nodes = new Map<string, Node>();
  readonly #rules: Rules;
  readonly path: typeof posix;
  /** Once everything stands in its place, what is read-only is so. */
  sealed = false;

  constructor(rules: Rules) {
    this.#rules = rules;
    this.path = rules.os === "win32" ? win32 : posix;
  }

  /** Names on Windows and macOS are told apart without their case. */
  #key(path: string): string {
    const whole = this.path.normalize(path).replace(/(?<=.)[\\/]$/, "");
    return this.#rules.os === "linux" ? whole : whole.toLowerCase();
  }

  #node(path: string): Node | undefined {
    return this.#nodes.get(this.#key(path));
  }

  /** Where a path leads, every link on the way followed; null where nothing stands there. */
  real(path: string): string | null {
    const parent = this.path.dirname(path);
    const folder = parent === path ? path : this.real(parent);
    if (folder === null) return null;
    const here = parent === path ? path : this.path.join(folder, this.path.basename(path));
    const node = this.#node(here);
    if (node?.kind === "link") return this.real(this.path.resolve(folder, node.target));
    if (node === undefined) return parent === path ? here : null;
    return parent === path ? here : this.path.join(folder, node.name);
  }

  folder(path: string, mode = 0o755): string[] {
    const parent = this.path.dirname(path);
    if (parent === path || this.real(path) !== null) return [];
    const made = this.folder(parent, mode);
    const at = this.path.join(this.real(parent) ?? parent, this.path.basename(path));
    this.#refuse(at);
    this.#nodes.set(this.#key(at), { kind: "folder", name: this.path.basename(path), mode });
    return [...made, path];
  }

  link(path: string, target: string): void {
    this.folder(this.path.dirname(path));
    this.#nodes.set(this.#key(path), { kind: "link", name: this.path.basename(path), target });
  }

  file(path: string, content: string | Uint8Array, mode = 0o644): void {
    this.folder(this.path.dirname(path));
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    this.put(path, { bytes, mode, owner: null });
  }

  put(path: string, { bytes, mode, owner }: Replacement): void {
    const folder = this.real(this.path.dirname(path));
    if (folder === null) throw Object.assign(new Error(path), { code: "ENOENT" });
    const at = this.real(path) ?? this.path.join(folder, this.path.basename(path));
    this.#refuse(at);
    const known = this.#node(at);
    const given =
      owner ?? (this.#rules.os === "win32" ? { uid: 0, gid: 0 } : { uid: this.#rules.uid, gid: this.#rules.uid });
    const name = known?.name ?? this.path.basename(at);
    this.#nodes.set(this.#key(at), { kind: "file", name, bytes, mode: this.#modeAt(at, mode), ...given });
  }

  /** Windows knows a write bit and nothing else; where modes do not hold, all are the same. */
  #modeAt(path: string, mode: number): number {
    if (this.#rules.os === "win32") return (mode & 0o200) === 0 ? 0o444 : 0o666;
    return this.#rules.withoutModes?.some((folder) => path.startsWith(folder)) ? 0o777 : mode;
  }

  remove(path: string): void {
    this.#nodes.delete(this.#key(this.real(this.path.dirname(path)) === null ? path : this.#unlinked(path)));
  }

  #unlinked(path: string): string {
    return this.path.join(this.real(this.path.dirname(path)) ?? "", this.path.basename(path));
  }

  read(path: string): PathState {
    const realPath = this.real(path);
    if (realPath === null) {
      const isLink = this.#node(this.#unlinked(path))?.kind === "link";
      return isLink ? { kind: "blocked", why: "dangling-link" } : { kind: "missing" };
    }
    const node = this.#node(realPath);
    if (node?.kind !== "file") return { kind: "blocked", why: "directory" };
    const { bytes, mode, uid, gid } = node;
    return { kind: "file", realPath, bytes, mode, uid, gid };
  }

  names(path: string): string[] {
    const folder = this.real(path);
    if (folder === null) return [];
    const inside = [...this.#nodes].filter(([key]) => this.#key(this.path.dirname(key)) === this.#key(folder));
    return inside.map(([, { name }]) => name).sort();
  }

  obstacle(path: string): string | null {
    return this.#isReadOnly(this.real(path) ?? this.#unlinked(path)) ? "EROFS" : null;
  }

  #isReadOnly(path: string): boolean {
    return this.sealed && (this.#rules.readOnly?.some((folder) => path.startsWith(folder)) ?? false);
  }

  #refuse(path: string): void {
    if (this.#isReadOnly(path)) throw Object.assign(new Error(path), { code: "EROFS" });
    const isClosed = this.sealed && (this.#rules.closed?.some((folder) => path.startsWith(folder)) ?? false);
    if (isClosed) throw Object.assign(new Error(path), { code: "EPERM" });
  }

  /** Every file and link as text, and every folder, to compare a disk before and after. */
  snapshot(): Record<string, string> {
    const told = [...this.#nodes].map(([key, node]) => {
      if (node.kind === "link") return [key, `→ ${node.target}`];
      if (node.kind === "folder") return [key, "folder"];
      const content = Buffer.from(node.bytes).toString("latin1");
      return [key, `${node.mode.toString(8)} ${node.uid}:${node.gid} ${content}`];
    });
    return Object.fromEntries(told);
  }
}

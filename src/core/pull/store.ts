import { listIn } from "../../ecosystems/docker/ask.ts";
import type { Platform } from "../../ecosystems/docker/manifest.ts";
import { type Json, memberOf, objectOf, textIn } from "../../ecosystems/untrusted.ts";
import type { CommandResult } from "../../ports/types.ts";
import type { Services } from "../types.ts";

/** An image as docker or podman has it. */
export interface StoredImage {
  readonly id: string;
  /** Names with a digest that it was pulled by. */
  readonly pulledAs: readonly string[];
  readonly platform: Platform;
}

/** The program that keeps images here. */
export interface Program {
  readonly tool: "docker" | "podman";
  readonly path: string;
}

/**
 * The images of this machine, through the person's own client and in their own environment: it knows which daemon they mean.
 *
 * A pull by a mirror's prefix sends the mirror no password for the hub: clients look credentials up by the host that stands before an image's name, and the
 * hub's are under the hub's. (In a list of mirrors, the daemon takes a mirror for the hub, and it does.)
 * https://github.com/docker/cli/blob/master/cli/command/registry.go, https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md
 */
export class Store {
  readonly program: Program;
  readonly #services: Pick<Services, "write" | "signal">;

  constructor(program: Program, services: Pick<Services, "write" | "signal">) {
    this.program = program;
    this.#services = services;
  }

  /** Why images can neither be asked for nor kept, in the program's own words; null: all is well. */
  async obstacle(): Promise<string | null> {
    const { code, stderr } = await this.#run("image", "ls", "--quiet", "--filter", "dangling=true");
    return code === 0 ? null : lastLine(stderr);
  }

  async find(name: string): Promise<StoredImage | null> {
    const { code, stdout } = await this.#run("image", "inspect", name);
    const found = code === 0 ? objectOf(listIn(stdout)[0]) : null;
    const id = textIn(found, "Id");
    return found === null || id === null ? null : { id, pulledAs: namesIn(found), platform: platformIn(found) };
  }

  /** Fetches an image; its progress goes to the person. Null: it is here; else what the program complained of. */
  async pull(name: string): Promise<string | null> {
    const progress = this.program.tool === "docker" ? "stdout" : "stderr";
    const follow = { signal: this.#services.signal, progress } as const;
    const { code, stderr } = await this.#services.write.run({ argv: [this.program.path, "pull", name], follow });
    return code === 0 ? null : lastLine(stderr) || `exit ${code ?? "?"}`;
  }

  /** Null: done. */
  async tag(name: string, as: string): Promise<string | null> {
    const { code, stderr } = await this.#run("tag", name, as);
    return code === 0 ? null : lastLine(stderr);
  }

  /**
   * Whether an image was pulled by just this name, which ends in a digest. podman finds one by its digest alone, whatever its names are: unless that is
   * asked, it would take away another name, and the image with it.
   */
  async has(name: string): Promise<boolean> {
    return (await this.find(name))?.pulledAs.includes(name) ?? false;
  }

  /** Takes a name away that ends in a digest, and the image with it only where it was the last one. */
  async forget(name: string): Promise<void> {
    if (await this.has(name)) await this.#run("rmi", name);
  }

  #run(...args: readonly string[]): Promise<CommandResult> {
    return this.#services.write.run({ argv: [this.program.path, ...args] });
  }
}

/** Where the programs say what went wrong in the end. */
function lastLine(stderr: string): string {
  return (stderr.trim().split("\n").at(-1) ?? "").slice(0, 300);
}

function namesIn(found: Json): string[] {
  const names = memberOf(found, "RepoDigests");
  return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
}

function platformIn(found: Json): Platform {
  const [os, architecture, variant] = ["Os", "Architecture", "Variant"].map((name) => textIn(found, name) ?? "");
  const own = { os: os ?? "", architecture: architecture ?? "" };
  return variant === undefined || variant === "" ? own : { ...own, variant };
}

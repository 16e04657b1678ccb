import { pathsOf } from "./paths.ts";
import type { HostFacts } from "./types.ts";

/** Folders that a package manager alone writes to. */
const stores = ["/nix/store/", "/gnu/store/"];

/** Whether a path really is in such a folder: NixOS and home-manager keep links to it in the places of settings. */
export function isManaged(realPath: string): boolean {
  return stores.some((store) => realPath.startsWith(store));
}

/** Options of NixOS and home-manager for a file, by how its path ends. https://nix-community.github.io/home-manager/options.xhtml */
const options = [
  [/(^|\/)\.?npmrc$/, "programs.npm.npmrc"],
  [/\/go\/env$/, "programs.go.env"],
  [/(?<!^\/etc)\/uv\/uv\.toml$/, "programs.uv.settings"],
  [/\/\.bunfig\.toml$/, "programs.bun.settings"],
  [/^\/etc\/docker\/daemon\.json$/, "virtualisation.docker.daemon.settings"],
  [/\/\.config\/docker\/daemon\.json$/, "virtualisation.docker.rootless.daemon.settings"],
] as const;

/** The option of the configuration that a managed file is made from, as far as it can be told by its path. */
export function managingOption(path: string, { home, ...facts }: HostFacts): string {
  const [, known] = options.find(([pattern]) => pattern.test(path)) ?? [];
  if (known !== undefined) return known;
  if (path.startsWith("/etc/")) return `environment.etc."${path.slice("/etc/".length)}"`;
  const inHome = home === null ? path : pathsOf({ home, ...facts }).relative(home, path);
  return inHome.startsWith("..") || inHome.startsWith("/") ? path : `home.file."${inHome}"`;
}

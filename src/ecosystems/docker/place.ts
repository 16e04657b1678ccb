import type { Scope } from "../../plan/types.ts";
import { configFolder, pathsOf, variable } from "../../platform/paths.ts";
import type { HostFacts } from "../../platform/types.ts";
import type { ReadPort } from "../../ports/types.ts";
import { isFolder } from "../reading.ts";
import { windowsHome } from "../wsl.ts";
import { systemFile, usualPidFile } from "./dockerd.ts";
import type { EngineKind } from "./engine.ts";
import type { Seen } from "./sight.ts";
import type { UnitFlags } from "./units.ts";

/** Where an engine's settings are. */
export interface Place {
  readonly scope: Scope;
  /** Null: in no file that we could write. */
  readonly file: string | null;
  /** What a person types to bring the file in force. */
  readonly restart: string;
}

const bySystem = { scope: "system" } as const;

/** The file that the engine reads, and what it needs to take it up. Never another: where it is not known there is none. */
export async function placeOf(seen: Seen, units: readonly UnitFlags[], read: ReadPort): Promise<Place> {
  const { facts } = read;
  const { kind } = seen.engine;
  const flagged = seen.running?.configFile ?? units.find(({ configFile }) => configFile !== null)?.configFile ?? null;
  switch (kind) {
    case "native":
      return { ...bySystem, file: flagged ?? systemFile, restart: await reloadOf(seen, read) };
    case "rootless":
      return { scope: "user", file: flagged ?? rootlessFile(facts), restart: "systemctl --user reload docker" };
    case "snap":
      return { ...bySystem, file: "/var/snap/docker/current/config/daemon.json", restart: "sudo snap restart docker" };
    case "synology":
      return synologyPlace(read);
    case "windows-service":
      return { ...bySystem, file: await serviceFile(seen, read), restart: "Restart-Service docker" };
    case "desktop":
      return { scope: "user", file: await desktopFile(seen, read), restart: "docker desktop restart" };
    case "orbstack":
      return {
        scope: "user",
        file: inHome(facts, ".orbstack", "config", "docker.json"),
        restart: "orb restart docker",
      };
    default:
      return {
        scope: kind === "colima" || kind === "rancher" || kind === "lima" ? "user" : "system",
        file: null,
        restart: "",
      };
  }
}

/** Engines that take up their file while they run. */
export function isReloadable(kind: EngineKind): boolean {
  return kind === "native" || kind === "rootless";
}

/** Where a setting for later goes: to the engine that is usual on the system. */
export function futurePlace(facts: HostFacts, scope: Scope): Place {
  if (facts.os !== "linux")
    return { scope: "user", file: inHome(facts, ".docker", "daemon.json"), restart: "docker desktop restart" };
  if (scope === "user") return { scope, file: rootlessFile(facts), restart: "systemctl --user reload docker" };
  return { ...bySystem, file: systemFile, restart: "sudo systemctl reload docker" };
}

/** By the service, where there is one and it is this daemon's; else by its number. */
async function reloadOf({ running }: Seen, read: ReadPort): Promise<string> {
  const isUsual = running === null || running.pidFile === usualPidFile;
  const isService = isUsual && (await isFolder(read, "/run/systemd/system"));
  return isService ? "sudo systemctl reload docker" : `sudo kill -HUP $(cat ${running?.pidFile ?? usualPidFile})`;
}

/** https://docs.docker.com/engine/daemon/#configuration-file */
function rootlessFile(facts: HostFacts): string | null {
  const config = configFolder(facts);
  return config === null ? null : pathsOf(facts).join(config, "docker", "daemon.json");
}

/** The file of a Windows service is where its data are, if it was started with another place for them: the usual file, which could name that, is not there then. https://github.com/moby/moby/blob/v28.5.2/cmd/dockerd/docker_windows.go */
async function serviceFile({ info }: Seen, read: ReadPort): Promise<string> {
  const { join } = pathsOf(read.facts);
  const file = (root: string) => join(root, "config", "daemon.json");
  const usual = file(join(variable(read.facts, "ProgramData") ?? "C:\\ProgramData", "docker"));
  const root = info?.root ?? "";
  return root === "" || (await read.read(usual)).kind !== "missing" ? usual : file(root);
}

/** On WSL the file is that of Windows, whatever lies in the distribution. https://docs.docker.com/desktop/settings-and-maintenance/settings/#docker-engine */
async function desktopFile({ isWsl, info }: Seen, read: ReadPort): Promise<string | null> {
  const name = info?.containers === "windows" ? "windows-daemon.json" : "daemon.json";
  const home = isWsl ? await windowsHome(read) : read.facts.home;
  return home === null ? null : pathsOf(read.facts).join(home, ".docker", name);
}

/** Container Manager, and Docker before DSM 7.2. */
async function synologyPlace(read: ReadPort): Promise<Place> {
  const places = ["ContainerManager", "Docker"].map((name) => ({
    name,
    file: `/var/packages/${name}/etc/dockerd.json`,
  }));
  const states = await Promise.all(places.map(({ file }) => read.read(file)));
  const found = places.find((_, index) => states[index]?.kind !== "missing");
  return {
    ...bySystem,
    file: found?.file ?? null,
    restart: `sudo synopkg restart ${found?.name ?? "ContainerManager"}`,
  };
}

function inHome(facts: HostFacts, ...names: string[]): string | null {
  return facts.home === null ? null : pathsOf(facts).join(facts.home, ...names);
}

import { formatOf } from "../../../edits/index.ts";
import { configFolder, pathsOf, variable } from "../../../platform/paths.ts";
import type { ReadPort } from "../../../ports/types.ts";
import type { Oddity, Place } from "../../clinic.ts";
import { textAt, textIn } from "../../reading.ts";
import type { DockerCurrent } from "../current.ts";
import { systemFile, usualPidFile } from "../dockerd.ts";
import type { EngineKind } from "../engine.ts";
import { addressesIn, mirrorsKey } from "../mirrors.ts";
import { isReloadable } from "../place.ts";

/** More than that are not worth their time. */
const enough = 3;

/** What is wrong with the daemon, not with an entry of its list. */
export async function oddDaemon(read: ReadPort, current: DockerCurrent, named: Place | undefined): Promise<Oddity[]> {
  const { obstacle, file } = current;
  const stored = addressesIn(named?.value ?? null) ?? [];
  const where = named === undefined ? file : `${file}:${named.line}`;
  const many: Oddity = {
    severity: "warn",
    message: { code: "odd-docker-many", level: "warn", args: { count: stored.length, most: enough } },
    where,
    repair: "mirror-setup docker --fastest",
  };
  const flagged: Oddity[] =
    obstacle?.code === "docker-flag" && named !== undefined
      ? [
          {
            severity: "error",
            message: { code: "odd-docker-flag", level: "error", args: { where: obstacle.args.where } },
            where,
            repair: null,
          },
        ]
      : [];
  return [
    ...silence(current),
    ...flagged,
    ...(await refused(read, current)),
    ...(stored.length > enough ? [many] : []),
    ...proxyless(read, current),
  ];
}

/** What starts a daemon that is not running. */
const starts: Partial<Record<EngineKind, string>> = {
  native: "sudo systemctl start docker",
  rootless: "systemctl --user start docker",
  snap: "sudo snap start docker",
  desktop: "docker desktop start",
  orbstack: "orb start",
  colima: "colima start",
  "windows-service": "Start-Service docker",
};

/** A daemon of this machine that does not answer: nothing can be pulled. */
function silence({ daemon, messages }: DockerCurrent): Oddity[] {
  const base = { severity: "error", stage: "tool", where: daemon.address } as const;
  const codes = messages.map(({ code }) => code);
  if (codes.includes("docker-closed")) {
    const message = { code: "odd-docker-closed", level: "error", args: {} } as const;
    return [{ ...base, message, repair: "sudo usermod -aG docker $USER && newgrp docker" }];
  }
  if (!codes.includes("docker-asleep")) return [];
  const repair = starts[daemon.engine?.kind ?? "native"] ?? null;
  return [{ ...base, message: { code: "odd-docker-asleep", level: "error", args: {} }, repair }];
}

/** What the daemon's own program says against its file, since 23.0. https://github.com/moby/moby/pull/42393 */
async function refused(read: ReadPort, { daemon: { judge }, file, obstacle }: DockerCurrent): Promise<Oddity[]> {
  if (judge === null || obstacle !== null || (await read.read(file)).kind !== "file") return [];
  const { code, stderr } = await read.run({ argv: [judge, "--validate", "--config-file", file] });
  const complaint =
    stderr
      .split("\n")
      .find((line) => line.trim() !== "")
      ?.trim()
      .slice(0, 300) ?? "";
  if (code === 0 || complaint === "") return [];
  return [
    {
      severity: "error",
      message: { code: "odd-docker-refused", level: "error", args: { complaint } },
      where: file,
      repair: null,
    },
  ];
}

/** The shell goes out by a proxy, and the daemon, which has no mirror either, does not: it never sees the shell's. */
function proxyless({ facts }: ReadPort, { daemon: { info, engine }, chain }: DockerCurrent): Oddity[] {
  const shell = variable(facts, "HTTPS_PROXY") ?? variable(facts, "https_proxy");
  if (shell === null || info === null || engine === null || !isReloadable(engine.kind)) return [];
  if (info.proxies.length > 0 || chain.length > 0) return [];
  const message = { code: "odd-docker-proxyless", level: "warn", args: { proxy: shell } } as const;
  return [{ severity: "warn", stage: "proxy", message, where: null, repair: "sudo systemctl edit docker" }];
}

/** Of any other nobody can say which file it reads. */
function isKnown(kind: EngineKind): boolean {
  return kind !== "remote" && kind !== "outside" && kind !== "unknown";
}

/** Files with mirrors in them that are another Docker's: what is in use does not read them. */
export async function strayFiles(read: ReadPort, { file, daemon }: DockerCurrent): Promise<Oddity[]> {
  const { facts } = read;
  const config = configFolder(facts);
  if (facts.home === null || config === null || daemon.engine === null || !isKnown(daemon.engine.kind)) return [];
  const { join } = pathsOf(facts);
  const isServed = daemon.engine.kind === "native" || (await textAt(read, usualPidFile)) !== "";
  const strays = [
    ...(facts.os === "win32" || isServed ? [] : [systemFile]),
    join(facts.home, ".docker", "daemon.json"),
    join(config, "docker", "daemon.json"),
    ...(facts.os === "win32" ? [] : ["/etc/docker.json", "/etc/default/daemon.json"]),
  ];
  const json = await formatOf("json");
  const found = await Promise.all(
    strays
      .filter((path) => path !== file)
      .map(async (path): Promise<Oddity[]> => {
        const entry = json.entries(textIn(await read.read(path))).find(({ key }) => key === mirrorsKey);
        if (entry === undefined || entry.value === "[]") return [];
        const message = { code: "odd-docker-place", level: "warn", args: { file } } as const;
        return [{ severity: "warn", message, where: `${path}:${entry.line}`, repair: null }];
      }),
  );
  return found.flat();
}

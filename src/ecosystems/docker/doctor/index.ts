import { formatOf } from "../../../edits/index.ts";
import type { ReadPort } from "../../../ports/types.ts";
import type { Clinic, Oddity, Place } from "../../clinic.ts";
import { textAt } from "../../reading.ts";
import type { Current } from "../../types.ts";
import { jsonIn, textIn } from "../../untrusted.ts";
import { listIn } from "../ask.ts";
import type { DockerCurrent } from "../current.ts";
import { mirrorsKey } from "../mirrors.ts";
import { isReloadable } from "../place.ts";
import { editableOf } from "../plan.ts";
import { oddDaemon, strayFiles } from "./daemon.ts";
import { lineBelow, meantBy, oddList } from "./list.ts";
import { oddPodman } from "./podman.ts";

export const dockerClinic: Clinic = {
  wrong: [],
  address: /^registry-mirrors$/,
  file: /^$/,
  proxy: /^proxies\.https?-proxy$|^HTTPS?_PROXY$/,
  covered: ["docker-typo", "docker-asleep", "docker-closed", "docker-flag", "docker-no-list"],
  addresses: (value) =>
    entriesIn(value)
      .map(meantBy)
      .filter((entry) => URL.canParse(entry)),
  // One that fails is passed over, if at a price.
  goesOn: () => true,
  places,
  costOfDead: (tools) =>
    dockerIn(tools)?.daemon.info?.usesContainerd === true ? { code: "odd-docker-dead", level: "warn", args: {} } : null,
  upstream: (tools) => {
    const registry = dockerIn(tools)?.daemon.info?.registries[0];
    return registry === undefined ? null : `https://registry-1.${registry}`;
  },
  oddities: async (read, tools) => [...(await ofDocker(read, tools)), ...(await oddPodman(read, tools))],
};

function entriesIn(value: string): string[] {
  return listIn(value).filter((entry) => typeof entry === "string");
}

/** Docker, where it is installed: podman may be there alone. */
function dockerIn(tools: readonly Current[]): DockerCurrent | null {
  return (tools.find(({ tool }) => tool === "docker") as DockerCurrent | undefined) ?? null;
}

/** The keys of the daemon's file, and the proxies that it goes by. */
async function places(read: ReadPort, tools: readonly Current[]): Promise<readonly Place[]> {
  const current = dockerIn(tools);
  if (current === null || current.daemon.isByHand) return [];
  const text = await textAt(read, current.file);
  const editable = editableOf(current);
  const base = { tool: "docker", source: current.file, editable } as const;
  const inFile = (await formatOf("json")).entries(text).map(({ key, value, line }): Place => {
    const lines = entriesIn(value).map(
      (entry) => [meantBy(entry), lineBelow(text, line, JSON.stringify(entry))] as const,
    );
    return { ...base, key, value, line, ...(key === mirrorsKey ? { lines: new Map(lines) } : {}) };
  });
  return [...inFile, ...proxies(inFile, current)];
}

/** Those in the file, and those of its service, which the daemon shows. They are taken up by a restart alone: no business of ours. */
function proxies(inFile: readonly Place[], { daemon }: DockerCurrent): Place[] {
  const own = inFile.flatMap((place) =>
    ["http-proxy", "https-proxy"].flatMap((name): Place[] => {
      const value = place.key === "proxies" ? textIn(jsonIn(place.value), name) : null;
      return value === null ? [] : [{ ...place, key: `proxies.${name}`, value, editable: null }];
    }),
  );
  const isOurs = daemon.engine !== null && isReloadable(daemon.engine.kind);
  const said = isOurs ? new Set(daemon.info?.proxies) : [];
  const others = [...said].filter((proxy) => !own.some(({ value }) => value === proxy));
  const base = { tool: "docker", key: "HTTPS_PROXY", source: "docker info", line: null, editable: null } as const;
  return [...own, ...others.map((value) => ({ ...base, value }))];
}

async function ofDocker(read: ReadPort, tools: readonly Current[]): Promise<Oddity[]> {
  const current = dockerIn(tools);
  if (current === null) return [];
  const text = current.daemon.isByHand ? "" : await textAt(read, current.file);
  const found = await places(read, tools);
  const named = found.find(({ key }) => key === mirrorsKey);
  return [
    ...(await oddDaemon(read, current, named)),
    ...oddList(text, found, current),
    ...(await strayFiles(read, current)),
  ];
}

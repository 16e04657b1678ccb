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
import { oddList } from "./list.ts";
import { oddPodman } from "./podman.ts";

export const dockerClinic: Clinic = {
  wrong: [],
  address: /^registry-mirrors$/,
  file: /^$/,
  proxy: /^proxies\.https?-proxy$|^HTTPS?_PROXY$/,
  covered: ["docker-typo", "docker-asleep", "docker-closed", "docker-flag", "docker-no-list"],
  addresses: (value) =>
    listIn(value).flatMap((entry) => (typeof entry === "string" && URL.canParse(entry) ? [entry] : [])),
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

/** Docker, where it is installed: podman may be there alone. */
function dockerIn(tools: readonly Current[]): DockerCurrent | null {
  return (tools.find(({ tool }) => tool === "docker") as DockerCurrent | undefined) ?? null;
}

/** The keys of the daemon's file, and the proxies that it says it goes by. */
async function places(read: ReadPort, tools: readonly Current[]): Promise<readonly Place[]> {
  const current = dockerIn(tools);
  if (current === null || current.daemon.isByHand) return [];
  const { file, daemon } = current;
  const entries = (await formatOf("json")).entries(await textAt(read, file));
  const base = { tool: "docker", source: file } as const;
  const inFile = entries.map(
    ({ key, value, line }): Place => ({ ...base, key, value, line, editable: editableOf(current) }),
  );
  const own = entries.flatMap(({ key, value, line }) =>
    key === "proxies"
      ? ["http-proxy", "https-proxy"].flatMap((name): Place[] => {
          const proxy = textIn(jsonIn(value), name);
          return proxy === null ? [] : [{ ...base, key: `proxies.${name}`, value: proxy, line, editable: null }];
        })
      : [],
  );
  const isSeen = (proxy: string) => own.some(({ value }) => value === proxy);
  const said = daemon.engine !== null && isReloadable(daemon.engine.kind) ? (daemon.info?.proxies ?? []) : [];
  const running = [...new Set(said)]
    .filter((proxy) => !isSeen(proxy))
    .map(
      (value): Place => ({
        tool: "docker",
        key: "HTTPS_PROXY",
        value,
        source: "docker info",
        line: null,
        editable: null,
      }),
    );
  return [...inFile, ...own, ...running];
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

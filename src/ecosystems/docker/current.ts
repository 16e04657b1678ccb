import type { Activation, Scope } from "../../plan/types.ts";
import type { ReadPort } from "../../ports/types.ts";
import type { Message } from "../../report/types.ts";
import type { Current, Installation, Setting } from "../types.ts";
import { activationOf } from "./activation.ts";
import { credentialBar } from "./credentials.ts";
import { type Engine, hostIn, isElsewhere } from "./engine.ts";
import { guidePlace } from "./guide.ts";
import { hostsTomlOverride } from "./hosts-toml.ts";
import type { DaemonInfo } from "./info.ts";
import { currentLater } from "./later.ts";
import { isSameList } from "./mirrors.ts";
import { type Found, obstacleIn } from "./obstacles.ts";
import { isReloadable, placeOf } from "./place.ts";
import { dockerRemarks } from "./remarks.ts";
import { isAtLeast } from "./rules.ts";
import { daemonProgram, daemonVersion, look, type Seen } from "./sight.ts";
import { settingOf, storedIn } from "./stored.ts";
import { unitFlags } from "./units.ts";

/** The daemon's settings, and what a plan has to know of the daemon. */
export interface DockerCurrent extends Current {
  readonly daemon: {
    /** Null: none is installed yet. */
    readonly engine: Engine | null;
    readonly address: string;
    /** The file has to be written by a person. */
    readonly isByHand: boolean;
    /** The list that a new one is made of. */
    readonly list: readonly string[];
    /** Null: not known. */
    readonly version: string | null;
    readonly activation: Activation | null;
    /** What it says of itself; null where it does not answer. */
    readonly info: DaemonInfo | null;
    /** The program that can say whether it would start with a file; null where none can. */
    readonly judge: string | null;
  };
}

const looked = new WeakMap<Installation, Seen>();

/** Keeps what was seen while the client was looked for, for the first question about its settings. */
export function keepSight(installation: Installation, seen: Seen): void {
  looked.set(installation, seen);
}

/** Docker's settings as they are: in its file, and, where it runs, as the daemon itself says. */
export async function currentDocker(
  read: ReadPort,
  scope: Scope,
  installation: Installation | null,
): Promise<DockerCurrent> {
  if (installation === null) return currentLater(read, scope);
  const seen = looked.get(installation) ?? (await look(read, installation));
  looked.delete(installation);
  if (seen !== null) return currentOf(seen, read, scope, installation);
  const obstacle: Message = { code: "docker-no-context", level: "error", args: {} };
  return { ...(await currentLater(read, scope)), installation, messages: [], obstacle };
}

async function currentOf(seen: Seen, read: ReadPort, scope: Scope, installation: Installation): Promise<DockerCurrent> {
  const { engine, info, endpoint } = seen;
  const isOurs = isReloadable(engine.kind);
  const units = isOurs ? await unitFlags(read, engine.kind === "rootless") : [];
  const place = await placeOf(seen, units, read);
  const stored = await storedIn(read, place.file);
  const program = isOurs ? await daemonProgram(read) : null;
  const programVersion = program === null ? null : await daemonVersion(read, program);
  const found: Found = { seen, units, place, stored, version: info?.version ?? programVersion };
  const shadow = info?.usesContainerd ? await hostsTomlOverride(read, info.registries, info.isRootless) : null;
  const override = shadow?.file ?? null;
  const file = place.file ?? guidePlace(engine, endpoint.address);
  const told = info?.mirrors ?? stored.list;
  return {
    tool: "docker",
    scope: place.scope,
    installation,
    file,
    settings: [inForceOf(found, file, told, override)],
    chain: isSameList(told, stored.list) ? stored.list : told,
    upstreamHosts: info?.upstreamHosts ?? [],
    bar: await credentialBar(read, info),
    pending: pendingIn(found, told, override),
    messages: dockerRemarks(seen, file, stored.entries, read.facts),
    obstacle: obstacleIn(found, scope),
    daemon: {
      engine,
      address: endpoint.address,
      isByHand: place.file === null,
      list: place.file === null ? told : stored.list,
      version: found.version,
      activation: await activationOf(found, installation, read),
      info,
      judge: programVersion !== null && isAtLeast(programVersion, 23) ? program : null,
    },
  };
}

/** What the daemon says, as the file spells it where that is the same. */
function inForceOf({ stored, seen }: Found, file: string, told: readonly string[], override: string | null): Setting {
  const { entry, list } = stored;
  const said = told.length === 0 ? null : JSON.stringify(told);
  const value = isSameList(told, list) ? (entry?.value ?? null) : said;
  const unset = seen.info === null && isElsewhere(seen.engine.kind) ? hostIn(seen.endpoint.address) : "default";
  return settingOf(stored, { value, source: value === null ? unset : file, shadowedBy: override });
}

/** What is stored and not in force. Where images are kept by containerd, a file for the registry stands in the place of the whole list, which `docker info` shows all the same. */
function pendingIn({ seen, place, stored }: Found, told: readonly string[], override: string | null): Message | null {
  if (override !== null && told.length > 0)
    return { code: "docker-overridden", level: "warn", args: { file: override } };
  const { file, restart } = place;
  if (file === null || stored.state.kind === "blocked" || isSameList(told, stored.list)) return null;
  const isOurs = isReloadable(seen.engine.kind);
  // A key that is gone says nothing to a reload: the daemon is shown an empty list first.
  const command = isOurs && stored.entry === null ? "mirror-setup reset docker" : restart;
  return { code: isOurs ? "docker-reload" : "docker-restart", level: "warn", args: { file, command } };
}

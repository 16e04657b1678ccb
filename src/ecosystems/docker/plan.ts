import type { Change } from "../../plan/types.ts";
import type { Message } from "../../report/types.ts";
import { asStored, isSameAddress } from "../addresses.ts";
import type { Editable } from "../clinic.ts";
import type { Choice, Knowledge, Planned } from "../types.ts";
import type { DockerCurrent } from "./current.ts";
import { guideTo } from "./guide.ts";
import { addressesIn, isSameList, mirrorsKey } from "./mirrors.ts";
import { flawOf } from "./rules.ts";

/** Docker's plan: pure. The daemon asks the mirrors in their order, and its own registry behind them: what was chosen comes first, the person's own entries behind it. */
export function planDocker(current: DockerCurrent, choice: Choice, knowledge: Knowledge): Planned {
  const { version, engine, address, isByHand } = current.daemon;
  const stored = current.settings[0]?.stored ?? null;
  const list = isByHand ? current.daemon.list : (addressesIn(stored) ?? []);
  const chosen = choice.kind === "reset" ? [] : choice.chain.map(({ url }) => spelt(url, list));
  const own = list.filter((url) => isOwn(url, choice, current, knowledge) && !isIn(url, chosen));
  const wanted = [...chosen, ...own];
  const flawed = wanted.find((url) => flawOf(url, version) !== null);
  if (flawed !== undefined) {
    const why = flawOf(flawed, version) ?? "";
    return { ok: false, message: { code: "docker-bad-mirror", level: "error", args: { url: flawed, why } } };
  }
  if (isByHand && engine !== null) {
    const isDone = isSameList(wanted, list);
    return isDone ? nothing : { ok: false, message: guideTo(engine, address, wanted) };
  }
  const isEmpty = wanted.length === 0;
  // A list that was empty before says something, too: it stays.
  const value = isEmpty ? (list.length === 0 ? stored : null) : JSON.stringify(wanted);
  const planned = stored === value ? unread(current, wanted) : { changes: [changeOf(current, value)], messages: [] };
  const messages = [...said(own, choice, stored !== value), ...planned.messages];
  return { ok: true, changes: planned.changes, wanted: [{ key: mirrorsKey, value }], messages };
}

const nothing: Planned = { ok: true, changes: [], wanted: [], messages: [] };

/** Where the file says it all: a daemon that runs and goes by something else has not read it, since a reload failed, or was left to the person. */
function unread(
  current: DockerCurrent,
  wanted: readonly string[],
): Pick<Planned & { ok: true }, "changes" | "messages"> {
  const { activation, info } = current.daemon;
  if (activation === null || info === null || isSameList(info.mirrors, wanted)) return { changes: [], messages: [] };
  const messages: Message[] = [{ code: "docker-unread", level: "info", args: { file: current.file } }];
  return { changes: [changeOf(current, current.settings[0]?.stored ?? null)], messages };
}

function spelt(url: string, list: readonly string[]): string {
  return asStored(list.find((each) => isSameAddress(each, url)) ?? null, url);
}

function isIn(url: string, list: readonly string[]): boolean {
  return list.some((each) => isSameAddress(each, url));
}

/** What is neither a mirror that we know, nor, where mirrors are set, the daemon's own registry, which comes last by itself. */
function isOwn(url: string, { kind }: Choice, { upstreamHosts }: DockerCurrent, knowledge: Knowledge): boolean {
  const isUpstream = URL.canParse(url) && upstreamHosts.includes(new URL(url).host);
  return !knowledge.isMirror(url) && !(kind === "mirrors" && isUpstream);
}

function said(own: readonly string[], { kind }: Choice, isWritten: boolean): Message[] {
  const code = kind === "reset" ? "kept-own" : "docker-own-behind";
  const kept = own.map((value): Message => ({ code, level: "info", args: { key: mirrorsKey, value } }));
  const hub: Message[] =
    isWritten && kind === "mirrors" ? [{ code: "docker-one-registry", level: "info", args: {} }] : [];
  return [...kept, ...hub];
}

function changeOf(current: DockerCurrent, value: string | null): Change {
  const edits = [{ key: mirrorsKey, value }];
  const base = { ecosystem: "docker", tool: "docker", file: current.file, edits, native: null } as const;
  return { ...base, ...editableOf(current) };
}

/** How the daemon's file is changed, whatever is changed in it. */
export function editableOf({ scope, daemon: { activation, judge } }: DockerCurrent): Required<Editable> {
  const name = "daemon.json";
  const check =
    judge === null
      ? null
      : { command: { argv: [judge, "--validate", "--config-file", `{stage}/${name}`] as const }, file: name };
  return { format: "json", scope, check, newFileMode: 0o644, activation };
}

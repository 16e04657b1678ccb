import type { KeyEdit } from "../../edits/types.ts";
import type { Change } from "../../plan/types.ts";
import type { Message } from "../../report/types.ts";
import { asStored, isSameAddress } from "../addresses.ts";
import type { Choice, Current, Knowledge, Planned } from "../types.ts";

/** Makes the change of one file. */
export type ChangeMaker = (file: string, edits: readonly KeyEdit[]) => Change;

/**
 * The plan of a tool that has one index: pure. The first setting is the key to set; the others, and what lies beneath in further files, are the same thing
 * under other names: where they hold a mirror they go with it.
 */
export function planIndex(current: Current, choice: Choice, knowledge: Knowledge, make: ChangeMaker): Planned {
  if (choice.kind === "reset") return planReset(current, knowledge, make);
  const [main] = current.settings;
  const [mirror] = choice.chain;
  if (main === undefined || mirror === undefined) return { ok: true, changes: [], wanted: [], messages: [] };
  const others = mirrorsStored(current, knowledge).filter((key) => key !== main.key);
  const stored = new Map(current.settings.map((setting) => [setting.key, setting.stored]));
  const wanted = [main.key, ...others].map((key) => ({ key, value: asStored(stored.get(key) ?? null, mirror.url) }));
  return {
    ok: true,
    changes: changesFor(current, wanted, make),
    wanted,
    messages: replacedOwn(current, mirror.url, knowledge),
  };
}

/** What stood there goes, and if it was the person's own, that is said. */
function replacedOwn({ settings, upstreamHosts }: Current, url: string, knowledge: Knowledge): Message[] {
  const [main] = settings;
  const stored = main?.stored ?? null;
  if (
    main === undefined ||
    stored === null ||
    stored === "" ||
    isSameAddress(stored, url) ||
    knowledge.isMirror(stored)
  )
    return [];
  if (URL.canParse(stored) && upstreamHosts.includes(new URL(stored).host)) return [];
  return [{ code: "own-replaced", level: "warn", args: { key: main.key, value: stored } }];
}

function planReset(current: Current, knowledge: Knowledge, make: ChangeMaker): Planned {
  const [main] = current.settings;
  const here = mirrorsStored(current, knowledge).map((key): KeyEdit => ({ key, value: null }));
  const beneath = (current.beneath ?? []).filter(({ value }) => knowledge.isMirror(value));
  const further = beneath.map(({ file, key }) => make(file, [{ key, value: null }]));
  const own = current.settings.filter(({ stored }) => stored !== null && stored !== "" && !knowledge.isMirror(stored));
  const messages = own.map(({ key, stored }): Message => {
    return { code: "kept-own", level: "info", args: { key, value: stored ?? "" } };
  });
  // A mirror that comes from elsewhere stays in force, or comes to light, and that has to be seen.
  const others = here.filter(({ key }) => key !== main?.key);
  const wanted = main === undefined ? others : [{ key: main.key, value: null }, ...others];
  return { ok: true, changes: [...changesFor(current, here, make), ...further], wanted, messages };
}

function mirrorsStored({ settings }: Current, knowledge: Knowledge): string[] {
  return settings.flatMap(({ key, stored }) => (stored !== null && knowledge.isMirror(stored) ? [key] : []));
}

function changesFor(current: Current, wanted: readonly KeyEdit[], make: ChangeMaker): Change[] {
  const stored = new Map(current.settings.map((setting) => [setting.key, setting.stored]));
  const edits = wanted.filter(({ key, value }) => (stored.get(key) ?? null) !== value);
  return edits.length === 0 ? [] : [make(current.file, edits)];
}

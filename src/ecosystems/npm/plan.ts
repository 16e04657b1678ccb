import type { KeyEdit } from "../../edits/types.ts";
import type { Change } from "../../plan/types.ts";
import type { Message } from "../../report/types.ts";
import { asStored, isSameAddress } from "../addresses.ts";
import type { Choice, Current, Knowledge, Planned, Setting } from "../types.ts";
import { credentialObstacle, credentialWarnings } from "./credentials.ts";
import { formOf } from "./forms.ts";
import { remarksOn } from "./remarks.ts";

/** The plan of npm and of every tool of its family, each in the form of its own file: pure. */
export function planNpm(current: Current, choice: Choice, knowledge: Knowledge): Planned {
  if (current.file === "") return unread(current);
  return choice.kind === "reset" ? planReset(current, knowledge) : planMirrors(current, choice, knowledge);
}

/** A scope that npm has and this tool has not; where it was not asked for by name, that is no failure. */
function unread({ tool, scope }: Current): Planned {
  return {
    ok: true,
    changes: [],
    wanted: [],
    messages: [{ code: "npm-scope-unread", level: "info", args: { tool, scope } }],
  };
}

type Mirrors = Extract<Choice, { kind: "mirrors" }>;

function planMirrors(current: Current, choice: Mirrors, knowledge: Knowledge): Planned {
  const [mirror] = choice.chain;
  const form = formOf(current.file, registryKey(current));
  const key = registryKey(current);
  const registry = mirror === undefined ? [] : [{ key, value: asStored(storedIn(current, key), mirror.url) }];
  const scoped = choice.scopeRegistries.map(({ scope, url }) => ({ key: form.scoped(scope), value: url }));
  const wanted = [...registry, ...scoped];
  const obstacle = isSameRegistry(current, mirror?.url) ? null : credentialObstacle(current, knowledge);
  if (obstacle !== null) return { ok: false, message: obstacle };
  const changes = changesFor(current, wanted);
  const said = [...replaced(current, wanted, knowledge), ...remarksOn(current, mirror ?? null, knowledge)];
  return { ok: true, changes, wanted, messages: changes.length === 0 ? [] : said };
}

/** Whether whoever gets the credentials now is who would get them then. */
function isSameRegistry(current: Current, url: string | undefined): boolean {
  return url === undefined || isSameAddress(storedIn(current, registryKey(current)), url);
}

/** npm has one index: a registry of the person's own gives way to the mirror that was asked for, and is named. */
function replaced(current: Current, wanted: readonly KeyEdit[], knowledge: Knowledge): Message[] {
  return wanted.flatMap(({ key, value }): Message[] => {
    const stored = storedIn(current, key);
    if (
      stored === null ||
      stored === "" ||
      stored === value ||
      knowledge.isMirror(stored) ||
      isUpstream(stored, current)
    )
      return [];
    return [{ code: "own-replaced", level: "warn", args: { key, value: stored } }];
  });
}

function planReset(current: Current, knowledge: Knowledge): Planned {
  const key = registryKey(current);
  const stored = storedIn(current, key);
  // What stays in force after that, from elsewhere, has to be seen.
  const wanted = [{ key, value: null }];
  if (stored !== null && stored !== "" && !knowledge.isMirror(stored)) {
    const kept: Message = { code: "kept-own", level: "info", args: { key, value: stored } };
    return { ok: true, changes: [], wanted, messages: [kept] };
  }
  const beneath = (current.beneath ?? []).filter(({ value }) => knowledge.isMirror(value));
  const further = beneath.map((place) => makeChange(current, place.file, [{ key: place.key, value: null }]));
  const changes = [...changesFor(current, wanted), ...further];
  const remarks =
    changes.length === 0 ? [] : [...credentialWarnings(current, knowledge), ...remarksOn(current, null, knowledge)];
  return { ok: true, changes, wanted, messages: remarks };
}

function registryKey({ settings }: Current): string {
  return settings[0]?.key ?? "registry";
}

/** An address on npm's own host is nobody's own. */
function isUpstream(url: string, { upstreamHosts }: Current): boolean {
  return URL.canParse(url) && upstreamHosts.includes(new URL(url).host);
}

function storedIn({ settings }: Current, key: string): string | null {
  const found: Setting | undefined = settings.find((setting) => setting.key === key);
  return found?.stored ?? null;
}

function changesFor(current: Current, wanted: readonly KeyEdit[]): Change[] {
  const edits = wanted.filter(({ key, value }) => storedIn(current, key) !== value);
  return edits.length === 0 ? [] : [makeChange(current, current.file, edits)];
}

/** `npm config set` deletes comments and changes the file's mode, so there is no command to run on a copy. */
function makeChange(current: Current, file: string, edits: readonly KeyEdit[]): Change {
  const { scope, tool } = current;
  const { format, newFileMode } = formOf(file, file === current.file ? registryKey(current) : (edits[0]?.key ?? ""));
  const mode = edits.some(({ value }) => value?.includes("@")) ? 0o600 : scope === "user" ? newFileMode : 0o644;
  const base = { ecosystem: "npm", tool, scope, file, format, edits, native: null } as const;
  return { ...base, newFileMode: mode, activation: null };
}

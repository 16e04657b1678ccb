import type { KeyEdit } from "../../edits/types.ts";
import type { Change } from "../../plan/types.ts";
import type { Message } from "../../report/types.ts";
import type { Choice, Current, Knowledge, Planned, Setting } from "../types.ts";
import { remarksOn } from "./remarks.ts";

/** npm's plan: pure. */
export function planNpm(current: Current, choice: Choice, knowledge: Knowledge): Planned {
  return choice.kind === "reset" ? planReset(current, knowledge) : planMirrors(current, choice, knowledge);
}

type Mirrors = Extract<Choice, { kind: "mirrors" }>;

function planMirrors(current: Current, choice: Mirrors, knowledge: Knowledge): Planned {
  const [mirror] = choice.chain;
  const registry = mirror === undefined ? [] : [{ key: "registry", value: mirror.url }];
  const scoped = choice.scopeRegistries.map(({ scope, url }) => ({ key: `${scope}:registry`, value: url }));
  const wanted = [...registry, ...scoped];
  const changes = changesFor(current, wanted);
  const said = [...replaced(current, wanted, knowledge), ...remarksOn(current, mirror ?? null, knowledge)];
  return { ok: true, changes, wanted, messages: changes.length === 0 ? [] : said };
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
    return [{ code: "npm-replaced", level: "warn", args: { key, value: stored } }];
  });
}

function planReset(current: Current, knowledge: Knowledge): Planned {
  const key = "registry";
  const stored = storedIn(current, key);
  if (stored !== null && stored !== "" && !knowledge.isMirror(stored)) {
    const kept: Message = { code: "kept-own", level: "info", args: { key, value: stored } };
    return { ok: true, changes: [], wanted: [], messages: [kept] };
  }
  const isStillMirrored = current.chain.some((url) => knowledge.isMirror(url));
  const wanted = stored !== null || isStillMirrored ? [{ key, value: null }] : [];
  const changes = changesFor(current, wanted);
  return { ok: true, changes, wanted, messages: changes.length === 0 ? [] : remarksOn(current, null, knowledge) };
}

/** An address on npm's own host is nobody's own. */
function isUpstream(url: string, { upstreamHosts }: Current): boolean {
  return URL.canParse(url) && upstreamHosts.includes(new URL(url).host);
}

function storedIn({ settings }: Current, key: string): string | null {
  const found: Setting | undefined = settings.find((setting) => setting.key === key);
  return found?.stored ?? null;
}

/** `npm config set` deletes comments and changes the file's mode, so there is no command to run on a copy. */
function changesFor(current: Current, wanted: readonly KeyEdit[]): Change[] {
  const edits = wanted.filter(({ key, value }) => storedIn(current, key) !== value);
  if (edits.length === 0) return [];
  const { file, scope, tool } = current;
  const secret = scope === "user" || edits.some(({ value }) => value?.includes("@"));
  const base = { ecosystem: "npm", tool, scope, file, format: "npmrc", edits, native: null } as const;
  return [{ ...base, newFileMode: secret ? 0o600 : 0o644, activation: null }];
}

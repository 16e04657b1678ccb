import type { KeyEdit } from "../../../edits/types.ts";
import type { Change } from "../../../plan/types.ts";
import type { Message } from "../../../report/types.ts";
import type { Choice, Current, Knowledge, Planned } from "../../types.ts";
import { locationOf } from "../hub.ts";
import { chainOf } from "./current.ts";
import { ownName } from "./files.ts";
import { addressOf } from "./tables.ts";

/** podman's plan: pure. */
export function planPodman(current: Current, choice: Choice, knowledge: Knowledge): Planned {
  const [main] = current.settings;
  if (main === undefined) return { ok: true, changes: [], wanted: [], messages: [] };
  const stored = chainOf(main.stored);
  const own = stored.filter((url) => !knowledge.isMirror(url));
  if (choice.kind === "reset") {
    const isThere = own.length < stored.length;
    const rest = own.length === 0 ? null : JSON.stringify(own);
    const messages = own.map((value): Message => ({ code: "kept-own", level: "info", args: { key: main.key, value } }));
    return planned(current, { key: main.key, value: isThere ? rest : main.stored }, messages);
  }
  const isForeign = main.source !== "default" && !main.source.endsWith(ownName);
  if (isForeign) {
    const args = { file: main.source, line: main.line ?? 1, registry: main.key };
    return { ok: false, message: { code: "podman-own-table", level: "error", args } };
  }
  const secret = choice.chain.find(({ url }) => url.includes("@"));
  if (secret !== undefined) {
    return { ok: false, message: { code: "podman-credentials", level: "error", args: { url: secret.url } } };
  }
  const chosen = choice.chain.map(({ url }) => url);
  const below = chosen.filter(hasPath).map((url): Message => ({ code: "podman-path", level: "warn", args: { url } }));
  const chain = chosen.filter((url) => !hasPath(url)).map((url) => addressOf(locationOf(url), url.startsWith("http:")));
  if (chain.length === 0 && below[0] !== undefined) return { ok: false, message: { ...below[0], level: "error" } };
  const gone = own.filter((url) => !chain.includes(url));
  const messages: Message[] = [
    ...below,
    ...gone.map((value): Message => ({ code: "own-replaced", level: "warn", args: { key: main.key, value } })),
    { code: "podman-hanging", level: "info", args: {} },
  ];
  return planned(current, { key: main.key, value: JSON.stringify(chain) }, messages);
}

/** podman asks `HOST/v2/PATH/…` where docker asks `HOST/PATH/v2/…`: a mirror below a path is another place for it. */
function hasPath(url: string): boolean {
  return locationOf(url).includes("/");
}

function planned({ file, scope, settings }: Current, edit: KeyEdit, messages: readonly Message[]): Planned {
  const isNew = settings[0]?.stored !== edit.value;
  const base = { ecosystem: "docker", tool: "podman", scope, file, format: "registries", edits: [edit] } as const;
  const change: Change = { ...base, native: null, activation: null, newFileMode: 0o644 };
  return { ok: true, changes: isNew ? [change] : [], wanted: [edit], messages: isNew ? messages : [] };
}

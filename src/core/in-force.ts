import { mirrorAt } from "../catalog/find.ts";
import type { Catalog } from "../catalog/types.ts";
import type { Current, Knowledge, Setting, Tool } from "../ecosystems/types.ts";
import type { KeyEdit } from "../edits/types.ts";
import type { InForce, Message } from "../report/types.ts";

/** A tool's keys as they are in force, for a report. */
export function inForceRows(tool: Tool, current: Current, catalog: Catalog): InForce[] {
  const { ecosystem, id } = tool;
  const { scope, chain } = current;
  return current.settings.map((setting) => settingRow({ ecosystem, tool: id, scope }, setting, catalog, chain));
}

/** One key of one program. `chain` has the addresses in it, where the value is a list. */
export function settingRow(
  whose: Pick<InForce, "ecosystem" | "tool" | "scope">,
  { key, value, source, line, shadowedBy }: Setting,
  catalog: Catalog,
  chain: readonly string[] = [],
): InForce {
  const isIn = (url: string) => URL.canParse(url) && (value?.includes(new URL(url).host) ?? false);
  const first = chain.find(isIn) ?? value ?? "";
  const mirror = URL.canParse(first) ? mirrorAt(catalog, whose.ecosystem, first) : null;
  return { ...whose, key, value, mirror: mirror?.id ?? null, source, line, shadowedBy };
}

/** For each wanted key that is not in force, what wins over it, or what it waits for. Empty: all that was wanted is in force. */
export function shadowMessages(
  current: Current,
  wanted: readonly KeyEdit[],
  isMirror: Knowledge["isMirror"],
): Message[] {
  const { pending } = current;
  if (pending !== undefined && pending !== null && wanted.length > 0) return [pending];
  return wanted.flatMap(({ key, value }): Message[] => {
    const setting = current.settings.find((candidate) => candidate.key === key);
    const winner = setting === undefined ? null : winnerOver(setting, value, current.chain, isMirror);
    if (setting === undefined || winner === null) return [];
    const inForce = setting.value ?? "";
    if (winner === current.file)
      return [{ code: "overtaken", level: "warn", args: { file: winner, key, value: inForce } }];
    if (value === null && setting.stored === null)
      return [{ code: "still-set", level: "warn", args: { tool: current.tool, key, value: inForce, winner } }];
    if (inForce === "") return [{ code: "not-in-force-unset", level: "warn", args: { key, winner } }];
    return [{ code: "not-in-force", level: "warn", args: { key, value: inForce, winner } }];
  });
}

function winnerOver(
  setting: Setting,
  wanted: string | null,
  chain: readonly string[],
  isMirror: Knowledge["isMirror"],
): string | null {
  const { stored, value, source, shadowedBy } = setting;
  if (wanted === null) return isStillMirrored(setting, chain, isMirror) ? source : null;
  if (stored === wanted && value === wanted) return null;
  return shadowedBy ?? source;
}

/** Whether a key that was to go is a mirror all the same. What is the person's own may come to light; of what is no address only a variable is worth a word. */
function isStillMirrored({ value, source }: Setting, chain: readonly string[], isMirror: Knowledge["isMirror"]) {
  const text = value ?? "";
  const urls = [...chain.filter((url) => text.includes(url)), ...(URL.canParse(text) ? [text] : [])];
  return urls.length === 0 ? source.startsWith("env:") : urls.some(isMirror);
}

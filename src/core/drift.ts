import type { EcosystemId } from "../catalog/types.ts";
import type { Current, Setting } from "../ecosystems/types.ts";
import type { Transaction } from "../plan/types.ts";
import type { Message } from "../report/types.ts";

/** What we last put into a key of a file. */
interface Written {
  readonly id: string;
  readonly value: string | null;
}

/** By file and key: the last that was written and not undone. */
export type LastWritten = ReadonlyMap<string, Written>;

/** @param transactions oldest first. */
export function lastWritten(transactions: readonly Transaction[]): LastWritten {
  const found = new Map<string, Written>();
  for (const { id, status, files } of transactions) {
    if (status !== "applied") continue;
    for (const { path, keys } of files)
      for (const { key, after } of keys) found.set(`${path}\n${key}`, { id, value: after });
  }
  return found;
}

/** Keys of a tool that somebody has changed since we wrote them. */
export function driftOf(ecosystem: EcosystemId, { file, settings }: Current, written: LastWritten): Message[] {
  return settings.flatMap((setting): Message[] => {
    const last = written.get(`${file}\n${setting.key}`);
    if (last === undefined || storedIn(setting) === (last.value ?? "")) return [];
    const { id, value } = last;
    const args = { file, key: setting.key, ecosystem, id };
    if (value === null) return [{ code: "drift-set", level: "warn", args: { ...args, now: storedIn(setting) } }];
    if (storedIn(setting) === "") return [{ code: "drift-gone", level: "warn", args: { ...args, wrote: value } }];
    return [{ code: "drift", level: "warn", args: { ...args, wrote: value, now: storedIn(setting) } }];
  });
}

function storedIn({ stored }: Setting): string {
  return stored?.trim() ?? "";
}

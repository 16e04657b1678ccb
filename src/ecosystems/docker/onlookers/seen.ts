import type { OnlookerView, Setting } from "../../types.ts";

/** What a program of containers uses for the registry that we mirror, by its own file. */
export interface Seen {
  readonly key: string;
  readonly addresses: readonly string[];
  readonly file: string;
  readonly line: number | null;
}

/** The same as a report wants it, with the lines that would set it. */
export function viewOf({ key, addresses, file, line }: Seen, at: string, lines: readonly string[]): OnlookerView {
  const value = addresses.length === 0 ? null : addresses.join(", ");
  const source = value === null ? "default" : file;
  const setting: Setting = { key, stored: value, value, source, line: value === null ? null : line, shadowedBy: null };
  return { setting, file: at, lines };
}

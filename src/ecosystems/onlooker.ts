import type { Probes } from "../catalog/types.ts";
import type { ReadPort } from "../ports/types.ts";
import type { Message } from "../report/types.ts";
import type { Setting } from "./types.ts";

/** A program that has its own setting for a mirror, and that we leave to the person. */
export interface Onlooker {
  readonly id: string;
  /** What it uses now, and what would set `url` (empty: none is known), as text for a person. Null: not installed. Reads only. */
  look(read: ReadPort, url: string, probes: Probes): Promise<OnlookerView | null>;
}

/** What was seen of an onlooker: its setting, and the command, or the lines of a file, that would set it. */
export type OnlookerView =
  | { readonly setting: Setting; readonly command: string }
  | {
      readonly setting: Setting;
      readonly file: string;
      readonly lines: readonly string[];
      /** What else it takes until the lines are in force. */
      readonly messages?: readonly Message[];
    };

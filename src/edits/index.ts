import { goenv } from "./goenv.ts";
import type { Format } from "./types.ts";

/** Every file format we edit. */
export const formats = { goenv } satisfies Record<string, Format>;

export type FormatId = keyof typeof formats;

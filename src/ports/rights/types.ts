import type { Command } from "../types.ts";

/** What is to be done with more rights than we have: these files, and what has programs take them up. Nothing else. */
export interface Needs {
  readonly files: readonly string[];
  readonly hangUps: readonly { readonly pidFile: string; readonly program: string }[];
  readonly commands: readonly Command[];
}

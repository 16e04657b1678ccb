import type fc from "fast-check";
import { ecosystemIds } from "../../src/catalog/types.ts";
import { ecosystemOf } from "../../src/ecosystems/index.ts";
import type { Choice, Knowledge, Tool } from "../../src/ecosystems/types.ts";
import type { Scope } from "../../src/plan/types.ts";
import { dockerLaw } from "./formats/docker.ts";
import { goLaw } from "./formats/go.ts";
import { npmLaw } from "./formats/npm.ts";
import { pipLaw } from "./formats/pip.ts";
import { podmanLaw } from "./formats/podman.ts";
import { uvLaw } from "./formats/uv.ts";

/**
 * What the laws need to know about a tool: its file, ugly examples of it, choices to make, and an independent reading of the format.
 * A tool is added to the laws by one line in `lawFormats`; a registered tool without one fails.
 */
export interface LawFormat {
  /** The file of the default scope, below a home with no variables set. */
  readonly file: string;
  /** The scope, where the default one's file is in no home. */
  readonly scope?: Scope;
  /** How often a law may be tried with the real tool: fewer for one that is slow to start. */
  readonly runsWithTool: number;
  /** Versions of the tool whose file that is; all, unless given. */
  readonly versions?: RegExp;
  readonly texts: fc.Arbitrary<Uint8Array>;
  readonly choices: fc.Arbitrary<Choice>;
  readonly knowledge: Knowledge;
  /** The keys in force, read by other code than the program's. */
  parse(bytes: Uint8Array): ReadonlyMap<string, string>;
  /** The lines, with their ends, that set none of the keys. */
  otherLines(bytes: Uint8Array, keys: readonly string[]): string[];
}

export const lawFormats: Readonly<Record<string, LawFormat>> = {
  go: goLaw,
  pip: pipLaw,
  uv: uvLaw,
  npm: npmLaw,
  pnpm: npmLaw,
  yarn: { ...npmLaw, versions: /^1\./ },
  bun: npmLaw,
  docker: { ...dockerLaw, scope: "user" },
  podman: podmanLaw,
};

/** Every tool that is registered. */
export async function registeredTools(): Promise<Tool[]> {
  const found = await Promise.all(ecosystemIds.map(ecosystemOf));
  return found.flatMap((ecosystem) => ecosystem.tools);
}

/** Every registered tool with its law format. */
export async function lawTools(): Promise<{ id: string; tool: Tool; law: LawFormat }[]> {
  const tools = await registeredTools();
  return tools.flatMap((tool) => {
    const law = lawFormats[tool.id];
    return law === undefined ? [] : [{ id: tool.id, tool, law }];
  });
}

/** One tool of each law format, for laws about the writer, to which it is all the same who wants a file written; each with its turn. */
export async function lawFiles(): Promise<{ id: string; tool: Tool; law: LawFormat; turn: number }[]> {
  const tools = await lawTools();
  const first = tools.filter(({ law }, index) => tools.findIndex((other) => other.law.texts === law.texts) === index);
  return first.map((subject, turn) => ({ ...subject, turn }));
}

/** All cases for the first, and a third of them, another third each, for those after it: trying every death takes its time. */
export function shareOf<T>(cases: readonly T[], turn: number): T[] {
  return cases.filter((_, index) => turn === 0 || index % 3 === turn % 3);
}

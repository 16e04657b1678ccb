import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import type { WriterPorts } from "../../src/plan/apply.ts";
import { readJournal } from "../../src/plan/journal.ts";
import { type Death, mortal } from "./mortal.ts";
import { snapshotOfOthers } from "./snapshot.ts";
import { portsFor, type World } from "./world.ts";

/** One run of the program with new ports (real ones, unless others are given), as far as it gets. */
export async function runUntilDeath(
  { home }: World,
  step: (ports: WriterPorts) => Promise<unknown>,
  nth: number,
  how: Death,
  { ports } = portsFor(home),
): Promise<"died" | "ended"> {
  const { port, died } = mortal(ports.write, nth, how);
  const end = await Promise.race([died, step({ ...ports, write: port }).then(() => "ended" as const)]);
  if (end === "died" && existsSync(ports.place.lock)) await writeFile(ports.place.lock, "99999999 0011223344556677");
  return end;
}

/** How many calls of the write port a step takes that nothing befalls. */
export async function callsOf(
  { home }: World,
  step: (ports: WriterPorts) => Promise<unknown>,
  { ports } = portsFor(home),
): Promise<number> {
  const { port, calls } = mortal(ports.write, Number.POSITIVE_INFINITY, "before");
  await step({ ...ports, write: port });
  return calls();
}

/** What a home may look like after a crash is settled: one of these, and nothing open or damaged in the journal. */
export async function expectSettled({ home, ports }: World, allowed: readonly object[]): Promise<void> {
  expect(allowed).toContainEqual(await snapshotOfOthers(home));
  const { transactions, damaged } = await readJournal(ports.place, ports.read);
  expect(damaged).toEqual([]);
  expect(transactions.filter(({ status }) => status !== "applied" && status !== "undone")).toEqual([]);
  expect(existsSync(join(ports.place.state, "lock"))).toBe(false);
}

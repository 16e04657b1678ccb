import { expect } from "vitest";
import { type Ask, ask, type Outcome } from "./ask.ts";
import type { Lab } from "./index.ts";

/** A request and what must come of it; what is not said may be anything. */
export interface Step extends Ask {
  /** Below the host's base URL. */
  readonly path: string;
  readonly status?: number;
  readonly problem?: RegExp | null;
  readonly check?: (outcome: Outcome) => boolean;
}

/** Asks a host one request after the other, and holds it to what is expected. */
export async function walk(lab: Lab, id: string, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    const outcome = await ask(lab, lab.host(id).url + step.path, step);
    if (step.status !== undefined) expect(outcome.status, `${id} ${step.path}`).toBe(step.status);
    if (step.problem === null) expect(outcome.problem).toBeNull();
    if (step.problem) expect(outcome.problem).toMatch(step.problem);
    if (step.check) expect(step.check(outcome), `${id} ${step.path}`).toBe(true);
  }
}

/** A request that goes well. */
export function ok(path: string): Step {
  return { path, status: 200, problem: null };
}

/** A redirect leads to an address like this. */
export function location(pattern: RegExp): (outcome: Outcome) => boolean {
  return (outcome) => pattern.test(String(outcome.headers.location));
}

/** The body contains this. */
export function says(text: string): (outcome: Outcome) => boolean {
  return (outcome) => outcome.body.toString("latin1").includes(text);
}

/** The body is half of what its Content-Length promised. */
export function halfway({ body, headers }: Outcome): boolean {
  return body.length === Math.floor(Number(headers["content-length"]) / 2);
}

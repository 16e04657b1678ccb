import type { ReadPort } from "../ports/types.ts";

const answers = new WeakMap<ReadPort, Map<string, Promise<string | null>>>();

/** Asks a program only once a run for what nothing that we do can change, such as its own default. */
export function once(read: ReadPort, question: string, ask: () => Promise<string | null>): Promise<string | null> {
  const known = answers.get(read) ?? new Map<string, Promise<string | null>>();
  answers.set(read, known);
  const answer = known.get(question) ?? ask();
  known.set(question, answer);
  return answer;
}

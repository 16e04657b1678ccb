import type { ReadPort } from "../ports/types.ts";

const answers = new WeakMap<ReadPort, Map<string, Promise<unknown>>>();

/** Asks only once a run for what nothing that we do can change, such as a program's own default. */
export function once<T>(read: ReadPort, question: string, ask: () => Promise<T>): Promise<T> {
  const known = answers.get(read) ?? new Map<string, Promise<unknown>>();
  answers.set(read, known);
  // A question has one kind of answer.
  const answer = (known.get(question) as Promise<T> | undefined) ?? ask();
  known.set(question, answer);
  return answer;
}

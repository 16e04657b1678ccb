import { messageLines } from "../report/screen.ts";
import type { Message } from "../report/types.ts";
import { changeView } from "../report/views/change.ts";
import type { Actions, Move, State, Voice } from "./types.ts";

/** The last step: exactly what would be written, and the one question that counts. Where nothing would be, there is nothing to ask. */
export async function review(state: State, voice: Voice, actions: Actions): Promise<Move> {
  const { prompter, words, screen } = voice;
  prompter.tell([words.working]);
  const work = await actions.workOut(state);
  const outcome = await actions.preview(work);
  if (outcome.exitCode === 130) return { state, next: { at: "end", how: { kind: "interrupted" } } };
  if (actions.isDryRun) return { state, next: { at: "end", how: { kind: "shown", outcome } } };
  const known = state.places.flatMap(({ field }) => field.messages);
  const isEmpty = outcome.files.length === 0;
  if (isEmpty && outcome.exitCode === 0)
    return { state, next: { at: "end", how: { kind: "write", work, told: known } } };
  const news = outcome.messages.filter((message) => !isTold(message, known));
  prompter.tell([
    "",
    ...changeView(outcome, outcome.files, screen),
    ...news.flatMap((message) => messageLines(message, screen)),
    "",
  ]);
  const items = [
    ...(isEmpty ? [] : [{ value: "write", name: words.write, short: words.writeShort }]),
    { value: "back", name: words.otherwise, short: words.otherwiseShort },
    { value: "leave", name: words.leave, short: words.leaveShort },
  ];
  const title = isEmpty ? words.problems : words.review;
  const answer = await prompter.choose(() => ({ title, items, preset: isEmpty ? "back" : "write", back: "back" }));
  if (answer === null) return { state, next: { at: "end", how: { kind: "interrupted" } } };
  if (answer === "back") return { state, next: { at: "overview" } };
  return {
    state,
    next: {
      at: "end",
      how: answer === "write" ? { kind: "write", work, told: [...known, ...news] } : { kind: "left" },
    },
  };
}

/** Whether the same has been said before. Of several ecosystems, each says it in its own name. */
export function isTold({ code, args }: Message, told: readonly Message[]): boolean {
  return told.some((other) => other.code === code && JSON.stringify(other.args) === JSON.stringify(args));
}

import { messageLine } from "../report/screen.ts";
import { changeView } from "../report/views/change.ts";
import type { Actions, Move, State, Voice } from "./types.ts";

/** The last step: exactly what would be written, and the one question that counts. Where nothing would be, there is nothing to ask. */
export async function review(state: State, voice: Voice, actions: Actions): Promise<Move> {
  const { prompter, words, screen } = voice;
  const work = await actions.workOut(state);
  const outcome = await actions.preview(work);
  if (outcome.exitCode === 130) return { state, next: { at: "end", how: { kind: "interrupted" } } };
  if (actions.isDryRun) return { state, next: { at: "end", how: { kind: "shown", outcome } } };
  const isEmpty = outcome.files.length === 0;
  if (isEmpty && outcome.exitCode === 0) return { state, next: { at: "end", how: { kind: "write", work } } };
  const known = new Set(state.places.flatMap(({ field }) => field.messages.map(({ code }) => code)));
  const news = outcome.messages.filter(({ code }) => !known.has(code));
  prompter.tell([
    "",
    ...changeView(outcome, outcome.files, screen),
    ...news.map((message) => messageLine(message, screen)),
    "",
  ]);
  const items = [
    ...(isEmpty ? [] : [{ value: "write", name: words.write, short: words.writeShort }]),
    { value: "back", name: words.otherwise, short: words.otherwiseShort },
    { value: "leave", name: words.leave, short: words.leaveShort },
  ];
  const title = isEmpty ? words.problems : words.review;
  const answer = await prompter.choose({ title, items, preset: isEmpty ? "back" : "write" });
  if (answer === null) return { state, next: { at: "end", how: { kind: "interrupted" } } };
  if (answer === "back") return { state, next: { at: "overview" } };
  return { state, next: { at: "end", how: answer === "write" ? { kind: "write", work } : { kind: "left" } } };
}

import { fill } from "../report/say.ts";
import { isGood, proveAloud, withPick } from "./pick.ts";
import type { Actions, Move, Place, State, Voice } from "./types.ts";

/** An address of one's own, which has to prove itself like any other. Asked again until it does, or until nothing is typed. */
export async function address(state: State, place: Place, voice: Voice, actions: Actions): Promise<Move> {
  const { prompter, words } = voice;
  const typed = await prompter.text(fill(words.address, { ecosystem: place.id }));
  if (typed === null) return { state, next: { at: "end", how: { kind: "interrupted" } } };
  if (typed === "") return { state, next: { at: "pick", id: place.id } };
  const again: Move = { state, next: { at: "address", id: place.id } };
  if (!typed.includes("://")) {
    prompter.tell([words.notAddress]);
    return again;
  }
  const proved = await proveAloud(place, typed, voice, actions);
  if (proved === null || !isGood(proved)) return again;
  const chain = actions.chainFrom(place, proved);
  return { state: withPick(state, place.id, { kind: "mirrors", chain }), next: { at: "overview" } };
}

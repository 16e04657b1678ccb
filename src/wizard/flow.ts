import { address } from "./address.ts";
import { overview } from "./overview.ts";
import { pick } from "./pick.ts";
import { review } from "./review.ts";
import { tools } from "./tools.ts";
import type { Actions, Ending, Move, Pick, Place, State, Step, Voice } from "./types.ts";

/** The whole conversation, from the proposals to its end: one step after another, each of which says where to go on. */
export async function converse(
  places: readonly Place[],
  voice: Voice,
  actions: Actions,
): Promise<{ readonly state: State; readonly how: Ending }> {
  let state: State = { places, picks: new Map(places.map((place) => [place.id, proposed(place)])) };
  let step: Step = { at: "overview" };
  while (step.at !== "end") {
    const move: Move = await go(step, state, voice, actions);
    state = move.state;
    step = move.next;
  }
  return { state, how: step.how };
}

/** The best, where there is one. */
function proposed({ offer }: Place): Pick {
  const chain = offer?.chain ?? [];
  return chain.length === 0 ? { kind: "keep" } : { kind: "mirrors", chain };
}

function go(step: Exclude<Step, { at: "end" }>, state: State, voice: Voice, actions: Actions): Promise<Move> {
  if (step.at === "overview") return overview(state, voice);
  if (step.at === "review") return review(state, voice, actions);
  const place = state.places.find(({ id }) => id === step.id);
  if (place === undefined) return overview(state, voice);
  if (step.at === "tools") return tools(state, place, voice, step.group);
  return step.at === "pick" ? pick(state, place, voice, actions) : address(state, place, voice, actions);
}

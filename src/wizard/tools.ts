import { fill } from "../report/say.ts";
import { withPick, withPlace } from "./pick.ts";
import { groupsOf, listed, toolsOf } from "./rows.ts";
import type { Item, Move, Place, State, Voice } from "./types.ts";

const finish = "done";

/** Beside the second step: which of an ecosystem's tools the choice is for. Where none is left, all stays as it is. */
export async function tools(state: State, place: Place, voice: Voice, at: string = finish): Promise<Move> {
  const { prompter, words } = voice;
  const taking = toolsOf(place);
  const lines = groupsOf(place).map((group): Item<string> => {
    const args = { tools: listed(group, voice) };
    const [set, left] = [fill(words.toolSet, args), fill(words.toolLeft, args)];
    const isIn = group.some((id) => taking.includes(id));
    return { value: group.join(), name: isIn ? set : left, short: isIn ? left : set };
  });
  const items = [{ value: finish, name: words.toolsDone, short: words.toolsDone }, ...lines];
  const title = fill(words.toolsTitle, { ecosystem: place.id });
  const answer = await prompter.choose(() => ({ title, items, preset: at, back: finish }));
  if (answer === null) return { state, next: { at: "end", how: { kind: "interrupted" } } };
  if (answer === finish) return { state, next: { at: "pick", id: place.id } };
  const group = answer.split(",");
  const others = place.without.filter((id) => !group.includes(id));
  const without = others.length < place.without.length ? others : [...others, ...group];
  if (without.length < place.field.tools.length) {
    return { state: withPlace(state, { ...place, without }), next: { at: "tools", id: place.id, group: answer } };
  }
  const kept = withPick(withPlace(state, { ...place, without: [] }), place.id, { kind: "keep" });
  return { state: kept, next: { at: "overview" } };
}

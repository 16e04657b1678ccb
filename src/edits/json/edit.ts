import { lineEndOf, type Splice, spliced } from "../lines.ts";
import type { KeyEdit } from "../types.ts";
import type { JsonObject, Member } from "./document.ts";
import { compact, type ListStyle, styleOf, written } from "./value.ts";

/** The text with one member set or removed, which `problem` has nothing against. `found` is its object, null where there is none yet. */
export function editOne(text: string, found: JsonObject | null, { key, value }: KeyEdit): string {
  const same = (found?.members ?? []).filter(({ name }) => name === key);
  const last = same.at(-1);
  if (value === null) return found === null || last === undefined ? text : without(text, found, same);
  if (found === null) return `{${alone(text, "", key, value)}}${lineEndOf(text)}`;
  if (last === undefined) return added(text, found, key, value);
  if (compact(text, last.value) === value) return text;
  const style = styleOf(text, last.value) ?? styleFor(text, found, gapBefore(text, found, last));
  return spliced(text, [{ start: last.value.offset, end: last.end, text: written(value, style) }]);
}

/** The first members go with all up to the one that stays, any other with all from the one before it. */
function without(text: string, { start, end, members }: JsonObject, gone: readonly Member[]): string {
  const first = members.findIndex((member) => !gone.includes(member));
  if (first === -1) return spliced(text, [{ start: start + 1, end: end - 1, text: "" }]);
  const splices = members.map((member, at): Splice => {
    if (at < first) return { start: member.start, end: members[at + 1]?.start ?? member.end, text: "" };
    return { start: members[at - 1]?.end ?? member.start, end: member.end, text: "" };
  });
  return spliced(
    text,
    splices.filter((_, at) => gone.includes(members[at] as Member)),
  );
}

/** Behind the last member, and set off from it as that is from what stands before it. */
function added(text: string, found: JsonObject, key: string, value: string): string {
  const { start, end, members } = found;
  const last = members.at(-1);
  if (last === undefined) {
    const margin = /[ \t]*$/.exec(text.slice(0, start))?.[0] ?? "";
    return spliced(text, [{ start: start + 1, end: end - 1, text: alone(text, margin, key, value) }]);
  }
  const colon = text.slice(last.nameEnd, last.value.offset);
  // An empty line between two members is no habit.
  const gap = gapBefore(text, found, last).replace(/(?:[ \t]*(\r\n|\r|\n))+/g, "$1");
  const comma = gap.includes(",") ? gap : `,${gap === "" && /\s$/.test(colon) ? " " : gap}`;
  const sign = /[\r\n]/.test(colon) ? ": " : colon;
  const member = JSON.stringify(key) + sign + written(value, styleFor(text, found, comma));
  return spliced(text, [{ start: last.end, end: last.end, text: comma + member }]);
}

/** What stands between a member and the one before it, or the bracket. */
function gapBefore(text: string, { start, members }: JsonObject, member: Member): string {
  return text.slice(members[members.indexOf(member) - 1]?.end ?? start + 1, member.start);
}

/** How a list is laid out that had no items so far: as another list of the file, or with each item on its line where each member is on one. */
function styleFor(text: string, { end, members }: JsonObject, gap: string): ListStyle {
  const model = members.map(({ value }) => styleOf(text, value)).findLast((style) => style !== null);
  if (model !== undefined && model !== null) return model;
  const line = /(\r\n|\r|\n)([ \t]*)[^\r\n]*$/.exec(gap);
  if (line === null) return { open: "", between: /^,[ \t]*$/.test(gap) ? gap : ", ", close: "" };
  const [, lineEnd = "", margin = ""] = line;
  const outer = /[\r\n]([ \t]*)$/.exec(text.slice(0, end - 1))?.[1] ?? "";
  const step = margin.length > outer.length && margin.startsWith(outer) ? margin.slice(outer.length) : "  ";
  const open = lineEnd + margin + step;
  return { open, between: `,${open}`, close: lineEnd + margin };
}

/** What stands between the brackets of an object with one member. */
function alone(text: string, margin: string, key: string, value: string): string {
  const line = lineEndOf(text) + margin;
  const style = { open: `${line}    `, between: `,${line}    `, close: `${line}  ` };
  return `${line}  ${JSON.stringify(key)}: ${written(value, style)}${line}`;
}

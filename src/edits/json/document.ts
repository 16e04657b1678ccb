import { type Node, type ParseError, parseTree } from "jsonc-parser";
import type { TextProblem } from "../types.ts";

/** `"name": value` of the object at the top. */
export interface Member {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly nameEnd: number;
  readonly value: Node;
}

/** A file's one object; the brackets are at `start` and right before `end`. */
export interface JsonObject {
  readonly start: number;
  readonly end: number;
  readonly members: readonly Member[];
}

/**
 * Reads a text as Go's encoding/json does, and so dockerd: no comments, no comma behind the last, one document. Null: an empty or blank text, which
 * dockerd takes for no settings since 23.0 (https://github.com/moby/moby/blob/v23.0.0/daemon/config/config.go, getConflictFreeConfiguration).
 */
export function read(text: string): JsonObject | TextProblem | null {
  if (text.startsWith("\uFEFF")) return { code: "byte-order-mark", line: 1, column: 1 };
  if (/^[ \t\r\n]*$/.test(text)) return null;
  const { root, error } = tree(text);
  if (error !== null) return { code: "syntax", ...placeOf(text, error) };
  if (root?.type !== "object") return { code: "syntax", ...placeOf(text, root?.offset ?? 0) };
  const members = (root.children ?? []).flatMap(memberOf);
  return { start: root.offset, end: root.offset + root.length, members };
}

/** The value of a text that is nothing but one; undefined for any other text. */
export function valueIn(text: string): Node | undefined {
  const { root, error } = tree(text);
  return error === null ? root : undefined;
}

/** The line of an offset, and the character in it, both counted from 1. What is missing at the end is missing behind the last word. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, Math.min(offset, text.trimEnd().length)).split(/\r\n|\r|\n/);
  return { line: lines.length, column: Array.from(lines.at(-1) ?? "").length + 1 };
}

function tree(text: string): { root: Node | undefined; error: number | null } {
  const errors: ParseError[] = [];
  try {
    const root = parseTree(text, errors, { disallowComments: true });
    return { root, error: errors.length === 0 ? null : Math.min(...errors.map(({ offset }) => offset)) };
  } catch {
    // Nested so deep that the parser has no room left; Go's stops at 10 000.
    return { root: undefined, error: 0 };
  }
}

function memberOf({ children, offset, length }: Node): Member[] {
  const [key, value] = children ?? [];
  if (key === undefined || value === undefined) return [];
  return [{ name: String(key.value), start: offset, end: offset + length, nameEnd: key.offset + key.length, value }];
}

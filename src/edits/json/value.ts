import type { Node } from "jsonc-parser";
import { valueIn } from "./document.ts";

/** A value without spaces, equal for what Go reads as equal. Numbers stay as they are written: they may be larger than ours can be. */
export function compact(text: string, node: Node): string {
  const inner = (node.children ?? []).map((child) => compact(text, child));
  if (node.type === "object") return `{${inner.join(",")}}`;
  if (node.type === "array") return `[${inner.join(",")}]`;
  if (node.type === "property") return inner.join(":");
  return node.type === "string" ? JSON.stringify(node.value) : text.slice(node.offset, node.offset + node.length);
}

/** How a file lays out a list: what stands before the first item, between two, and behind the last. */
export interface ListStyle {
  readonly open: string;
  readonly between: string;
  readonly close: string;
}

/** The style of a list that is there and has items; null for anything else. */
export function styleOf(text: string, { type, children = [], offset, length }: Node): ListStyle | null {
  const [first, second] = children;
  const last = children.at(-1);
  if (type !== "array" || first === undefined || last === undefined) return null;
  const open = text.slice(offset + 1, first.offset);
  const inner = /[\r\n]/.test(open) ? `,${open}` : ", ";
  const between = second === undefined ? inner : text.slice(first.offset + first.length, second.offset);
  return { open, between, close: text.slice(last.offset + last.length, offset + length - 1) };
}

/** A value as it is written into a file: a list in the file's style, anything else without spaces. */
export function written(value: string, { open, between, close }: ListStyle): string {
  const node = valueIn(value);
  if (node === undefined) throw new TypeError(`not JSON: ${value}`);
  const items = (node.children ?? []).map((child) => compact(value, child));
  if (node.type !== "array" || items.length === 0) return compact(value, node);
  return `[${open}${items.join(between)}${close}]`;
}

/** All words in Chinese, in one piece: they are read together at every start. */
export { details } from "./details/zh.ts";
export { messages } from "./messages/zh.ts";
export { words } from "./words/zh.ts";

/** All words in English, in one piece: they are read together at every start. */
export { details } from "./details/en.ts";
export { messages } from "./messages/en.ts";
export { words } from "./words/en.ts";

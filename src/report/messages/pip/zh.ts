import type { pipMessages as en } from "./en.ts";

/** 关于 pip 及其同类工具 的中文文案。 */
export const pipMessages: { readonly [Code in keyof typeof en]: string } = {};

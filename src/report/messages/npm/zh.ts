import type { npmMessages as en } from "./en.ts";

/** 关于 npm 及其同类工具 的中文文案。 */
export const npmMessages: { readonly [Code in keyof typeof en]: string } = {};

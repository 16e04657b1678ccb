import type { writeMessages as en } from "./en.ts";

/** 关于写入文件，以及让正在运行的程序采用新内容的文案。 */
export const writeMessages: { readonly [Code in keyof typeof en]: string } = {
  "not-taken-up": "{file} 已就位，但正在运行的程序仍在使用旧内容；请运行：{command}",
};

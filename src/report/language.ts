import type { details as enDetails } from "./details/en.ts";
import type { messages as enMessages } from "./messages/en.ts";
import type { words as enWords } from "./words/en.ts";

export type Language = "zh" | "en";

type Texts<T> = { readonly [K in keyof T]: T[K] extends string ? string : Texts<T[K]> };

/** All words of one language. */
export interface Dictionary {
  readonly language: Language;
  readonly messages: { readonly [Code in keyof typeof enMessages]: string };
  readonly details: { readonly [Code in keyof typeof enDetails]: string };
  readonly words: Texts<typeof enWords>;
}

/**
 * The language to speak: the first of `LC_ALL`, `LC_MESSAGES`, `LANG` that is set decides, as POSIX has it (XBD 8.2). Where none is, as on
 * Windows, the system's own locale does. What we print is UTF-8: where the terminal is said to be of another encoding (`zh_CN.GBK`), Chinese would be
 * garbled, and English is not. A language that we do not speak is as if none had been asked for.
 */
export function pickLanguage(
  asked: string | null,
  env: Readonly<Record<string, string | undefined>>,
  systemLocale: () => string,
): Language {
  const wanted = /^(zh|en)/i.test(asked ?? "") ? asked : null;
  const set = wanted ?? [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((value) => value !== undefined && value !== "");
  const isChinese = (set ?? systemLocale()).toLowerCase().startsWith("zh");
  return isChinese && (wanted !== null || showsUtf8(env)) ? "zh" : "en";
}

/** As far as the variable for characters names an encoding at all. */
function showsUtf8({ LC_ALL, LC_CTYPE, LANG }: Readonly<Record<string, string | undefined>>): boolean {
  const [, encoding] = (LC_ALL || LC_CTYPE || LANG || "").split(".");
  return encoding === undefined || /^utf-?8/i.test(encoding);
}

/** Loads one language; the other is not even read. */
export async function loadDictionary(language: Language): Promise<Dictionary> {
  const { messages, details, words } = await (language === "zh" ? import("./zh.ts") : import("./en.ts"));
  return { language, messages, details, words };
}

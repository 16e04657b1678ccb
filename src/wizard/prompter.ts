import type { Language } from "../report/language.ts";
import type { Prompter, Terminal, WizardWords } from "./types.ts";

/** The way to ask that a terminal is up to. */
export async function makePrompter(terminal: Terminal, words: WizardWords, signal: AbortSignal): Promise<Prompter> {
  if (terminal.isDumb) return (await import("./lines.ts")).linePrompter(terminal, words, signal);
  return (await import("./lists.ts")).listPrompter(terminal, words, signal);
}

export async function wizardWords(language: Language): Promise<WizardWords> {
  const { wizard } = await (language === "zh"
    ? import("../report/messages/wizard/zh.ts")
    : import("../report/messages/wizard/en.ts"));
  return wizard;
}

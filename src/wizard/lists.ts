import { input, Separator, select } from "@inquirer/prompts";
import { cut } from "../report/table.ts";
import type { Prompter, Terminal, WizardWords } from "./types.ts";

/** Rows that a list needs beside its lines: the question, what is known of the line, the keys. */
const around = 9;

/** Lists to move in with the keys. What a colour says is said in words too, and the colours are ours, so that nobody gets them who has declined. */
export function listPrompter(
  { input: keys, output, screen, rows }: Terminal,
  words: WizardWords,
  signal: AbortSignal,
): Prompter {
  const columns = screen.columns ?? 80;
  const style = {
    message: screen.bold,
    answer: (text: string) => text,
    highlight: screen.bold,
    disabled: (text: string) => screen.dim(text.trimEnd()),
    description: (text: string) => text,
    error: screen.caution,
    defaultAnswer: (text: string) => text,
    keysHelpTip: () => screen.dim(words.keys),
  };
  const theme = {
    prefix: "",
    icon: { cursor: screen.arrow },
    style,
    i18n: { disabledError: words.barred },
  };
  const ask = <T>(prompt: (context: Context) => Promise<T>) => askOrLeave(prompt, { input: keys, output, signal });
  return {
    choose: ({ title, items, preset }) => {
      // To Inquirer what may not be chosen needs a label, or it may be: ours is in the name.
      const choices = items.map((item) =>
        typeof item === "string"
          ? new Separator(screen.dim(` ${cut(item, columns - 2)}`))
          : {
              value: item.value,
              name: cut(item.name, columns - screen.arrow.length - 1),
              short: item.short,
              disabled: item.isBarred === true ? " " : false,
              ...(item.about === undefined ? {} : { description: item.about }),
            },
      );
      const pageSize = Math.max(4, rows - around);
      return ask((context) =>
        select({ message: title, choices, default: preset, pageSize, loop: false, theme }, context),
      );
    },
    text: async (title) => (await ask((context) => input({ message: title, theme }, context)))?.trim() ?? null,
    tell: (lines) => void output.write(`${lines.join("\n")}\n`),
  };
}

interface Context {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly signal: AbortSignal;
}

/** Null where somebody wants out. Inquirer throws for Ctrl-C and for a signal; at the end of the input (Ctrl-D) it would wait for ever. */
async function askOrLeave<T>(prompt: (context: Context) => Promise<T>, context: Context): Promise<T | null> {
  const gone = new AbortController();
  const leave = () => gone.abort();
  const onKey = (_: unknown, key: { readonly ctrl: boolean; readonly name: string }) => {
    if (key.ctrl && key.name === "d") leave();
  };
  context.input.on("keypress", onKey).once("end", leave);
  try {
    return await prompt({ ...context, signal: AbortSignal.any([context.signal, gone.signal]) });
  } catch (error) {
    if (error instanceof Error && /^(ExitPrompt|AbortPrompt)Error$/.test(error.name)) return null;
    throw error;
  } finally {
    context.input.off("keypress", onKey).off("end", leave);
  }
}

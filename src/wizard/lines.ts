import { createInterface } from "node:readline";
import { fill } from "../report/say.ts";
import type { Screen } from "../report/screen.ts";
import { fold } from "./rows.ts";
import type { Item, Prompter, Question, Terminal, WizardWords } from "./types.ts";

/** Plain questions, a line at a time: for terminals that cannot move the cursor, and for who would rather hear than see. */
export function linePrompter(
  { input, output, screen, progress }: Terminal,
  words: WizardWords,
  signal: AbortSignal,
): Prompter {
  const tell = (lines: readonly string[]) => void output.write(`${lines.join("\n")}\n`);
  const ask = (question: string) => {
    progress.clear();
    return askLine(question, { input, output }, signal);
  };
  return {
    tell,
    text: async (title) => (await ask(`${title} `))?.trim() ?? null,
    choose: async <T extends string>(question: () => Question<T>) => {
      const { title, items, preset } = question();
      const free = items.flatMap((item) => (typeof item === "string" || item.isBarred === true ? [] : [item]));
      const usual = Math.max(1, free.findIndex(({ value }) => value === preset) + 1);
      tell(["", title, ...items.flatMap((item) => linesOf(item, free, screen))]);
      for (;;) {
        const line = await ask(`${words.number} [${usual}]: `);
        if (line === null) return null;
        const chosen = free[Number(line.trim() || usual) - 1];
        if (chosen !== undefined) return chosen.value;
        tell([fill(words.notNumber, { preset: usual })]);
      }
    },
  };
}

function linesOf<T>(item: Item<T> | string, free: readonly Item<T>[], screen: Screen): string[] {
  if (typeof item === "string") return [`      ${item}`];
  const number = item.isBarred === true ? "-" : `${free.indexOf(item) + 1}.`;
  return [
    `  ${number.padEnd(3)} ${item.name}`,
    ...(item.about ?? "").split("\n").flatMap((line) => (line === "" ? [] : fold(`        ${line}`, screen))),
  ];
}

/** One line of input. Null at its end, and when the signal is raised: Ctrl-C comes as one here. */
function askLine(
  question: string,
  streams: { readonly input: NodeJS.ReadableStream; readonly output: NodeJS.WritableStream },
  signal: AbortSignal,
): Promise<string | null> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(null);
    const lines = createInterface({ ...streams, terminal: false });
    const end = (line: string | null) => {
      signal.removeEventListener("abort", leave);
      lines.removeAllListeners("close").close();
      resolve(line);
    };
    const leave = () => {
      streams.output.write("\n");
      end(null);
    };
    signal.addEventListener("abort", leave, { once: true });
    lines.once("close", leave);
    lines.question(question, end);
  });
}

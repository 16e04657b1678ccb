import { emitKeypressEvents, type Interface } from "node:readline";
import { input, select } from "@inquirer/prompts";
import { askOrLeave } from "./ask-or-leave.ts";
import { layOutList, themeOf } from "./list-layout.ts";
import type { Item, Prompter, Question, Terminal, WizardWords } from "./types.ts";

/** Lists to move in with the keys. What a colour says is said in words too, and the colours are ours, so that nobody gets them who has declined. */
export function listPrompter(terminal: Terminal, words: WizardWords, signal: AbortSignal): Prompter {
  const { input: keys, output } = terminal;
  const context = { input: keys, output, signal };
  // Other keys begin with what Esc sends, too: Node waits half a second for the rest, which is felt.
  emitKeypressEvents(keys, { escapeCodeTimeout: 100 } as unknown as Interface);
  const said: string[] = [];
  const tell = (lines: readonly string[]) => {
    said.push(...lines);
    output.write(`${lines.join("\n")}\n`);
  };
  const choose = async <T extends string>(ask: () => Question<T>, at?: T): Promise<T | null> => {
    const question = ask();
    const { config, current } = layOutList({ ...question, preset: at ?? question.preset }, terminal, words);
    const left = await askOrLeave(
      (how) => select(config, how),
      context,
      question.back === undefined ? ["resized"] : ["resized", "back"],
    );
    if (left === "out") return null;
    if (left === "resized") {
      output.write("\u001b[2J\u001b[H");
      tell(said.splice(-output.rows));
      return choose(ask, current());
    }
    const answer = left === "back" ? question.back : left.answer;
    const chosen = question.items.find((item) => typeof item !== "string" && item.value === answer) as Item<T>;
    const line = `${question.title} ${chosen.short}`;
    if (left === "back") tell([line]);
    else said.push(line);
    return chosen.value;
  };
  return {
    tell,
    choose: (question) => choose(question),
    text: async (message) => {
      const theme = themeOf(terminal, words);
      const typed = await askOrLeave((how) => input({ message, theme }, how), context, ["back"]);
      if (typeof typed === "object") return typed.answer.trim();
      return typed === "back" ? "" : null;
    },
  };
}

import { Separator } from "@inquirer/prompts";
import { fill } from "../report/say.ts";
import { cut } from "../report/table.ts";
import { fold } from "./rows.ts";
import type { Item, Question, Terminal, WizardWords } from "./types.ts";

/** What Inquirer is to show, fitted to the window as it is now, and which answer stands marked in it. */
export function layOutList<T extends string>(
  { title, items, preset, back }: Question<T>,
  terminal: Terminal,
  words: WizardWords,
) {
  const { screen, output } = terminal;
  const columns = screen.columns ?? 80;
  const name = (item: Item<T>) => cut(item.name, columns - screen.arrow.length - 1);
  const foldAll = (text: string) => text.split("\n").flatMap((line) => fold(line, screen));
  const about = (item: Item<T> | string) => (typeof item === "string" ? [] : foldAll(item.about ?? ""));
  // To Inquirer what may not be chosen needs a label, or it may be: ours is in the name.
  const choices = items.map((item) =>
    typeof item === "string"
      ? new Separator(screen.dim(` ${cut(item, columns - 2)}`))
      : {
          ...{ value: item.value, name: name(item), short: item.short },
          ...{ disabled: item.isBarred === true ? " " : false, description: about(item).join("\n") },
        },
  );
  const message = foldAll(title);
  const keys = foldAll(fill(words.keys, { back: back === undefined ? "" : words.keysBack }));
  // Beside its lines: the question, a free line, what is known of the marked one, and the keys.
  const around = message.length + 1 + Math.max(...items.map((item) => about(item).length)) + keys.length;
  const pageSize = Math.max(3, (output.rows || 24) - 1 - around);
  let marked = "";
  const onMark = (text: string) => {
    marked = text;
  };
  const theme = themeOf(terminal, words, keys.map(screen.dim).join("\n"), onMark);
  return {
    config: { message: message.join("\n"), choices, default: preset, pageSize, loop: false, theme },
    current: () =>
      items.find((item): item is Item<T> => typeof item !== "string" && marked.endsWith(` ${name(item)}`))?.value,
  };
}

/** How prompts look. */
export function themeOf(
  { screen }: Terminal,
  words: WizardWords,
  keys = "",
  onMark: (text: string) => void = () => undefined,
) {
  const plain = (text: string) => text;
  const highlight = (text: string) => {
    onMark(text);
    return screen.bold(text);
  };
  const style = {
    ...{ message: screen.bold, answer: plain, highlight, description: plain, error: screen.caution },
    ...{ defaultAnswer: plain, disabled: (text: string) => screen.dim(text.trimEnd()), keysHelpTip: () => keys },
  };
  return { prefix: "", icon: { cursor: screen.arrow }, style, i18n: { disabledError: words.barred } };
}

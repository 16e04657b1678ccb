import type { Command } from "commander";
import { refuse } from "../../core/outcome.ts";
import { cleanText } from "../../report/clean.ts";
import { candidatesAt } from "../completion/candidates.ts";
import { scripts, shells } from "../completion/scripts.ts";
import { walk } from "../completion/walk.ts";
import type { Session } from "../session.ts";

/** `mirror-setup completion SHELL`: prints what the shell is to run. */
export function completion(session: Session, name: string): void {
  const shell = shells.find((each) => each === name);
  if (shell === undefined) {
    const args = { shell: name, known: shells.join(", ") };
    session.fail("completion", refuse(2, { code: "unknown-shell", level: "error", args }));
    return;
  }
  const script = scripts[shell];
  session.finish({ command: "completion", exitCode: 0, messages: [], body: { shell, script } }, () => [script]);
}

/** `mirror-setup __complete -- WORDS…`: what the scripts ask; the last word is the one that is being typed. */
export async function complete(session: Session, program: Command, words: readonly string[]): Promise<void> {
  const place = walk(program, words);
  const fitting = (await candidatesAt(place, session)).filter(
    ({ word }) => word.startsWith(":") || word.startsWith(place.typed),
  );
  const candidates = fitting.map(({ word, text }) => ({ word: place.prefix + word, text }));
  session.finish({ command: "__complete", exitCode: 0, messages: [], body: { candidates } }, () =>
    candidates.map(({ word, text }) => (text === "" ? cleanText(word) : `${cleanText(word)}\t${cleanText(text)}`)),
  );
}

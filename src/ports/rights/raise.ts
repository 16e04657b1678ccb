import { spawn } from "node:child_process";
import { once } from "node:events";
import { valuesIn } from "./lines.ts";
import type { Answer, Served } from "./protocol.ts";
import type { Needs } from "./types.ts";

/** A running child with more rights. */
export interface Remote {
  readonly needs: Needs;
  call(name: Served, ...args: readonly unknown[]): Promise<unknown>;
}

/** Starts it: `argv` gives us more rights and runs our other end. Null: it did not let us. */
export async function startRemote(argv: readonly string[], needs: Needs, mayPrompt: boolean): Promise<Remote | null> {
  const [program = "", ...args] = argv;
  const child = spawn(program, args, { stdio: ["pipe", "pipe", mayPrompt ? "inherit" : "ignore"] });
  const ended = Promise.race([once(child, "exit"), once(child, "error")]).catch(() => undefined);
  child.stdin.on("error", () => undefined);
  const answers = valuesIn(child.stdout);
  child.stdin.write(`${JSON.stringify(needs)}\n`);
  const first = await Promise.race([answers.next().catch(() => null), ended.then(() => null)]);
  if (first === null || first.value !== "ready") return null;
  const waiting = new Map<number, (answer: Answer | null) => void>();
  void hear(answers, waiting);
  let id = 0;
  const call: Remote["call"] = async (name, ...given) => {
    id += 1;
    const own = id;
    const answer = await new Promise<Answer | null>((resolve) => {
      waiting.set(own, resolve);
      if (child.exitCode !== null || child.stdin.destroyed) resolve(null);
      else child.stdin.write(`${JSON.stringify({ id: own, call: name, args: given })}\n`);
    });
    if (answer === null) throw Object.assign(new Error("the helper with more rights has ended"), { code: "EPIPE" });
    if ("error" in answer) throw Object.assign(new Error(answer.error.message), { code: answer.error.code });
    return answer.value;
  };
  return { needs, call };
}

/** Hands every answer to who waits for it; when no more can come, all are told. */
async function hear(answers: AsyncGenerator<unknown>, waiting: Map<number, (answer: Answer | null) => void>) {
  try {
    for await (const answer of answers) {
      const { id } = Object(answer) as Answer;
      waiting.get(id)?.(answer as Answer);
      waiting.delete(id);
    }
  } catch {
    // What is no answer is the end of them.
  }
  for (const resolve of waiting.values()) resolve(null);
  waiting.clear();
}

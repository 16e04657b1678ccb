import { type ChildProcess, spawn } from "node:child_process";

/** A child process of ours that answers one message after another. */
export interface Callee<Question, Answer> {
  call(question: Question): Promise<Answer>;
  end(): void;
}

type Reply<Answer> = { readonly ok: true; readonly answer: Answer } | { readonly ok: false; readonly error: string };

/** Starts this same program in a role, in a network namespace. */
export function callee<Question extends object, Answer>(
  namespace: string,
  args: readonly string[],
): Callee<Question, Answer> {
  const own = [process.execPath, new URL(import.meta.url).pathname, ...args];
  const child = spawn("ip", ["netns", "exec", namespace, ...own], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  return { call: (question) => ask(child, question), end: () => void child.kill() };
}

function ask<Answer>(child: ChildProcess, question: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error("a process in a namespace ended"));
    child.once("exit", onExit);
    child.once("message", (reply: Reply<Answer>) => {
      child.off("exit", onExit);
      if (reply.ok) resolve(reply.answer);
      else reject(new Error(reply.error));
    });
    child.send(question);
  });
}

/** The other end: answers every message, until the caller has gone. */
export function answerCalls<Question, Answer>(act: (question: Question) => Promise<Answer>): void {
  process.on("message", (question: Question) => {
    act(question).then(
      (answer) => process.send?.({ ok: true, answer }),
      (error: Error) => process.send?.({ ok: false, error: error.stack ?? String(error) }),
    );
  });
  process.once("disconnect", () => process.exit());
}

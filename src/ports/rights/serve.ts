import { readFacts } from "../facts.ts";
import { codeOf } from "../files/errors.ts";
import { realWritePort } from "../real.ts";
import { valuesIn } from "./lines.ts";
import { type Answer, checkedNeeds, checkedStep, type Request } from "./protocol.ts";

/**
 * The other end of `raise`: run with more rights, it does what the program that started it asks, one request a line, for what that announced at first.
 * It ends with that program. A Ctrl-C is that program's to heed: it stops where it is safe to.
 */
export async function serveWrites(): Promise<void> {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
  const say = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);
  process.stdout.on("error", () => process.exit(0));
  const write = realWritePort(readFacts());
  const requests = valuesIn(process.stdin);
  const needs = checkedNeeds((await requests.next()).value);
  say("ready");
  for await (const request of requests) {
    const { id } = Object(request) as Request;
    say(await answerTo(id, async () => (await checkedStep(request, needs, write)()) ?? null));
  }
}

async function answerTo(id: number, step: () => Promise<unknown>): Promise<Answer> {
  try {
    return { id, value: await step() };
  } catch (error) {
    return { id, error: { code: codeOf(error), message: error instanceof Error ? error.message : String(error) } };
  }
}

import { createInterface } from "node:readline/promises";

/** Asks a person. Only a yes is one; the end of the input and everything else is a no, and so is a Ctrl-C, which `onInterrupt` is told of. */
export async function yesOrNo(
  question: string,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  onInterrupt: () => void,
): Promise<boolean> {
  const lines = createInterface({ input, output });
  try {
    lines.once("SIGINT", () => {
      onInterrupt();
      lines.close();
    });
    const ended = new Promise<string>((resolve) => lines.once("close", () => resolve("")));
    const answer = await Promise.race([lines.question(`${question} [y/N] `), ended]);
    return /^\s*(y|yes|是|好)\s*$/i.test(answer);
  } catch {
    return false;
  } finally {
    lines.close();
  }
}

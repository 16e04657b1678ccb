import { createInterface } from "node:readline/promises";

/** Asks a person. Only a yes is one; the end of the input, a Ctrl-C and everything else is a no. */
export async function yesOrNo(
  question: string,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  signal: AbortSignal,
): Promise<boolean> {
  const lines = createInterface({ input, output });
  try {
    const ended = new Promise<string>((resolve) => lines.once("close", () => resolve("")));
    const answer = await Promise.race([lines.question(`${question} [y/N] `, { signal }), ended]);
    return /^\s*(y|yes|是|好)\s*$/i.test(answer);
  } catch {
    return false;
  } finally {
    lines.close();
  }
}

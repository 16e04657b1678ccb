/** What a prompt is given. */
export interface Context {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly signal: AbortSignal;
}

/** Ways to leave a prompt without an answer: for good (Ctrl-C, Ctrl-D, a signal), with Esc, and to draw it anew. */
export type Left = "out" | "back" | "resized";

/** Asks until there is an answer, or one of these ways to leave. Inquirer throws for Ctrl-C and for a signal; at the end of the input it would wait for ever. */
export async function askOrLeave<T>(
  prompt: (context: Context) => Promise<T>,
  { input, output, signal }: Context,
  ways: readonly Left[],
): Promise<{ readonly answer: T } | Left> {
  const gone = new AbortController();
  const context = { input, output, signal: AbortSignal.any([signal, gone.signal]), clearPromptOnDone: false };
  const leave = (how: Left) => {
    if (how !== "out" && !ways.includes(how)) return;
    context.clearPromptOnDone = how !== "out";
    gone.abort(how);
  };
  const onEnd = () => leave("out");
  const onKey = (_: unknown, key: { readonly ctrl: boolean; readonly name?: string }) => {
    if (key.ctrl && key.name === "d") leave("out");
    if (key.name === "escape") leave("back");
  };
  const onResize = () => leave("resized");
  input.on("keypress", onKey).once("end", onEnd);
  output.on("resize", onResize);
  try {
    return { answer: await prompt(context) };
  } catch (error) {
    if (error instanceof Error && /^(ExitPrompt|AbortPrompt)Error$/.test(error.name))
      return gone.signal.reason ?? "out";
    throw error;
  } finally {
    input.off("keypress", onKey).off("end", onEnd);
    output.off("resize", onResize);
  }
}

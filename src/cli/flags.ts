/** What the command line says about output. Read before the command line is understood, so that even a mistake in it is told as wished. */
export interface OutputFlags {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly language: string | null;
  readonly noColour: boolean;
  /** Questions are answered with yes. */
  readonly yes: boolean;
}

export function readOutputFlags(args: readonly string[]): OutputFlags {
  const own = args.includes("--") ? args.slice(0, args.indexOf("--")) : args;
  const at = own.findIndex((arg) => arg === "--lang" || arg.startsWith("--lang="));
  const language = at === -1 ? null : (own[at]?.split("=")[1] ?? own[at + 1] ?? null);
  const has = (flag: string) => own.includes(flag);
  return {
    json: has("--json"),
    quiet: has("--quiet"),
    verbose: has("--verbose"),
    language,
    noColour: has("--no-color"),
    yes: has("--yes"),
  };
}

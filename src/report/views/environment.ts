import { cleanText } from "../clean.ts";
import { fill } from "../say.ts";
import type { Screen } from "../screen.ts";

/** Variables as lines for a shell's profile. */
export function environmentView(
  groups: readonly { readonly mirror: string; readonly variables: Readonly<Record<string, string>> }[],
  line: (name: string, value: string) => string,
  screen: Screen,
): string[] {
  const { words } = screen.dictionary;
  if (groups.length === 0) return [words.empty];
  return groups.flatMap(({ mirror, variables }) => [
    screen.dim(`# ${fill(words.companions, { mirror: cleanText(mirror) })}`),
    ...Object.entries(variables).map(([name, value]) => line(name, cleanText(value))),
  ]);
}

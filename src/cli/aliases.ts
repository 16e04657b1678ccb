import { type EcosystemId, ecosystemIds } from "../catalog/types.ts";

/** What people also call an ecosystem. */
export const ecosystemAliases: Readonly<Record<EcosystemId, readonly string[]>> = {
  go: ["golang"],
  pip: ["python", "pypi"],
  npm: ["node", "js"],
  docker: ["container"],
};

/** A word as we call it: `pip` for `python`. Any other word stays. */
export function ownWord(word: string): string {
  return ecosystemIds.find((id) => ecosystemAliases[id].includes(word)) ?? word;
}

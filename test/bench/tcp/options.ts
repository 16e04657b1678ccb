import { parseArgs } from "node:util";
import { limits } from "../../../src/probe/limits.ts";
import { policies } from "../policies.ts";
import { placed } from "./place.ts";

export const help = `Needs root, Linux, iproute2, a C compiler and /dev/net/tun; all traffic stays in two namespaces that are deleted at the end.
Options:
  --worlds N      worlds per set (25)
  --from N        the number of the first one (0)
  --seed TEXT     the seed of all worlds (1)
  --set A,B       ${placed.join(" ")} (go)
  --policy A,B    ${Object.keys(policies).join(", ")} (all but chsrc-like, which takes 8 s for each mirror)
  --limits A=1,B  other numbers for src/probe/limits.ts, in both worlds
  --json FILE     what came of each world
`;

/** What was asked for on the command line. */
export const { values } = parseArgs({
  options: {
    role: { type: "string" },
    worlds: { type: "string", default: "25" },
    from: { type: "string", default: "0" },
    seed: { type: "string", default: "1" },
    set: { type: "string", default: "go" },
    policy: {
      type: "string",
      default: Object.keys(policies)
        .filter((name) => name !== "chsrc-like")
        .join(","),
    },
    limits: { type: "string", default: "" },
    json: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

/** Names out of a list, separated by commas. */
export function chosen<Name extends string>(text: string, all: readonly Name[]): Name[] {
  return text.split(",").map((name) => {
    const found = all.find((each) => each === name.trim());
    if (found === undefined) throw new Error(`"${name}" is none of: ${all.join(", ")}`);
    return found;
  });
}

/** The numbers to put in place of the usual ones. */
export function otherLimits(): Record<string, number> {
  const pairs = values.limits
    .split(",")
    .filter(Boolean)
    .map((text) => text.split("="));
  return Object.fromEntries(
    pairs.map(([name = "", number = ""]) => {
      if (!(name in limits) || !Number.isFinite(Number(number))) throw new Error(`no limit: ${name}=${number}`);
      return [name, Number(number)];
    }),
  );
}

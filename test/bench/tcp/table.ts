import { isWrong } from "../measure.ts";
import type { Outcome } from "../run.ts";
import { quantile, wilson } from "../statistics.ts";
import { bestOf, trueSeconds } from "../truth.ts";
import { drawPlaced, type PlacedSet } from "./place.ts";

const columns = [
  ["policy", 14],
  ["where", 11],
  ["faulty %", 9],
  ["wrong % [95 %]", 19],
  ["nobody %", 9],
  ["regret 50/95", 13],
  ["regret s mean/50", 17],
  ["wall s 50/95", 14],
  ["MB 50", 0],
] as const;

export function headLine(): string {
  return columns.map(([name, width]) => name.padEnd(width)).join("");
}

/** One policy's row, on kernel TCP or simulated: the columns of the simulation's table, and the regret in seconds too. */
export function rowLine(set: PlacedSet, policy: string, where: string, outcomes: readonly Outcome[]): string {
  const share = (test: (outcome: Outcome) => boolean) => (100 * outcomes.filter(test).length) / outcomes.length;
  const sound = outcomes.filter(({ pick, pickFault }) => pick !== null && pickFault === null);
  const ratios = sound.map(({ regret }) => regret ?? Number.NaN);
  const lost = sound.map((outcome) => secondsLost(set, outcome));
  const walls = outcomes.map(({ wallMs }) => wallMs / 1000);
  const [low, high] = wilson(outcomes.filter(isWrong).length, outcomes.length);
  const cells = [
    policy,
    where,
    share(({ pickFault }) => pickFault !== null).toFixed(1),
    `${share(isWrong).toFixed(1)} [${(100 * low).toFixed(0)}-${(100 * high).toFixed(0)}]`,
    share(({ pick }) => pick === null).toFixed(1),
    both(ratios),
    `${(lost.reduce((sum, each) => sum + each, 0) / lost.length).toFixed(2)}/${quantile(lost, 0.5).toFixed(2)}`,
    both(walls),
    quantile(
      outcomes.map(({ bytes }) => bytes / 1e6),
      0.5,
    ).toFixed(2),
  ];
  return cells
    .map((cell, index) => cell.padEnd(columns[index]?.[1] ?? 0))
    .join("")
    .trimEnd();
}

function both(values: readonly number[]): string {
  return `${quantile(values, 0.5).toFixed(2)}/${quantile(values, 0.95).toFixed(2)}`;
}

/** How much longer an install takes through the pick than through the best. */
function secondsLost(set: PlacedSet, { world: name, pick }: Outcome): number {
  const world = drawPlaced({ set, name });
  const picked = world.mirrors.find(({ candidate }) => candidate.id === pick);
  const best = bestOf(world);
  return picked === undefined || best === null ? Number.NaN : trueSeconds(picked, world) - trueSeconds(best, world);
}

/** Where kernel and simulation picked differently, by more than a tenth of the time. */
export function differences(tcp: readonly Outcome[], simulated: readonly Outcome[]): string[] {
  const pairs = tcp.flatMap((one, index) => {
    const other = simulated[index];
    return other === undefined ? [] : [{ one, other }];
  });
  const same = pairs.filter(({ one, other }) => one.pick === other.pick).length;
  const walls = pairs.map(({ one, other }) => one.wallMs / Math.max(1, other.wallMs));
  const shown = ({ pick, pickFault, regret }: Outcome) =>
    `${pick ?? "nobody"} (${pickFault ?? `÷best ${regret?.toFixed(2) ?? "-"}`})`;
  const apart = pairs.filter(({ one, other }) => isWrong(one) || isWrong(other));
  return [
    `  ours: same pick in ${same} of ${pairs.length}; wall tcp ÷ simulated: median ${quantile(walls, 0.5).toFixed(2)}`,
    ...apart.map(
      ({ one, other }) =>
        `  ${one.world}: tcp ${shown(one)} ${(one.wallMs / 1000).toFixed(2)} s, simulated ${shown(other)}`,
    ),
  ];
}

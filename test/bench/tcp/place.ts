import { modelledOnGo } from "../kinds.ts";
import { sets } from "../sets.ts";
import { seeded } from "../sim/random.ts";
import type { SimHost } from "../sim/types.ts";
import { drawWorld, type World } from "../worlds.ts";

/** The sets of worlds that are run on kernel TCP: one for each ecosystem, all with the content and the protocol of Go. */
export const placed = ["go", "npm", "pip", "docker"] as const;
export type PlacedSet = (typeof placed)[number];

/** A world by name: every process draws it for itself. */
export interface WorldName {
  readonly set: PlacedSet;
  readonly name: string;
}

/** The reference's number among the hosts; mirrors have their place in the list, from 1. */
export const referenceNumber = 40;

/** The address of a host in the server namespace, and that by which the client speaks to it. */
export const addressOf = (host: number): string => `10.9.${host}.1`;
export const clientFor = (host: number): string => `10.8.${host}.1`;

/** Every host of a world with its number. */
export function hostsOf(world: World): readonly { readonly number: number; readonly host: SimHost }[] {
  const mirrors = world.mirrors.map(({ host }, index) => ({ number: index + 1, host }));
  return [...mirrors, { number: referenceNumber, host: world.reference }];
}

/** How the servers of a host control congestion: what the simulation calls `early` is cubic here, whose HyStart watches delays. */
export function congestionOf({ early }: SimHost): "cubic" | "bbr" {
  return early ? "cubic" : "bbr";
}

/** The simulation's world of that name, but for two things: names cost nothing (the hosts are addresses here), and half of the servers are cubic. */
export function drawPlaced({ set, name }: WorldName): World {
  const world = drawWorld({ ...sets[set], kind: modelledOnGo(sets[set].kind) }, name);
  const random = seeded(`${name}/congestion`);
  const place = (host: SimHost): SimHost => ({ ...host, dnsMs: 0, early: random.chance(0.5) });
  const mirrors = world.mirrors.map((mirror) => ({ ...mirror, host: place(mirror.host) }));
  return { ...world, mirrors, reference: place(world.reference) };
}

import { kinds } from "./kinds.ts";
import type { Draw } from "./worlds.ts";

/** A set of worlds: one block of the table. */
export interface WorldSet extends Draw {
  /** How many of the worlds asked for are drawn: large worlds are slow, and rare ones say the same. */
  readonly share: number;
  /** Whether the slow peers take part too. */
  readonly peers: boolean;
  readonly title: string;
}

const usual = { share: 1, peers: true } as const;
const special = { kind: kinds.go, share: 0.2, peers: true } as const;

/** Every block, by the name that `--set` takes. */
export const sets = {
  go: { ...usual, kind: kinds.go, title: "Go: 5 mirrors, a quarter faulty" },
  npm: { ...usual, kind: kinds.npm, title: "npm: 4 mirrors, a quarter faulty" },
  pip: { ...usual, kind: kinds.pip, title: "pip: 8 mirrors, a quarter faulty" },
  docker: { ...usual, kind: kinds.docker, title: "Docker: 6 mirrors, a quarter faulty" },
  faulty60: { ...special, faulty: 0.6, title: "Go: 5 mirrors, 60 % faulty" },
  none: { ...special, noneHealthy: true, title: "Go: 5 mirrors, every one faulty" },
  "none-npm": { ...special, kind: kinds.npm, noneHealthy: true, title: "npm: 4 mirrors, every one faulty" },
  "none-pip": { ...special, kind: kinds.pip, noneHealthy: true, title: "pip: 8 mirrors, every one faulty" },
  "none-docker": {
    ...special,
    kind: kinds.docker,
    noneHealthy: true,
    title: "Docker: 6 mirrors, every one faulty",
  },
  single: { ...special, count: 1, faulty: 0, title: "Go: a single healthy mirror" },
  hanging: { ...special, last: ["hang-response"], title: "Go: one of five never answers" },
  stalling: { ...special, last: ["hang-body"], title: "Go: one of five stalls in every body" },
  resolver: {
    ...special,
    last: ["lost-name", "no-name"],
    resolver: { threads: 4, extraMs: 150 },
    title: "Go: a slow resolver, one name that is lost and one that does not exist",
  },
  forty: { ...special, count: 40, share: 0.1, title: "Go: 40 mirrors, a quarter faulty" },
  thousand: { ...special, count: 1000, share: 0.01, peers: false, title: "Go: 1,000 mirrors, a quarter faulty" },
} as const satisfies Record<string, WorldSet>;

export type SetName = keyof typeof sets;

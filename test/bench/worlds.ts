import type { Budget, Candidate, Protocol } from "../../src/probe/types.ts";
import { mirrorHandler, protocolWith, reference, referenceHost } from "./content.ts";
import { drawForms, type Form, faceOf, isFaulty, likeLab } from "./forms.ts";
import { type Random, seeded } from "./sim/random.ts";
import type { SimHost, SimLine } from "./sim/types.ts";

/** An ecosystem as the benchmark knows it: how many mirrors, and what an install costs. */
export interface Kind {
  readonly mirrors: number;
  readonly weights: Protocol["weights"];
  /** What differs from the usual budget of a race. */
  readonly budget: Partial<Budget>;
}

const mebibyte = 1024 * 1024;

export const kinds = {
  go: { mirrors: 5, weights: { rounds: 25, bytes: 40e6 }, budget: {} },
  npm: { mirrors: 4, weights: { rounds: 100, bytes: 60e6 }, budget: {} },
  pip: {
    mirrors: 8,
    weights: { rounds: 50, bytes: 100e6 },
    budget: { bytes: 3 * mebibyte, sharedBytes: 3 * mebibyte, soloBytes: 3 * mebibyte, wallMs: 3500 },
  },
  docker: {
    mirrors: 6,
    weights: { rounds: 12, bytes: 150e6 },
    budget: { bytes: 4 * mebibyte, sharedBytes: 4 * mebibyte, soloBytes: 4 * mebibyte, wallMs: 4000 },
  },
} as const satisfies Record<string, Kind>;

/** One mirror of a world: how it really is. */
export interface TrueMirror {
  readonly candidate: Candidate;
  readonly host: SimHost;
  readonly form: Form;
  readonly faulty: boolean;
}

export interface World {
  readonly name: string;
  readonly weights: Protocol["weights"];
  readonly protocol: Protocol;
  readonly mirrors: readonly TrueMirror[];
  readonly reference: SimHost;
  readonly line: SimLine;
}

/** How a set of worlds is drawn. */
export interface Draw {
  readonly kind: Kind;
  /** How many mirrors, if not as many as is usual for the kind. */
  readonly count?: number;
  /** How likely a mirror is faulty; .25 unless given. */
  readonly faulty?: number;
  readonly noneHealthy?: boolean;
  /** The last mirrors are like this, whatever was drawn. */
  readonly last?: readonly Form[];
  readonly resolver?: SimLine["resolver"];
  /** As the lab would have it: no line that all share, no names to look up, and the faults it has. */
  readonly likeLab?: boolean;
}

/** The resolver's pool as bin/mirror-setup.cjs sizes it. */
const usualResolver = { threads: 32, extraMs: 0 };

/** Draws a world. The same name, the same world. */
export function drawWorld(draw: Draw, name: string): World {
  const random = seeded(name);
  const resolver = draw.resolver ?? usualResolver;
  const bytesPerSecond = random.pick([2.5e6, 6.25e6, 12.5e6]);
  const forms = formsOf(draw, random).map((form) => (draw.likeLab ? likeLab(form) : form));
  const mirrors = forms.map((form, index) => drawMirror(random, form, `m${index}`, name));
  const healthy = { ...drawHost(random, referenceHost, null, name), handler: reference };
  const world = {
    name,
    weights: draw.kind.weights,
    protocol: { ...protocolWith(draw.kind.weights), budget: draw.kind.budget },
    mirrors,
    reference: healthy,
    line: { bytesPerSecond, resolver },
  };
  return draw.likeLab ? withoutNetwork(world) : world;
}

function formsOf({ kind, count = kind.mirrors, faulty = 0.25, ...draw }: Draw, random: Random): Form[] {
  const { noneHealthy = false, last = [] } = draw;
  const forms = drawForms(random, count, noneHealthy ? 1 : faulty, noneHealthy);
  forms.splice(count - last.length, last.length, ...last);
  const lucky = Math.floor(random.next() * (count - last.length));
  if (!noneHealthy && forms.every(isFaulty)) forms[lucky] = null;
  return forms;
}

function drawMirror(random: Random, form: Form, id: string, world: string): TrueMirror {
  const host = drawHost(random, `${id}.example`, form, `${world}/${id}`);
  const candidate = { id, url: `https://${host.name}`, mirror: null };
  return { candidate, host, form, faulty: isFaulty(form) };
}

/** A guess where nobody has measured: how far latencies spread, what a name costs, and how many servers leave slow start too soon. */
function drawHost(random: Random, name: string, form: Form, seed: string): SimHost {
  const { content, ...face } = faceOf(form);
  return {
    name,
    rttMs: random.chance(0.15) ? random.lognormal(180, 0.2) : random.lognormal(32, 0.5),
    thinkMs: random.chance(0.15) ? random.lognormal(200, 0.3) : random.lognormal(12, 0.5),
    bytesPerSecond: Math.min(25e6, Math.max(0.1e6, random.lognormal(6e6, 1))),
    dnsMs: random.lognormal(18, 0.6),
    early: random.chance(0.4),
    ...face,
    handler: mirrorHandler(content, seed),
  };
}

/** The lab's own reference host answers after 4 ms, at 50 MB/s. */
function withoutNetwork(world: World): World {
  const near = { dnsMs: 0, early: false };
  const mirrors = world.mirrors.map((mirror) => ({ ...mirror, host: { ...mirror.host, ...near } }));
  const reference = { ...world.reference, ...near, rttMs: 4, thinkMs: 0, bytesPerSecond: 50e6 };
  return { ...world, mirrors, reference, line: { ...world.line, bytesPerSecond: Number.POSITIVE_INFINITY } };
}

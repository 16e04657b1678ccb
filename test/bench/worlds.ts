import type { Candidate, Protocol } from "../../src/probe/types.ts";
import { companionOf, mirrorHandler } from "./content.ts";
import { type Content, contentOf, type Paths, referenceHost } from "./contents.ts";
import { drawForms, type Form, faceOf, isFaulty, likeLab } from "./forms.ts";
import { type Kind, protocolOf } from "./kinds.ts";
import { type Random, seeded } from "./sim/random.ts";
import type { SimHost, SimLine } from "./sim/types.ts";

/** One mirror of a world: how it really is. */
export interface TrueMirror {
  readonly candidate: Candidate;
  readonly host: SimHost;
  /** Where it may send us for files. */
  readonly companion: SimHost;
  readonly form: Form;
  readonly faulty: boolean;
}

export interface World {
  readonly name: string;
  readonly weights: Protocol["weights"];
  readonly protocol: Protocol;
  readonly paths: Paths;
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
  const content = contentOf(draw.kind.content);
  const mirrors = forms.map((form, index) => drawMirror(random, content, form, { id: `m${index}`, world: name }));
  const protocol = protocolOf(draw.kind);
  const world = {
    name,
    weights: protocol.weights,
    protocol,
    paths: content.paths,
    mirrors,
    reference: { ...drawHost(random, referenceHost, null), handler: content.reference },
    line: { bytesPerSecond, resolver },
  };
  return draw.likeLab ? withoutNetwork(world) : world;
}

function formsOf({ kind, count = kind.mirrors, faulty = 0.25, ...draw }: Draw, random: Random): Form[] {
  const { noneHealthy = false, last = [] } = draw;
  const { content } = kind;
  const probability = noneHealthy ? 1 : faulty;
  const forms = drawForms(random, { content, count, probability, onlyFaulty: noneHealthy });
  forms.splice(count - last.length, last.length, ...last);
  const lucky = Math.floor(random.next() * (count - last.length));
  if (!noneHealthy && forms.every(isFaulty)) forms[lucky] = null;
  return forms;
}

function drawMirror(
  random: Random,
  content: Content,
  form: Form,
  { id, world }: { readonly id: string; readonly world: string },
): TrueMirror {
  const name = `${id}.example`;
  const handler = mirrorHandler(content, faceOf(form).content, name, `${world}/${id}`);
  const host = { ...drawHost(random, name, form), handler };
  const candidate = { id, url: `https://${name}${content.root}`, mirror: null };
  return { candidate, host, companion: companionFor(host, form), form, faulty: isFaulty(form) };
}

/** As near and as fast as the mirror itself. */
function companionFor(host: SimHost, form: Form): SimHost {
  const certificate = form === "cdn-expired" ? "cert-expired" : "good";
  const handler: SimHost["handler"] = (request) => host.handler({ ...request, companion: true });
  return { ...host, name: companionOf(host.name), certificate, handler };
}

/** A guess where nobody has measured: how far latencies spread, what a name costs, and how many servers leave slow start too soon. */
function drawHost(random: Random, name: string, form: Form): Omit<SimHost, "handler"> {
  const { content: _, ...face } = faceOf(form);
  return {
    name,
    rttMs: random.chance(0.15) ? random.lognormal(180, 0.2) : random.lognormal(32, 0.5),
    thinkMs: random.chance(0.15) ? random.lognormal(200, 0.3) : random.lognormal(12, 0.5),
    bytesPerSecond: Math.min(25e6, Math.max(0.1e6, random.lognormal(6e6, 1))),
    dnsMs: random.lognormal(18, 0.6),
    early: random.chance(0.4),
    ...face,
  };
}

/** The lab's own reference host answers after 4 ms, at 50 MB/s. */
function withoutNetwork(world: World): World {
  const near = { dnsMs: 0, early: false };
  const mirrors = world.mirrors.map((mirror) => ({ ...mirror, host: { ...mirror.host, ...near } }));
  const reference = { ...world.reference, ...near, rttMs: 4, thinkMs: 0, bytesPerSecond: 50e6 };
  return { ...world, mirrors, reference, line: { ...world.line, bytesPerSecond: Number.POSITIVE_INFINITY } };
}

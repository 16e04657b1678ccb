import { prefixHashes } from "./artefacts/archives.ts";
import { pause, untilStale } from "./artefacts/releases.ts";
import { bulkWheel, greetWheel, makeWheels, pyCanaries, type Wheel } from "./artefacts/wheels.ts";
import { once } from "./compose.ts";
import { httpMiddleware } from "./http-faults.ts";
import { pypiHandler, serialsPerDay } from "./protocols/pypi.ts";
import { isPyFile, pypiMiddleware } from "./protocols/pypi-faults.ts";
import type { World } from "./types.ts";

/** What the lab's pip mirrors serve, how they fail, and what the catalog says about it. A mirror's index is at `/simple`. */
export interface PyWorld extends World {
  /** Every wheel of a fresh mirror. */
  readonly wheels: readonly Wheel[];
  /** The `probes.pip` of the catalog. */
  readonly probes: readonly object[];
}

/** Builds the wheels, and (only when asked for) their tampered doubles. `now`: what ages are counted from, in milliseconds since 1970. */
export function makePyWorld(now = Date.now()): PyWorld {
  const wheels = makeWheels(now, { tampered: false });
  const altered = once(() => makeWheels(now, { tampered: true }));
  const stale = once(() => pypiHandler(untilStale(wheels, now)));
  const tampered = once(() => pypiHandler(wheels, altered()));
  const lying = once(() => pypiHandler(altered()));
  const ofHttp = httpMiddleware({ isFile: isPyFile, userAgent: "pip/" });
  const ofPip = pypiMiddleware({ stale, tampered, lying });
  return {
    mirror: pypiHandler(wheels),
    middleware: (fault) => ofHttp(fault) ?? ofPip(fault),
    wheels,
    probes: probes(find(wheels, bulkWheel), find(wheels, greetWheel)),
  };
}

function find(wheels: readonly Wheel[], wanted: { readonly project: string; readonly version: string }): Wheel {
  const found = wheels.find(({ project, version }) => project === wanted.project && version === wanted.version);
  if (!found) throw new Error(`the lab has no ${wanted.project} ${wanted.version}`);
  return found;
}

function probes(bulk: Wheel, greet: Wheel): readonly object[] {
  const artefact = ({ project, file, content, sha256 }: Wheel) => ({ project, file, size: content.length, sha256 });
  return [
    {
      ...artefact(bulk),
      prefixes: prefixHashes(bulk.content),
      canaries: pyCanaries,
      pause,
      changesPerDay: serialsPerDay,
    },
    { ...artefact(greet), canaries: pyCanaries, pause },
  ];
}

import type { TrueMirror, World } from "./worlds.ts";

/** What an install would really take through a mirror, in seconds, with all parameters known. */
export function trueSeconds({ host, form }: TrueMirror, { weights, line }: World): number {
  // One that sends us on for files, which are every other request, has us ask twice for each.
  const asked = form === "redirect-cdn" ? 1.5 : 1;
  const latency = (asked * (host.rttMs + host.thinkMs)) / 1000;
  return weights.rounds * latency + weights.bytes / Math.min(host.bytesPerSecond, line.bytesPerSecond);
}

/** The healthy mirror that is best; null where there is none. */
export function bestOf(world: World): TrueMirror | null {
  const healthy = world.mirrors.filter(({ faulty }) => !faulty);
  return healthy.toSorted((a, b) => trueSeconds(a, world) - trueSeconds(b, world))[0] ?? null;
}

/** How often an install through this mirror takes the best one's time; infinite for a faulty mirror. */
export function regretOf(picked: TrueMirror, world: World): number {
  const best = bestOf(world);
  if (picked.faulty || best === null) return Number.POSITIVE_INFINITY;
  return trueSeconds(picked, world) / trueSeconds(best, world);
}

import type { Standing } from "../../src/probe/types.ts";
import { raceIn } from "./ours.ts";
import { type PolicyName, policies } from "./policies.ts";
import { runPolicy, simulate } from "./run.ts";
import { worldName } from "./series.ts";
import { type SetName, sets } from "./sets.ts";
import { regretOf, trueSeconds } from "./truth.ts";
import { type Draw, drawWorld, type TrueMirror, type World } from "./worlds.ts";

type Say = (line: string) => void;

/** Prints one world as it really is, what the race found out about each mirror, and every policy's pick. */
export async function explain(wanted: string, seed: string, say: Say): Promise<void> {
  const likeLab = wanted.startsWith("lab:");
  const asked = wanted.replace(/^lab:/, "");
  const name = asked.includes("/") ? asked : worldName("go", seed, Number(asked));
  const set = sets[(name.split("/")[0] ?? "") as SetName];
  if (set === undefined) throw new Error(`no set of worlds for "${name}"`);
  const draw: Draw = { ...set, likeLab };
  const world = drawWorld(draw, name);
  say(`${name}: client line ${(world.line.bytesPerSecond / 1e6).toFixed(2)} MB/s`);
  await showMirrors(draw, world, say);
  for (const policy of Object.keys(policies) as PolicyName[]) await showPick(policy, draw, name, say);
}

async function showMirrors(draw: Draw, world: World, say: Say): Promise<void> {
  const { result } = await simulate(drawWorld(draw, world.name), (candidates, ports, drawn) =>
    raceIn(drawn, candidates, ports),
  );
  say("         truth                                                    what the race says");
  say("mirror  rtt  think  dns   MB/s  install s  ÷best  fault             place  ms    MB/s  install s  verdict");
  const sorted = world.mirrors.toSorted((a, b) => trueSeconds(a, world) - trueSeconds(b, world));
  for (const mirror of sorted) {
    const standing = result.standings.find(({ candidate }) => candidate.id === mirror.candidate.id);
    say(truthCells(mirror, world) + (standing === undefined ? "" : standingCells(standing)));
  }
}

function truthCells(mirror: TrueMirror, world: World): string {
  const { host, form, candidate } = mirror;
  return [
    candidate.id.padEnd(6),
    host.rttMs.toFixed(0).padStart(5),
    host.thinkMs.toFixed(0).padStart(7),
    host.dnsMs.toFixed(0).padStart(5),
    (host.bytesPerSecond / 1e6).toFixed(2).padStart(7),
    trueSeconds(mirror, world).toFixed(2).padStart(11),
    (mirror.faulty ? "-" : regretOf(mirror, world).toFixed(2)).padStart(7),
    `  ${form ?? (host.early ? "(slow to start)" : "")}`.padEnd(20),
  ].join("");
}

function standingCells({ rank, latencyMs, bytesPerSecond, expectedInstallSeconds, verdict, reason }: Standing): string {
  return [
    String(rank ?? "-").padStart(5),
    (latencyMs?.toFixed(0) ?? "-").padStart(5),
    (bytesPerSecond === null ? "-" : (bytesPerSecond / 1e6).toFixed(2)).padStart(8),
    (expectedInstallSeconds?.toFixed(2) ?? "-").padStart(11),
    `  ${verdict}${reason === null ? "" : ` (${reason})`}`,
  ].join("");
}

async function showPick(policy: PolicyName, draw: Draw, name: string, say: Say): Promise<void> {
  const { pick, second, regret, pickFault, wallMs, bytes, requests } = await runPolicy(policy, draw, name);
  const quality = pickFault ?? `÷best ${regret?.toFixed(2)}`;
  const who = pick === null ? "nobody" : `${pick} (${quality}), then ${second ?? "nobody"}`;
  const cost = `${(wallMs / 1000).toFixed(2)} s · ${(bytes / 1e6).toFixed(2)} MB · ${requests} requests`;
  say(`${policy.padEnd(13)} ${who} · ${cost}`);
}

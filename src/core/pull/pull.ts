import type { Catalog } from "../../catalog/types.ts";
import { hubOf } from "../../ecosystems/docker/hub.ts";
import type { RaceResult } from "../../probe/types.ts";
import type { ExitCode, Message } from "../../report/types.ts";
import { done, interrupted, refuse } from "../outcome.ts";
import { type ToolsAtHand, toolsAtHand } from "../tools.ts";
import type { Outcome, Refusal, Services } from "../types.ts";
import { type PullRequest, rankMirrors } from "./choose.ts";
import { fetchImage, type PulledImage } from "./fetch.ts";
import { type ImageReference, parseReference } from "./reference.ts";
import { Store } from "./store.ts";

export interface PullOutcome {
  readonly exitCode: ExitCode;
  readonly images: readonly PulledImage[];
  readonly messages: readonly Message[];
  readonly probe: RaceResult | null;
}

/** Pulls images through mirrors that proved good, one image after the other, and leaves them under their own names. */
export async function pull(request: PullRequest, catalog: Catalog, services: Services): Promise<PullOutcome> {
  const none = ({ exitCode, messages }: Refusal, probe: RaceResult | null = null): PullOutcome => {
    return { exitCode, images: [], messages, probe };
  };
  const all = { only: null, scope: null, allowMissing: false };
  const found = await toolsAtHand("docker", all, services.read, catalog.probes);
  if (!found.ok) return none(found);
  const { tools } = found.value;
  const hub = hubOf(catalog.probes);
  const own = hub === null ? [] : [hub, `index.${hub}`];
  const images = parseAll(request.images, [...own, ...tools.flatMap(({ current }) => current.upstreamHosts)]);
  if (!images.ok) return none(images);
  const store = await storeOf(found.value, services);
  if (!store.ok) return none(store);
  const ranked = await rankMirrors(request, found.value, catalog, services);
  if (!ranked.ok) return none(ranked, ranked.probe);
  const { askable, probe, messages } = ranked.value;
  const said: Message[] = [...messages];
  const pulled: PulledImage[] = [];
  for (const image of images.value) {
    if (services.signal.aborted) break;
    const fetched = await fetchImage(image, askable, store.value, hub);
    pulled.push(fetched.image);
    said.push(...fetched.messages);
  }
  const isWhole = pulled.length === images.value.length && pulled.every(({ state }) => state !== "failed");
  if (services.signal.aborted && !isWhole) {
    return {
      exitCode: 130,
      images: pulled,
      probe,
      messages: [...said, { code: "pull-interrupted", level: "error", args: {} }],
    };
  }
  return { exitCode: isWhole ? 0 : exitOf(said), images: pulled, probe, messages: said };
}

/** An image that came and could not be named is no fault of a mirror. */
function exitOf(messages: readonly Message[]): ExitCode {
  return messages.some(({ code }) => code === "pull-untagged") ? 1 : 3;
}

/** All references, or everything that is wrong with them: nothing is done then. */
function parseAll(written: readonly string[], hubs: readonly string[]): Outcome<readonly ImageReference[]> {
  const images: ImageReference[] = [];
  const wrong: Message[] = [];
  for (const image of new Set(written)) {
    const parsed = parseReference(image, hubs);
    if (parsed.ok) images.push(parsed.reference);
    else if ("why" in parsed)
      wrong.push({ code: "pull-bad-reference", level: "error", args: { image, why: parsed.why } });
    else wrong.push({ code: "pull-other-registry", level: "error", args: { image, host: parsed.host } });
  }
  return wrong.length === 0 ? done(images) : refuse(2, ...wrong);
}

/** Where images are kept: docker's; podman's where it is there alone, or goes by docker's name. */
async function storeOf({ tools, skipped, remarks }: ToolsAtHand, services: Services): Promise<Outcome<Store>> {
  for (const tool of ["docker", "podman"] as const) {
    const installation = tools.find((each) => each.tool.id === tool)?.installation;
    if (installation === undefined || installation === null) continue;
    const store = new Store({ tool, path: installation.path }, services);
    const complaint = await store.obstacle();
    if (services.signal.aborted) return interrupted;
    return complaint === null
      ? done(store)
      : refuse(4, { code: "pull-no-answer", level: "error", args: { tool, complaint } });
  }
  const names = skipped.map((each) => each.tool).join(", ");
  return refuse(4, ...remarks, { code: "pull-no-tool", level: "error", args: { tools: names } });
}

import { isProtected, isWebUrl } from "../../catalog/url.ts";
import { locationOf } from "../../ecosystems/docker/hub.ts";
import {
  digestOf,
  manifestTypes,
  maxManifestBytes,
  namedDigest,
  type Platform,
  readManifest,
} from "../../ecosystems/docker/manifest.ts";
import { faultOfBlob } from "../../ecosystems/docker/refusals.ts";
import { Registry } from "../../ecosystems/docker/registry.ts";
import type { HttpPort, HttpResult } from "../../ports/types.ts";
import { type Fault, fault } from "../../probe/answers.ts";
import { startDeadline } from "../../probe/deadline.ts";
import type { Candidate, Question } from "../../probe/types.ts";
import { CountedVisit } from "../../probe/visit.ts";
import type { Services } from "../types.ts";

/** Where an image may be pulled from. */
export interface Source {
  /** The mirror's id. */
  readonly id: string;
  /** What goes before an image's name for it to be pulled from here: host, port and path, without a slash at its end. */
  readonly prefix: string;
  readonly scheme: "https" | "http";
}

/** What a source says that a reference points to. */
export type Told = { readonly ok: true; readonly source: Source; readonly digest: string } | Fault;

/** What sources are asked with. */
export interface Asking {
  readonly services: Pick<Services, "clock" | "signal">;
  readonly http: HttpPort;
  readonly userAgent: string;
  /** Hosts where a mirror must not send us. */
  readonly forbiddenHosts: ReadonlySet<string>;
  readonly timeoutMs: number;
}

/**
 * The ways to pull from a mirror by a prefix: the one its operator recommends, if there is one, then its own address. With a path in it that is another
 * place than the daemon asks for a mirror: `HOST/v2/PATH/…` in place of `HOST/PATH/v2/…`, and so each is asked for the very image.
 */
export function sourcesAt({ id, url, mirror }: Candidate): Source[] {
  const named = mirror?.companions.prefix;
  const addresses = [...(named !== undefined && isWebUrl(named) && isProtected(named) ? [named] : []), url];
  const found = addresses.map((address): Source => {
    return { id, prefix: locationOf(address), scheme: address.startsWith("https:") ? "https" : "http" };
  });
  return found.filter(({ prefix }, index) => found.findIndex((each) => each.prefix === prefix) === index);
}

/** What one of these ways to a mirror says of an image; where none does, what the last one said. */
export async function tell(
  sources: readonly Source[],
  repository: string,
  reference: string,
  asking: Asking,
): Promise<Told> {
  let told: Told = fault("no-artefact", { code: "no-known-image", args: {} });
  for (const source of sources) {
    told = await visit(source, asking, (registry) => digestAt(registry, source, repository, reference));
    if (told.ok) return told;
  }
  return told;
}

/** The digest alone costs nothing of a mirror's quota; who answers no HEAD is asked for the manifest. */
async function digestAt(registry: Registry, source: Source, repository: string, reference: string): Promise<Told> {
  const name = `${belowHost(source)}${repository}`;
  const asked = (question: Pick<Question, "maxBytes" | "method">) =>
    registry.get(name, `manifests/${reference}`, { accept: manifestTypes, once: true, ...question });
  const pinned = reference.includes(":") ? reference : null;
  const what = `${repository}:${reference}`;
  const head = await asked({ maxBytes: 0, method: "HEAD" });
  if ("reason" in head) return head;
  const named = head.ok && head.status === 200 ? namedDigest(head) : null;
  if (named !== null) return named === (pinned ?? named) ? { ok: true, source, digest: named } : otherThan(what);
  const bad = faultOfBlob(head, what);
  if (bad !== null && !(head.ok && [405, 501].includes(head.status))) return bad;
  const result = await asked({ maxBytes: maxManifestBytes });
  if ("reason" in result) return result;
  return wholeDigest(result, source, what, pinned);
}

function wholeDigest(result: HttpResult, source: Source, what: string, pinned: string | null): Told {
  const bad = faultOfBlob(result, what);
  if (bad !== null || !result.ok) return bad ?? otherThan(what);
  const read = readManifest(result, what, pinned);
  // Without the usual platform it is an image all the same.
  if (!read.ok && read.reason !== "no-artefact") return read;
  return { ok: true, source, digest: digestOf(result.body) };
}

function otherThan(path: string): Fault {
  return fault("tampered", { code: "wrong-content", args: { path } });
}

/** The digest of an image's configuration for a platform, by which a graph driver keeps it. Null: it did not come, or was not right. */
export function configAt(
  source: Source,
  repository: string,
  digest: string,
  platform: Platform,
  asking: Asking,
): Promise<string | null> {
  return visit(source, asking, async (registry) => {
    let wanted = digest;
    for (let depth = 0; depth < 2; depth += 1) {
      const question = { accept: manifestTypes, once: true, maxBytes: maxManifestBytes } as const;
      const result = await registry.get(`${belowHost(source)}${repository}`, `manifests/${wanted}`, question);
      if ("reason" in result || faultOfBlob(result, repository) !== null) return null;
      const read = readManifest(result, repository, wanted, platform);
      if (!read.ok) return null;
      if (read.platform === null) return read.blobs[0]?.digest ?? null;
      wanted = read.platform;
    }
    return null;
  });
}

/** The part of a prefix below its host, as images are named there. */
function belowHost({ prefix }: Source): string {
  const slash = prefix.indexOf("/");
  return slash === -1 ? "" : `${prefix.slice(slash + 1)}/`;
}

/** Asks a source as the daemon would, for so long at the most, and closes every connection. Nobody's name or password is sent. */
async function visit<T>(
  { id, prefix, scheme }: Source,
  { services, http, userAgent, forbiddenHosts, timeoutMs }: Asking,
  work: (registry: Registry) => Promise<T>,
): Promise<T> {
  const { clock, signal } = services;
  const deadline = startDeadline(clock, timeoutMs, signal);
  const budget = { requests: 20, bytes: 4 * maxManifestBytes };
  const ports = { http, clock, userAgent, forbiddenHosts, budget, signal: deadline.signal, isQuiet: () => true };
  const counted = new CountedVisit({ id, url: `${scheme}://${prefix.split("/")[0]}`, mirror: null }, ports);
  try {
    return await work(new Registry(counted));
  } finally {
    deadline.end();
    counted.close();
  }
}

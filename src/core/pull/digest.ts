import type { Candidate, Reason } from "../../probe/types.ts";
import type { Message } from "../../report/types.ts";
import type { Ranked } from "./ranked.ts";
import type { ImageReference } from "./reference.ts";
import { type Asking, type Source, sourcesAt, type Told, tell } from "./source.ts";

/** Whom to ask for an image, and how. */
export interface Askable {
  readonly ranked: Ranked;
  /** The upstream itself; null where its address is not known. */
  readonly upstream: Source | null;
  readonly asking: Asking;
}

/** A mirror, and what it says that the image is. */
interface Vote {
  readonly candidate: Candidate;
  readonly source: Source;
  readonly digest: string;
}

/** An image that is settled. */
export interface Agreed {
  readonly digest: string;
  /** Mirrors to pull from, those first that have told this digest; others are asked for it. */
  sources(): AsyncGenerator<Source>;
  /** All who told this digest: ids of mirrors, `upstream`; or `reference`, where the person gave it. */
  readonly toldBy: readonly string[];
  readonly messages: readonly Message[];
}

/** Why nothing may be pulled. */
export interface Unsettled {
  readonly digest: null;
  readonly messages: readonly Message[];
}

/** Milliseconds: where the upstream answers no sooner it is not waited for. */
const upstreamMs = 2_000;

/** What one image is asked for with, and what came of it. */
class Inquiry {
  readonly votes: Vote[] = [];
  readonly messages: Message[] = [];
  readonly #image: ImageReference;
  readonly #askable: Askable;
  #next = 0;

  constructor(image: ImageReference, askable: Askable) {
    this.#image = image;
    this.#askable = askable;
  }

  /** Asks further mirrors, best first, until so many have told a digest, or nobody is left. */
  async gather(count: number, reference: string): Promise<void> {
    while (this.votes.length < count) {
      const places = Array.from({ length: count - this.votes.length }, () => this.#next++);
      const found = await Promise.all(places.map((place) => this.#askable.ranked.at(place)));
      const candidates = found.filter((each) => each !== null);
      if (candidates.length === 0) return;
      const told = await Promise.all(candidates.map((each) => this.ask(each, reference)));
      this.votes.push(...told.filter((each) => each !== null));
    }
  }

  /** What a mirror says of the image. Null: it does not give it, which is noted. */
  async ask(candidate: Candidate, reference: string): Promise<Vote | null> {
    const { asking } = this.#askable;
    const told = await tell(sourcesAt(candidate), this.#image.repository, reference, asking);
    if (told.ok) return { candidate, source: told.source, digest: told.digest };
    if (!asking.services.signal.aborted) this.messages.push(refusal(this.#image, candidate.id, told.reason));
    return null;
  }

  /** What the upstream says; null where it does not answer in time. */
  async upstreamWord(reference: string): Promise<string | null> {
    const { upstream, asking } = this.#askable;
    if (upstream === null) return null;
    const own = { ...asking, forbiddenHosts: new Set<string>(), timeoutMs: Math.min(upstreamMs, asking.timeoutMs) };
    const told: Told = await tell([upstream], this.#image.repository, reference, own);
    return told.ok ? told.digest : null;
  }

  /** Those who told a digest, then all others, as far as they have it. */
  async *sourcesOf(digest: string): AsyncGenerator<Source> {
    const [same, others] = [true, false].map((wanted) =>
      this.votes.filter((vote) => (vote.digest === digest) === wanted),
    );
    for (const { source } of same ?? []) yield source;
    for (const { candidate } of others ?? []) {
      const vote = await this.ask(candidate, digest);
      if (vote !== null) yield vote.source;
    }
    for (let left = true; left; ) {
      const seen = this.votes.length;
      await this.gather(seen + 1, digest);
      const more = this.votes.slice(seen);
      left = more.length > 0;
      for (const { source } of more) yield source;
    }
  }
}

/**
 * Settles which content an image is, before anything is pulled. A digest in the reference settles it. A tag is what the upstream says, where that answers
 * quickly; else what two mirrors say, or two of three. What only one says is taken, and it is said that nobody confirmed it.
 */
export async function agree(image: ImageReference, askable: Askable): Promise<Agreed | Unsettled> {
  const inquiry = new Inquiry(image, askable);
  const { messages, votes } = inquiry;
  const { digest, official } =
    image.digest === null ? await settleTag(image, inquiry) : { digest: image.digest, official: "reference" };
  if (digest === null) return { digest, messages: askable.asking.services.signal.aborted ? [] : messages };
  const same = votes.filter((vote) => vote.digest === digest).map(({ candidate }) => candidate.id);
  const toldBy = official === null ? same : [...same, official];
  return { digest, toldBy, messages, sources: () => inquiry.sourcesOf(digest) };
}

/** What a tag points to; null where nobody knows, or they quarrel. `official`: who settles it beyond the mirrors. */
async function settleTag(
  image: ImageReference,
  inquiry: Inquiry,
): Promise<{ readonly digest: string | null; readonly official: string | null }> {
  const tag = image.tag ?? "";
  const [word] = await Promise.all([inquiry.upstreamWord(tag), inquiry.gather(2, tag)]);
  const { votes, messages } = inquiry;
  const [first, second] = votes;
  if (word !== null) {
    const other = votes.find(({ digest }) => digest !== word);
    if (other !== undefined) messages.push(differing(image, other, { id: "upstream", digest: word }));
    return { digest: word, official: "upstream" };
  }
  if (first === undefined) {
    messages.push({ code: "pull-nobody", level: "error", args: { image: image.written } });
    return { digest: null, official: null };
  }
  if (second === undefined) {
    const args = { image: image.written, id: first.candidate.id };
    messages.push({ code: "pull-unconfirmed", level: "warn", args });
  }
  if (second === undefined || second.digest === first.digest) return { digest: first.digest, official: null };
  messages.push(differing(image, first, { id: second.candidate.id, digest: second.digest }));
  return { digest: await majority(image, inquiry), official: null };
}

/** A third mirror settles what two quarrel about; null where it says something else again, or there is none. */
async function majority({ written, tag }: ImageReference, inquiry: Inquiry): Promise<string | null> {
  await inquiry.gather(3, tag ?? "");
  const { votes, messages } = inquiry;
  const most = votes.find(({ digest }) => votes.filter((vote) => vote.digest === digest).length > 1);
  if (most !== undefined) return most.digest;
  const pinned = `${written.replace(/:[^/:]*$/, "")}@${votes[0]?.digest}`;
  messages.push({ code: "pull-no-majority", level: "error", args: { image: written, pinned } });
  return null;
}

function refusal({ written }: ImageReference, id: string, reason: Reason): Message {
  if (reason === "no-artefact") return { code: "pull-absent", level: "info", args: { image: written, id } };
  return { code: "pull-refused", level: "info", args: { image: written, id, reason } };
}

function differing(
  { written }: ImageReference,
  one: Vote,
  other: { readonly id: string; readonly digest: string },
): Message {
  const args = { image: written, one: one.candidate.id, first: one.digest, other: other.id, second: other.digest };
  return { code: "pull-differs", level: "warn", args };
}

import type { Message } from "../../report/types.ts";
import { type Agreed, type Askable, agree } from "./digest.ts";
import type { ImageReference } from "./reference.ts";
import { configAt, type Source } from "./source.ts";
import type { Store } from "./store.ts";

/** What became of one image. */
export interface PulledImage {
  /** As the person wrote it. */
  readonly image: string;
  readonly state: "pulled" | "present" | "failed";
  /** What the reference was found to point to; null where that could not be settled. */
  readonly digest: string | null;
  /** The mirror that it came from; null where none was needed, or none gave it. */
  readonly mirror: string | null;
  /** Who else says that the reference points to this digest: mirrors by id, `upstream`, or `reference` where it has the digest itself. */
  readonly confirmedBy: readonly string[];
  readonly tool: "docker" | "podman";
}

export interface Fetched {
  readonly image: PulledImage;
  readonly messages: readonly Message[];
}

/** Settles what an image is, fetches it by its digest, and gives it its own name. `hub`: what podman puts before a name. */
export async function fetchImage(
  image: ImageReference,
  askable: Askable,
  store: Store,
  hub: string | null,
): Promise<Fetched> {
  const agreed = await agree(image, askable);
  const { tool } = store.program;
  const nothing = { image: image.written, digest: agreed.digest, mirror: null, confirmedBy: [], tool } as const;
  if (agreed.digest === null) return { image: { ...nothing, state: "failed" }, messages: agreed.messages };
  const task: Task = { image, agreed, askable, store, name: ownName(image, store, hub) };
  const { state, mirror, messages } = await fetchAgreed(task);
  const others = state === "failed" ? [] : agreed.toldBy.filter((id) => id !== mirror);
  return { image: { ...nothing, state, mirror, confirmedBy: others }, messages: [...agreed.messages, ...messages] };
}

/** From one mirror after the other, until one has delivered. */
async function fetchAgreed(task: Task): Promise<Pick<PulledImage, "state" | "mirror"> & Pick<Fetched, "messages">> {
  const { image, agreed, askable } = task;
  const { signal } = askable.asking.services;
  const messages: Message[] = [];
  for await (const source of agreed.sources()) {
    if (await isHere(task, source)) {
      const here: Message = { code: "pull-present", level: "info", args: { image: image.written } };
      return { state: "present", mirror: null, messages: [...messages, here] };
    }
    if (signal.aborted) break;
    const tried = await pullFrom(task, source);
    if (tried.kind === "done")
      return { state: "pulled", mirror: source.id, messages: [...messages, ...tried.messages] };
    if (signal.aborted) break;
    messages.push(...tried.messages);
    if (tried.kind === "stop") return { state: "failed", mirror: null, messages };
  }
  if (!signal.aborted) messages.push(nobodyHas(image));
  return { state: "failed", mirror: null, messages };
}

interface Task {
  readonly image: ImageReference;
  readonly agreed: Agreed;
  readonly askable: Askable;
  readonly store: Store;
  /** The name that the image gets in the end; null where it has only a digest, and no tag can be given. */
  readonly name: string | null;
}

/** Docker completes a name as the person wrote it; podman would put `localhost` before it. */
function ownName({ written, repository, tag }: ImageReference, { program }: Store, hub: string | null): string | null {
  if (tag === null) return null;
  return program.tool === "podman" && hub !== null ? `${hub}/${repository}:${tag}` : (written.split("@")[0] ?? written);
}

function nobodyHas({ written }: ImageReference): Message {
  return { code: "pull-nobody", level: "error", args: { image: written } };
}

/** Whether the name already stands for this content. What was pulled through a mirror is known by its configuration: its digest went with the mirror's name. */
async function isHere({ image, agreed, askable, store, name }: Task, source: Source): Promise<boolean> {
  const here = await store.find(name ?? image.written);
  if (here === null) return name === null && store.has(temporaryName(image, agreed, source));
  if (here.id === agreed.digest || here.pulledAs.some((each) => each.endsWith(`@${agreed.digest}`))) return true;
  const config = await configAt(source, image.repository, agreed.digest, here.platform, askable.asking);
  return config !== null && isSame(here.id, config);
}

/** podman leaves out what kind of sum an id is. */
function isSame(id: string, digest: string): boolean {
  return id === digest || `sha256:${id}` === digest;
}

interface Tried {
  /** `stop`: another mirror would not help. */
  readonly kind: "done" | "next" | "stop";
  readonly messages: readonly Message[];
}

/**
 * Pulls by a mirror's prefix and by digest, so that nothing but the content that was settled can come, whatever the mirror sends. The name with the
 * mirror in it goes again, unless it was there before, or is all that keeps the image.
 */
async function pullFrom({ image, agreed, store, name }: Task, source: Source): Promise<Tried> {
  const { tool } = store.program;
  const temporary = temporaryName(image, agreed, source);
  const isOurs = !(await store.has(temporary));
  const complaint = await store.pull(temporary);
  if (complaint === null && name === null) {
    return {
      kind: "done",
      messages: [{ code: "pull-kept", level: "warn", args: { image: image.written, temporary } }],
    };
  }
  const untagged = complaint === null && name !== null ? await tagged(store, temporary, name) : null;
  if (isOurs) await store.forget(temporary);
  const failed = (code: "pull-failed" | "pull-untagged", said: string): Message => {
    const args = { id: source.id, tool, image: image.written, complaint: said };
    return { code, level: code === "pull-failed" ? "warn" : "error", args };
  };
  if (complaint !== null) return { kind: "next", messages: [failed("pull-failed", complaint)] };
  if (untagged !== null) return { kind: "stop", messages: [failed("pull-untagged", untagged)] };
  return { kind: "done", messages: [] };
}

function temporaryName({ repository }: ImageReference, { digest }: Agreed, { prefix }: Source): string {
  return `${prefix}/${repository}@${digest}`;
}

/** Gives an image another name, and looks whether it has it. Null: it has; else what is wrong. */
async function tagged(store: Store, one: string, other: string): Promise<string | null> {
  const complaint = await store.tag(one, other);
  if (complaint !== null) return complaint;
  const [from, to] = await Promise.all([store.find(one), store.find(other)]);
  return from !== null && from.id === to?.id ? null : other;
}

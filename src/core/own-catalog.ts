import { applyEdits, modify } from "jsonc-parser";
import { parseCatalog } from "../catalog/parse.ts";
import type { EcosystemId } from "../catalog/types.ts";
import { idForm, isProtected, isWebUrl } from "../catalog/url.ts";
import { underLock } from "../plan/apply.ts";
import { pathsOf } from "../platform/paths.ts";
import type { Message } from "../report/types.ts";
import { ownCatalogPath, parseFile, problemMessages, unknownKeyMessages } from "./catalog.ts";
import { done, refuse } from "./outcome.ts";
import type { Outcome, Services } from "./types.ts";
import { problemMessage, writerPorts } from "./write.ts";

/** A mirror of the user's own, as `catalog add` takes it. */
export interface OwnMirror {
  readonly ecosystem: EcosystemId;
  readonly id: string;
  readonly url: string;
  readonly name: string | null;
  readonly insecure: boolean;
}

/** Checks a catalog file: the user's own unless another is given. */
export async function validateCatalog(file: string | null, services: Services): Promise<Outcome<Message[]>> {
  const path =
    file === null ? ownCatalogPath(services) : pathsOf(services.read.facts).resolve(services.read.facts.cwd, file);
  if (path === null) return noHome();
  const parsed = await parseFile(services.read, path, file === null ? "user" : "file");
  if (typeof parsed === "string")
    return refuse(2, { code: "catalog-unreadable", level: "error", args: { file: path, why: parsed } });
  if (parsed.catalog === null) return refuse(2, ...problemMessages(path, parsed));
  const sound: Message = {
    code: "catalog-valid",
    level: "info",
    args: { file: path, count: parsed.catalog.mirrors.length },
  };
  return done([...unknownKeyMessages(path, parsed), sound]);
}

/** Adds a mirror to the user's own catalog; the rest of the file stays as it is. */
export async function addMirror(mirror: OwnMirror, services: Services): Promise<Outcome<Message[]>> {
  const { ecosystem, id, url, name, insecure } = mirror;
  if (!idForm.test(id)) return refuse(2, { code: "bad-own-id", level: "error", args: { id } });
  if (!isWebUrl(url)) return refuse(2, { code: "bad-url", level: "error", args: { url } });
  if (!isProtected(url) && !insecure) return refuse(2, { code: "insecure-own-url", level: "error", args: { url } });
  return editOwn(services, (entries, file) => {
    if (entries.some((entry) => entry.id === id && entry.ecosystem === ecosystem)) {
      return refuse(2, { code: "catalog-exists", level: "error", args: { id, ecosystem } });
    }
    const value = { id, ecosystem, url, ...(name === null ? {} : { name }), ...(insecure ? { insecure } : {}) };
    const said: Message = { code: "catalog-added", level: "info", args: { id, ecosystem, file } };
    return done({ index: entries.length, value, said });
  });
}

/** Removes a mirror from the user's own catalog. */
export async function removeMirror(
  ecosystem: EcosystemId,
  id: string,
  services: Services,
): Promise<Outcome<Message[]>> {
  return editOwn(services, (entries, file) => {
    const index = entries.findIndex((entry) => entry.id === id && entry.ecosystem === ecosystem);
    if (index === -1) return refuse(2, { code: "catalog-not-own", level: "error", args: { id, ecosystem } });
    const said: Message = { code: "catalog-removed", level: "info", args: { id, ecosystem, file } };
    return done({ index, value: undefined, said });
  });
}

type Entry = { readonly id: string; readonly ecosystem: string };
type Edit = (entries: readonly Entry[], file: string) => Outcome<{ index: number; value: unknown; said: Message }>;

const emptyCatalog = '{\n  "version": 1,\n  "mirrors": []\n}\n';

/** Reads, edits and writes the file under the lock of all our runs, so that none of several edits is lost. */
async function editOwn(services: Services, edit: Edit): Promise<Outcome<Message[]>> {
  const file = ownCatalogPath(services);
  const ports = writerPorts(services);
  if (file === null || ports === null) return noHome();
  const first = await editedText(file, services, edit);
  if (!first.ok) return first;
  const outcome = await underLock(ports, () => editFile(file, services, edit));
  if (outcome.ok) return outcome.value;
  return refuse(5, problemMessage({ ecosystem: "go", file: ports.place.state, code: outcome.code }));
}

async function editFile(file: string, services: Services, edit: Edit): Promise<Outcome<Message[]>> {
  const edited = await editedText(file, services, edit);
  return edited.ok ? store(file, edited.value.text, services, edited.value.said) : edited;
}

/** What the file would be after an edit; or why it cannot be edited so. */
async function editedText(
  file: string,
  services: Services,
  edit: Edit,
): Promise<Outcome<{ text: string; said: Message }>> {
  const state = await services.read.read(file);
  if (state.kind === "blocked") {
    return refuse(5, { code: "file-blocked", level: "error", args: { file, why: state.why } });
  }
  const text = state.kind === "file" ? new TextDecoder().decode(state.bytes) : emptyCatalog;
  const now = parseCatalog(text, "user");
  if (now.catalog === null) return refuse(2, ...problemMessages(file, now));
  const wanted = edit(now.catalog.mirrors, file);
  if (!wanted.ok) return wanted;
  const { index, value, said } = wanted.value;
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: "\n" };
  const options = { formattingOptions, isArrayInsertion: value !== undefined };
  const edited = applyEdits(text, modify(text, ["mirrors", index], value, options));
  const then = parseCatalog(edited, "user");
  if (then.catalog === null) return refuse(2, ...problemMessages(file, then));
  return done({ text: edited, said });
}

async function store(
  file: string,
  text: string,
  { read, write }: Services,
  said: Message,
): Promise<Outcome<Message[]>> {
  const obstacle = await write.obstacle(file);
  if (obstacle !== null) return refuse(5, { code: "file-problem", level: "error", args: { file, why: obstacle } });
  await write.makeDirectory(pathsOf(read.facts).dirname(file), 0o700);
  await write.replace(file, { bytes: new TextEncoder().encode(text), mode: 0o600, owner: null });
  return done([said]);
}

function noHome(): Outcome<never> {
  return refuse(5, { code: "no-home", level: "error", args: {} });
}

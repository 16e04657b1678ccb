import type { PipProbe } from "../../catalog/types.ts";
import type { HttpAnswer } from "../../ports/types.ts";
import { type Fault, fault, textOf } from "../../probe/answers.ts";
import { contentTypeOf } from "../replies.ts";
import { type Json, jsonIn, memberOf, objectOf, objectsIn, textIn } from "../untrusted.ts";
import { type Tag, tagsIn } from "./html.ts";

/** Bytes of a project's page: those of large projects have some hundred thousand. */
export const maxPageBytes = 1024 * 1024;

/** What pip accepts: https://peps.python.org/pep-0691/#recommendations */
export const pageForms =
  "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html; q=0.1, text/html; q=0.01";

/** One file of a project's page. */
export interface SimpleFile {
  readonly name: string;
  /** As it stands there: perhaps relative to the page. */
  readonly address: string;
  /** Null where the page names none. */
  readonly sha256: string | null;
  readonly hasMetadata: boolean;
  readonly hasTime: boolean;
}

/** A project's page. */
export interface SimplePage {
  readonly form: "json" | "html";
  /** What its addresses are relative to. */
  readonly base: string;
  readonly files: readonly SimpleFile[];
}

/** How pip compares names: https://peps.python.org/pep-0503/#normalized-names */
export function normalised(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

/** Reads a project's page, in either form, as pip tells them apart. @returns null where it is none. */
export function simplePage(answer: HttpAnswer, project: string): SimplePage | null {
  const base = answer.hops.at(-1) ?? "";
  const type = contentTypeOf(answer);
  if (type.endsWith("json")) return jsonPage(jsonIn(textOf(answer)), base);
  const isHtml = ["text/html", "application/vnd.pypi.simple.v1+html"].includes(type);
  return isHtml ? htmlPage(tagsIn(textOf(answer)), base, project) : null;
}

/** https://peps.python.org/pep-0691/#json-serialization */
function jsonPage(found: Json | null, base: string): SimplePage | null {
  const version = textIn(objectOf(memberOf(found, "meta")), "api-version");
  if (version?.startsWith("1.") !== true || !Array.isArray(memberOf(found, "files"))) return null;
  const files = objectsIn(found, "files").map((file) => ({
    name: textIn(file, "filename") ?? "",
    address: textIn(file, "url") ?? "",
    sha256: textIn(objectOf(memberOf(file, "hashes")), "sha256")?.toLowerCase() ?? null,
    hasMetadata: metadataKeys.some((key) => Boolean(memberOf(file, key))),
    hasTime: textIn(file, "upload-time") !== null,
  }));
  return { form: "json", base, files };
}

/** The name of PEP 714, and those that servers used before it. */
const metadataKeys = ["core-metadata", "dist-info-metadata", "data-dist-info-metadata"] as const;

/** https://peps.python.org/pep-0503/ . A login page has links as well: some must be files of the project, or the page must say what it is. */
function htmlPage(tags: readonly Tag[], base: string, project: string): SimplePage | null {
  const saysSo = tags.some(({ name, attributes }) => name === "meta" && attributes.get("name") === versionMeta);
  const files = tags.filter(({ name }) => name === "a").flatMap(linkedFile);
  if (!saysSo && !files.some(({ name }) => isFileOf(project, name))) return null;
  const href = tags.find(({ name, attributes }) => name === "base" && attributes.has("href"))?.attributes.get("href");
  const own = href !== undefined && URL.canParse(href, base) ? new URL(href, base).href : base;
  return { form: "html", base: own, files };
}

const versionMeta = "pypi:repository-version";

function linkedFile({ attributes }: Tag): SimpleFile[] {
  const [address = "", fragment = ""] = (attributes.get("href") ?? "").trim().split("#", 2);
  const last = (address.split("?", 1)[0] ?? "").split("/").at(-1) ?? "";
  const sha256 = /(?:^|&)sha256=([0-9a-f]{64})(?:&|$)/i.exec(fragment)?.[1]?.toLowerCase() ?? null;
  const hasMetadata = ["data-core-metadata", "data-dist-info-metadata"].some((name) => attributes.has(name));
  return last === "" ? [] : [{ name: decoded(last), address, sha256, hasMetadata, hasTime: false }];
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function isFileOf(project: string, file: string): boolean {
  return normalised(file).startsWith(`${normalised(project)}-`) && /\.(whl|tar\.gz|tar\.bz2|zip|egg)$/.test(file);
}

/** A pinned file on its project's page. Another hash under its name is no mistake of ours: files are never replaced. */
export function pinnedFile({ files }: SimplePage, { file, sha256 }: PipProbe): { ok: true; file: SimpleFile } | Fault {
  const named = files.filter(({ name }) => name === file);
  const [found] = named;
  if (found === undefined) return fault("no-artefact", { code: "file-unlisted", args: { file } });
  const isOther = named.some((each) => each.sha256 !== null && each.sha256 !== sha256);
  return isOther ? fault("tampered", { code: "other-hash", args: { file } }) : { ok: true, file: found };
}

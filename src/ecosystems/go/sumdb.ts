import type { GoProbes } from "../../catalog/types.ts";
import type { HttpAnswer, HttpResult } from "../../ports/types.ts";
import { type Fault, fault, faultOf, textOf } from "../../probe/answers.ts";
import type { Visit } from "../../probe/types.ts";
import type { Detail } from "../../report/types.ts";
import { openNote, parseVerifier, treeSize } from "./note.ts";

/** On a connection of its own: none of this has to wait for the artefacts, nor they for it. */
const asked = { maxBytes: 16 * 1024, lane: 1 } as const;

/** How many records the checksum database has, by its signed head; null where it is not served, or not signed. */
export async function databasePosition(visit: Visit, probes: GoProbes, path: string): Promise<number | null> {
  const verifier = probes.sumdb === undefined ? null : parseVerifier(probes.sumdb.key);
  if (verifier === null) return null;
  const result = await visit.get(path, asked);
  if (faultOf(result) !== null) return null;
  const note = openNote(textOf(result), verifier);
  return note.kind === "signed" ? treeSize(note.text) : null;
}

/** A mirror that does not carry the database: no fault, but go must be told to ask elsewhere. */
export interface Lacking {
  readonly ok: false;
  readonly reason: null;
  readonly detail: Detail;
}

function lacking(detail: Detail): Lacking {
  return { ok: false, reason: null, detail };
}

/**
 * Whether a proxy carries the checksum database: it says so (go asks exactly this first), and a look-up brings a record with the known hashes
 * under a signed head. `/supported` alone proves nothing: a login page answers it too. A mirror without the database is no worse a
 * mirror; one that signs with a false key, or breaks down over the question, is. https://go.dev/ref/mod#checksum-database
 */
export async function proveDatabase(
  visit: Visit,
  probes: GoProbes,
): Promise<{ ok: true } | { ok: null } | Lacking | Fault> {
  const { sumdb } = probes;
  const verifier = sumdb === undefined ? null : parseVerifier(sumdb.key);
  if (sumdb === undefined || verifier === null) return { ok: null };
  const root = `/sumdb/${verifier.name}`;
  const supported = visit.isChoice ? null : await isSupported(visit, probes);
  if (supported !== null && supported.ok !== true) return supported;
  const result = await visit.get(`${root}/lookup/${sumdb.lookup}`, asked);
  if (isRefusal(result)) return lacking({ code: "database-without-lookup", args: {} });
  const bad = faultOf(result);
  if (bad !== null) return bad;
  const note = openNote(recordNote(textOf(result)), verifier);
  if (note.kind === "no-note") return lacking({ code: "database-other", args: {} });
  if (note.kind === "forged") return fault("tampered", { code: "database-forged", args: {} });
  return holdsPins(textOf(result), probes) ? { ok: true } : fault("tampered", { code: "database-hashes", args: {} });
}

/** Whether a proxy says that it carries the database. */
export async function isSupported(visit: Visit, { sumdb }: GoProbes): Promise<{ ok: true | null } | Lacking | Fault> {
  if (sumdb === undefined) return { ok: null };
  const supported = await visit.get(`/sumdb/${sumdb.key.split("+")[0]}/supported`, asked);
  if (isRefusal(supported)) return lacking({ code: "database-absent", args: { status: supported.status } });
  return faultOf(supported) ?? { ok: true };
}

/** A plain no, as opposed to a breakdown or a limit. */
function isRefusal(result: HttpResult): result is HttpAnswer {
  return result.ok && result.status >= 400 && result.status < 500 && result.status !== 429;
}

/** A look-up is the record's number, its lines, an empty line, and then the signed head. */
function recordNote(text: string): string {
  const split = text.indexOf("\n\n");
  return split === -1 ? "" : text.slice(split + 2);
}

/** The pinned hashes of the looked-up module must stand in its record, so far as the catalog pins that very module. */
function holdsPins(text: string, probes: GoProbes): boolean {
  const [module = "", version = ""] = probes.sumdb?.lookup.split("@") ?? [];
  const lines = new Set((text.split("\n\n")[0] ?? "").split("\n"));
  const wanted = [
    ...pinsOf(probes.api, `/${module}/@v/${version}.mod`).map((h1) => `${module} ${version}/go.mod ${h1}`),
    ...pinsOf(probes.zip, `/${module}/@v/${version}.zip`).map((h1) => `${module} ${version} ${h1}`),
  ];
  return wanted.every((line) => lines.has(line));
}

function pinsOf(artefacts: GoProbes["api"], path: string): string[] {
  return (artefacts ?? []).filter((artefact) => artefact.path === path).map(({ h1 }) => h1);
}

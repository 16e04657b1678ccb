import { draft } from "../../plan/draft.ts";
import type { Change } from "../../plan/types.ts";
import { isUsable } from "../../probe/rank.ts";
import type { Message } from "../../report/types.ts";
import { barsOf, isBarred } from "../bars.ts";
import { withoutTroubled } from "../draw-up.ts";
import { proofOnly, proveOne } from "../one-mirror.ts";
import { done, refuse } from "../outcome.ts";
import { option, withWayOut } from "../rights.ts";
import type { Outcome, Services } from "../types.ts";
import { pendingMessage, problemMessage } from "../write.ts";
import { writeParts } from "../write-parts.ts";
import type { Examined } from "./examine.ts";
import { newMirror } from "./new-mirror.ts";
import type { Cured, Fix, Patient } from "./types.ts";

/** What one ecosystem wants written. */
export interface Prescription {
  readonly changes: readonly Change[];
  readonly mirrors: readonly string[];
  readonly messages: readonly Message[];
  /** Of each mirror. */
  readonly traits: readonly (readonly string[])[];
}

/** The command as typed, for the history, and the catalog that it named. */
export interface Typed {
  readonly typed: string;
  readonly catalogFile: string | null;
}

type ChangeFix = Extract<Fix, { kind: "change" }>;

/** Applies what can be repaired safely, all of it as one transaction, by the writer that everything goes through. No address is written that has not proved good. */
export async function cure(
  examined: readonly Examined[],
  { typed, catalogFile }: Typed,
  services: Services,
): Promise<Outcome<Cured>> {
  const wanted: Prescription[] = [];
  for (const each of examined) wanted.push(await prescribe(each));
  const drafted = await draft(
    wanted.flatMap(({ changes }) => changes),
    services.read,
  );
  const mirrors = wanted.flatMap((each) => each.mirrors);
  const written = await writeParts(withoutTroubled(drafted), { command: typed, mirrors }, services);
  if (written.refusal !== null) return written.refusal;
  const { transaction, files, problems, pending } = written;
  const troubled = [...drafted.problems, ...problems];
  // The command takes one ecosystem, or none for all.
  const [id, ...others] = new Set(problems.map(({ ecosystem }) => ecosystem));
  const named = id === undefined || others.length > 0 ? [] : [id];
  const args = ["doctor", ...named, "--fix", ...option("--catalog", catalogFile)];
  const refused = await withWayOut(refuse(5, ...troubled.map(problemMessage)), problems, args, services);
  const said = [...written.messages, ...wanted.flatMap((each) => each.messages)];
  const messages = [...said, ...(troubled.length > 0 ? refused.messages : []), ...pending.map(pendingMessage)];
  return done({ exitCode: troubled.length > 0 ? 5 : 0, transaction, files, messages });
}

async function prescribe(examined: Examined): Promise<Prescription> {
  const { chart, patient } = examined;
  const fixes = chart.findings.flatMap(({ fix }) => (fix === null ? [] : [fix]));
  const changes = fixes.filter((fix): fix is ChangeFix => fix.kind === "change");
  const plain = changes.filter(({ addresses }) => addresses.length === 0);
  const { proved, failed, provedTraits } = await proofOf(
    changes.filter(({ addresses }) => addresses.length > 0),
    examined,
  );
  const wantsMirror = failed.length > 0 || fixes.some(({ kind }) => kind === "new-mirror");
  const replacement = wantsMirror ? await newMirror(examined) : null;
  const isReplaced = (replacement?.changes.length ?? 0) > 0;
  const isProved = isReplaced || proved.length > 0 || (chart.standings?.some(isUsable) ?? false);
  const inUse = (chart.standings ?? []).filter(isUsable).map((standing) => standing.traits);
  const traits = isReplaced ? (replacement?.traits ?? []) : [...provedTraits, ...inUse];
  const safe = plain.filter(({ afterProof }) => isProved || !afterProof);
  // Of two changes of one key the first is made.
  return {
    changes: [
      ...(replacement?.changes ?? []),
      ...proved.map(({ change }) => change),
      ...(isReplaced ? failed.map(({ change }) => removalIn(change)) : []),
      ...safe.flatMap(({ change }) => settled(change, traits, patient) ?? []),
    ],
    mirrors: [...(replacement?.mirrors ?? []), ...proved.flatMap(({ addresses }) => addresses)],
    messages: replacement?.messages ?? [],
    traits,
  };
}

/** What of a change is safe with the mirrors that will be in force. */
function settled(change: Change, traits: Prescription["traits"], { clinic, places, catalog }: Patient): Change | null {
  return clinic?.settled === undefined ? change : clinic.settled(change, traits, places, catalog.probes);
}

/** What was meant for a key by another name is out of place once that key has another value. */
function removalIn(change: Change): Change {
  return { ...change, edits: change.edits.filter(({ value }) => value === null) };
}

/**
 * Parts changes by whether all that they bring into use proves good. What is asked is asked once. A single address of the person's own that does not is in
 * neither part: it is not ours to write, nor to replace.
 */
async function proofOf(changes: readonly ChangeFix[], { patient }: Examined) {
  const bars = barsOf({ tools: patient.tools, wish: proofOnly });
  const known = new Map<string, readonly string[] | null>();
  const proved: ChangeFix[] = [];
  const failed: ChangeFix[] = [];
  for (const fix of changes) {
    for (const url of fix.addresses) {
      if (known.has(url)) continue;
      const standing = (await proveOne(patient, url))?.standing;
      const isGood = standing !== undefined && isUsable(standing) && !isBarred(standing, bars);
      known.set(url, isGood ? standing.traits : null);
    }
    const isOwn = fix.rest === undefined && !fix.addresses.every(patient.knowledge.isMirror);
    if (fix.addresses.every((url) => known.get(url) !== null)) proved.push(fix);
    else if (!isOwn) failed.push(fix);
  }
  return { proved, failed, provedTraits: [...known.values()].filter((traits) => traits !== null) };
}

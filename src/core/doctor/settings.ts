import { mirrorsOf } from "../../catalog/find.ts";
import type { EcosystemId } from "../../catalog/types.ts";
import type { Clinic, Mendable, Place, Remedy, WrongSetting } from "../../ecosystems/clinic.ts";
import { halfWidth } from "../../ecosystems/full-width.ts";
import type { KeyEdit } from "../../edits/types.ts";
import type { Change } from "../../plan/types.ts";
import { isNearer } from "../../platform/paths.ts";
import { unsetCommand } from "../../platform/shell.ts";
import type { HostFacts } from "../../platform/types.ts";
import type { Message } from "../../report/types.ts";
import type { Check, Finding, Fix, Patient } from "./types.ts";

/** Settings that are known to be wrong, by the ecosystem's table. */
export const settingsCheck: Check = {
  stages: ["config", "environment"],
  async run(patient, { findings }) {
    const { clinic, places } = patient;
    if (clinic === null) return;
    for (const place of places) {
      for (const wrong of clinic.wrong) {
        const found = matches(wrong, place, patient) ? findingOf(wrong, place, clinic, patient) : null;
        if (found !== null) findings.push(found);
      }
    }
  },
};

function matches({ key, value, onMirror }: WrongSetting, place: Place, patient: Patient): boolean {
  if (!key.test(place.key) || place.value.search(value) === -1) return false;
  return onMirror !== true || wordsOf(place.value).some((word) => isOnMirror(word, patient));
}

function wordsOf(value: string): string[] {
  return value.split(/[\s,]+/).filter((word) => word !== "");
}

/** Whether a host, or an address, is where the catalog has a mirror. */
function isOnMirror(word: string, { catalog, ecosystem }: Patient): boolean {
  const address = word.includes("://") ? word : `https://${word}`;
  if (!URL.canParse(address)) return false;
  const { host, hostname } = new URL(address);
  return mirrorsOf(catalog, ecosystem.id).some(({ url, aliases }) =>
    [url, ...aliases].some((each) => {
      const known = each !== null && URL.canParse(each) ? new URL(each) : null;
      return known !== null && (known.host === host || (known.hostname === hostname && !word.includes("://")));
    }),
  );
}

function findingOf(wrong: WrongSetting, place: Place, clinic: Clinic, patient: Patient): Finding {
  const { severity, says, remedy, source } = wrong;
  const args = { key: place.key, value: place.value };
  const message = { code: says, level: severity, args } as Message;
  const fix = remedy === null ? null : fixOf(remedy, wrong, place, clinic, patient);
  const stage = place.source.startsWith("env:") ? "environment" : "config";
  return { stage, severity, message, where: whereOf(place), repair: repairOf(place, fix, patient), fix, source };
}

/** A place as people write it. */
export function whereOf({ source, line }: Pick<Place, "source" | "line">): string {
  return line === null ? source : `${source}:${line}`;
}

/** What a person can do about it by hand; what `--fix` does is in the fix. */
export function repairOf(place: Place, fix: Fix | null, { ecosystem, clinic, services }: Patient): string | null {
  const { source, editable } = place;
  if (source.startsWith("env:")) return unsetCommand(services.read.facts, source.slice("env:".length));
  if (fix?.kind === "new-mirror") return fastestFor(source, ecosystem.id, services.read.facts);
  if (fix?.change.edits.some(({ value }) => value !== null)) return null;
  return editable === null ? null : (clinic?.takeOut?.(place, editable.scope) ?? null);
}

/** The command that puts a proved mirror in the place of what this file says: a project's goes before the person's own. */
export function fastestFor(file: string, id: EcosystemId, facts: HostFacts): string {
  return `mirror-setup ${id} --fastest${isNearer(file, facts) ? " --scope project" : ""}`;
}

function fixOf(remedy: Remedy, wrong: WrongSetting, place: Place, clinic: Clinic, patient: Patient): Fix | null {
  if (place.editable === null) return null;
  if (remedy === "new-mirror") return { kind: "new-mirror", without: place.value.replace(wrong.value, "") };
  const edits = editsOf(remedy, wrong, place, patient);
  if (edits === null) return null;
  const addresses = edits.flatMap(({ key, value }) =>
    value !== null && clinic.address.test(key) ? clinic.addresses(value) : [],
  );
  return { kind: "change", change: changeTo(place, edits, patient), addresses, afterProof: wrong.afterProof === true };
}

function editsOf(
  remedy: Exclude<Remedy, "new-mirror">,
  { value }: WrongSetting,
  place: Place,
  patient: Patient,
): KeyEdit[] | null {
  const { key } = place;
  if (remedy === "remove") return [{ key, value: null }];
  if (remedy === "remove-mirrors") {
    const kept = wordsOf(place.value).filter((word) => !isOnMirror(word, patient));
    return [{ key, value: kept.length === 0 ? null : kept.join(" ") }];
  }
  if (remedy === "half-width") return [{ key, value: halfWidth(place.value) }];
  if ("replace" in remedy) return [{ key, value: place.value.replace(value, remedy.replace) }];
  const isTaken = patient.places.some((other) => other.source === place.source && other.key === remedy.move);
  return isTaken
    ? null
    : [
        { key, value: null },
        { key: remedy.move, value: place.value.replace(value, remedy.becomes ?? "$&") },
      ];
}

/** What puts a file right that the tool refuses, or of which it passes over what was meant. The person's own addresses need no proof to be read as they stand. */
export function mendedBy(
  { tool, file, editable, addresses }: Mendable,
  patient: Patient,
): Extract<Fix, { kind: "change" }> {
  const change = changeTo({ tool, source: file, editable }, [], patient);
  const proved = addresses.filter((url) => patient.knowledge.isMirror(url));
  return { kind: "change", change: { ...change, mends: true }, addresses: proved, afterProof: false };
}

/** A change of a file that belongs to a tool. */
export function changeTo(
  place: Pick<Place, "tool" | "source" | "editable">,
  edits: readonly KeyEdit[],
  { ecosystem }: Patient,
): Change {
  const how = place.editable ?? ({ format: "npmrc", scope: "user" } as const);
  const whose = { ecosystem: ecosystem.id, tool: place.tool, file: place.source };
  return { ...whose, edits, native: null, newFileMode: 0o600, activation: null, ...how };
}

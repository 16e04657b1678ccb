import { canonical, mirrorAt, mirrorsOf } from "../../catalog/find.ts";
import type { Clinic, Place, Remedy, WrongSetting } from "../../ecosystems/clinic.ts";
import type { KeyEdit } from "../../edits/types.ts";
import type { Change } from "../../plan/types.ts";
import { unsetCommand } from "../../platform/shell.ts";
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

function repairOf({ source, key }: Place, fix: Fix | null, { ecosystem, services }: Patient): string | null {
  if (source.startsWith("env:")) return unsetCommand(services.read.facts, source.slice("env:".length));
  if (fix?.kind === "new-mirror") return `mirror-setup ${ecosystem.id} --fastest`;
  if (fix !== null) return `mirror-setup doctor ${ecosystem.id} --fix`;
  return ecosystem.id === "go" ? `go env -u ${key.trim()}` : null;
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
  if ("replace" in remedy) return [{ key, value: place.value.replace(value, remedy.replace) }];
  const isTaken = patient.places.some((other) => other.source === place.source && other.key === remedy.move);
  return isTaken
    ? null
    : [
        { key, value: null },
        { key: remedy.move, value: place.value },
      ];
}

/** A change of a file that belongs to a tool. */
export function changeTo(place: Place, edits: readonly KeyEdit[], { ecosystem }: Patient): Change {
  const how = place.editable ?? ({ format: "npmrc", scope: "user" } as const);
  const whose = { ecosystem: ecosystem.id, tool: place.tool, file: place.source };
  return { ...whose, edits, native: null, newFileMode: 0o600, activation: null, ...how };
}

/** Addresses that can be told to be wrong without asking anybody: closed mirrors, half an address, plain http. */
export const addressCheck: Check = {
  stages: ["config", "environment"],
  async run(patient, { findings }) {
    const { clinic, places } = patient;
    if (clinic === null) return;
    for (const place of places.filter(({ key }) => clinic.address.test(key))) {
      for (const url of clinic.addresses(place.value)) {
        const found = URL.canParse(url) ? aboutAddress(url, place, patient) : null;
        if (found !== null) findings.push(found);
      }
    }
  },
};

function aboutAddress(url: string, place: Place, patient: Patient): Finding | null {
  const { catalog, ecosystem } = patient;
  const stage = place.source.startsWith("env:") ? "environment" : "config";
  const base = { stage, where: whereOf({ ...place, line: place.lines?.get(url) ?? place.line }) } as const;
  const mirror = mirrorAt(catalog, ecosystem.id, url);
  const better = mirror === null ? wholeAddress(url, patient) : null;
  if (mirror?.status === "closed") {
    const message: Message = {
      code: "odd-closed",
      level: "error",
      args: { id: mirror.id, url, when: mirror.closedOn ?? "" },
    };
    // Of a scope's registry only its owner knows where its packages are now.
    const fix: Fix | null =
      place.editable === null || place.key.startsWith("@") ? null : { kind: "new-mirror", without: null };
    const repair = repairOf(place, fix ?? { kind: "new-mirror", without: null }, patient);
    return { ...base, severity: "error", message, fix, repair };
  }
  if (better !== null) {
    const message: Message = { code: "odd-address", level: "error", args: { url, id: better.id, right: better.url } };
    return { ...base, severity: "error", message, ...replaced(url, better.url, place, patient) };
  }
  const { protocol, hostname } = new URL(url);
  if (protocol !== "http:" || isLocal(hostname) || mirror?.insecure === true) return null;
  const message: Message = { code: "odd-plain", level: "warn", args: { url } };
  const fixed = mirror?.url?.startsWith("https:")
    ? replaced(url, mirror.url, place, patient)
    : { fix: null, repair: null };
  return { ...base, severity: "warn", message, ...fixed };
}

function isLocal(hostname: string): boolean {
  return (
    hostname === "localhost" ||
    /^127\.|^10\.|^192\.168\.|^\[|^172\.(?:1[6-9]|2\d|3[01])\./.test(hostname) ||
    !hostname.includes(".")
  );
}

/** The mirror whose address this is the beginning of, or goes on beyond: `/simple` left out, a page's path behind it. */
function wholeAddress(url: string, { catalog, ecosystem }: Patient): { id: string; url: string } | null {
  const asked = canonical(url) ?? "";
  for (const { id, url: right, status } of mirrorsOf(catalog, ecosystem.id)) {
    const known = right === null ? null : canonical(right);
    if (right === null || known === null || status === "closed") continue;
    if (known.startsWith(`${asked}/`) || asked.startsWith(`${known}/`)) return { id, url: right };
  }
  return null;
}

function replaced(url: string, right: string, place: Place, patient: Patient): Pick<Finding, "fix" | "repair"> {
  if (place.editable === null) return { fix: null, repair: repairOf(place, null, patient) };
  const bare = url.replace(/^https:\/\//, "");
  const value = place.value.includes(url) ? place.value.replace(url, right) : place.value.replace(bare, right);
  const change = changeTo(place, [{ key: place.key, value }], patient);
  const fix: Fix = { kind: "change", change, addresses: [right], afterProof: false };
  return { fix, repair: repairOf(place, fix, patient) };
}

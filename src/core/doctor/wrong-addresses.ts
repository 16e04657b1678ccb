import { canonical, mirrorAt, mirrorsOf } from "../../catalog/find.ts";
import type { Place } from "../../ecosystems/clinic.ts";
import { isNearer } from "../../platform/paths.ts";
import type { Message } from "../../report/types.ts";
import { changeTo, repairOf, whereOf } from "./settings.ts";
import type { Check, Finding, Fix, Patient } from "./types.ts";

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
    const isScoped = place.key.startsWith("@");
    // A project's file is everybody's who works on it: its person decides.
    const isTheirs = place.editable === null || isScoped || isNearer(place.source, patient.services.read.facts);
    const fix: Fix | null = isTheirs ? null : { kind: "new-mirror", without: null };
    const repair = repairOf(place, isScoped ? null : (fix ?? { kind: "new-mirror", without: null }), patient);
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

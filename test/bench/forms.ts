import type { Fault } from "../lab/faults.ts";
import type { ContentFault } from "./content.ts";
import type { ContentName } from "./contents.ts";
import type { Random } from "./sim/random.ts";
import type { SimHost } from "./sim/types.ts";

/** What a mirror can be like: null is healthy; the rest are states of the network, of the certificate, or faults of what is served. */
export type Form = (typeof states)[number] | (typeof certificates)[number] | ContentFault;

type Forms = readonly [Form, ...Form[]];

const states = ["dead", "refuse", "lost-name", "no-name"] as const;
const certificates = ["cert-expired", "cert-wrong-name"] as const;

/** The faults that mirrors of Go have shown, equally likely, each with the forms it is drawn in. */
const ofGo = {
  dead: ["dead"],
  refuse: ["refuse"],
  portal: ["login-page"],
  "fast-404": ["fast-404"],
  "blob-403": ["denied"],
  "ua-denied": ["client-denied"],
  stale: ["stale"],
  tampered: ["tampered-zip", "tampered-mod", "tampered-bulk"],
  truncated: ["truncated", "truncated-late"],
  drip: ["drip"],
  upstream: ["redirect-upstream"],
  expired: ["cert-expired"],
  "wrong-name": ["cert-wrong-name"],
  "5xx": ["random-500"],
  "no-lookup": ["sumdb-supported-only"],
  "http-blob": ["http-only-zip"],
} as const satisfies Record<string, Forms>;

/** Those of package indexes. Left out is what only some tools mind: large files that are missing, and tarballs on another host. */
const ofIndexes = {
  dead: ["dead"],
  refuse: ["refuse"],
  portal: ["login-page", "portal-redirect"],
  "fast-404": ["fast-404"],
  "blob-403": ["denied"],
  "ua-denied": ["client-denied"],
  stale: ["stale"],
  tampered: ["tampered", "tampered-bulk", "tampered-index"],
  truncated: ["truncated", "truncated-late"],
  drip: ["drip"],
  upstream: ["redirect-upstream"],
  "leads-off": ["redirect-http", "redirect-loop"],
  expired: ["cert-expired"],
  "wrong-name": ["cert-wrong-name"],
  "cdn-expired": ["cdn-expired"],
  "5xx": ["random-500"],
  gap: ["no-artefact"],
  "http-blob": ["http-only-zip"],
} as const satisfies Record<string, Forms>;

/** Those of mirrors of Docker Hub, and what differs among sound ones. */
const ofDocker = {
  ...{ dead: ["dead"], refuse: ["refuse"], portal: ["login-page", "portal-redirect"], "fast-404": ["fast-404"] },
  "blob-403": ["denied", "blob-page"],
  "ua-denied": ["client-denied"],
  "not-allowed": ["not-allowed", "too-many", "basic"],
  stale: ["stale"],
  tampered: ["tampered", "tampered-bulk", "tampered-manifest"],
  truncated: ["truncated", "truncated-late"],
  drip: ["drip"],
  upstream: ["redirect-upstream", "token-upstream"],
  "leads-off": ["redirect-http", "redirect-loop"],
  expired: ["cert-expired"],
  "wrong-name": ["cert-wrong-name"],
  "cdn-expired": ["cdn-expired"],
  "5xx": ["random-500"],
  gap: ["no-artefact", "no-bulk"],
  "no-token": ["token-denied", "token-page"],
  "http-blob": ["http-only-zip"],
  odd: ["token", "library-only", "no-canary", "no-head", "redirect-cdn"],
} as const satisfies Record<string, Forms>;

const drawn: Readonly<Record<ContentName, Readonly<Record<string, Forms>>>> = {
  go: ofGo,
  npm: { ...ofIndexes, forged: ["bad-signature"], odd: ["no-signatures", "no-time", "redirect-cdn"] },
  pip: { ...ofIndexes, odd: ["no-serial", "html-only", "redirect-cdn"] },
  docker: ofDocker,
};

/** How a set of forms is drawn. */
interface FormDraw {
  readonly content: ContentName;
  readonly count: number;
  /** How likely each is one of the faults. */
  readonly probability: number;
  /** Only of the faults that make a mirror useless. */
  readonly onlyFaulty: boolean;
}

/** One form for each mirror: null, or a fault. */
export function drawForms(random: Random, { content, count, probability, onlyFaulty }: FormDraw): Form[] {
  const isWanted = ([first]: Forms) => !onlyFaulty || isFaulty(first);
  const all = Object.values<Forms>(drawn[content]).filter(isWanted) as [Forms, ...Forms[]];
  return Array.from({ length: count }, () => {
    const isDrawn = random.chance(probability);
    const form = random.pick(random.pick(all));
    return isDrawn ? form : null;
  });
}

/** What tools make do with. A mirror without look-ups in the checksum database is as good as any: go is told to ask elsewhere. */
const harmless: readonly Form[] = [
  null,
  "sumdb-supported-only",
  "no-serial",
  "html-only",
  "no-signatures",
  "no-time",
  "redirect-cdn",
  "token",
  "library-only",
  "no-canary",
  "no-head",
];

export function isFaulty(form: Form): boolean {
  return !harmless.includes(form);
}

/** How a form shows in a simulated host. */
export function faceOf(form: Form): {
  readonly state: SimHost["state"];
  readonly certificate: SimHost["certificate"];
  readonly content: ContentFault;
} {
  const state = states.find((each) => each === form) ?? "up";
  const certificate = certificates.find((each) => each === form) ?? "good";
  const isContent = state === "up" && certificate === "good";
  return { state, certificate, content: isContent ? (form as ContentFault) : null };
}

const inLab = {
  dead: "hang-connect",
  refuse: "refused",
  "lost-name": "refused",
  "no-name": "refused",
  "cert-expired": "tls-expired",
  "cert-wrong-name": "tls-wrong-name",
  "truncated-late": "truncated",
  "random-500": "flaky-500",
} as const;

/** The form that the lab has for a form. */
export function labFault(form: Form): Fault | null {
  return typeof form === "string" && form in inLab ? inLab[form as keyof typeof inLab] : (form as Fault | null);
}

/** The form that the simulation has for what the lab makes of a form. */
export function likeLab(form: Form): Form {
  if (form === "lost-name" || form === "no-name") return "refuse";
  if (form === "truncated-late" || form === "random-500") return inLab[form];
  return form;
}

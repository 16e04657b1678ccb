/**
 * Every way a host can be bad, one line each: what it does, and what a real mirror did. Each layer's table is implemented by one file, and the
 * compiler checks that none is forgotten.
 */

/** What happens before any HTTP (door.ts). */
export const connectionFaults = {
  refused: "nothing listens on the port: hosts that were switched off (a dead entry)",
  "hang-connect": "accepts, then never sends a byte: a DDoSed or black-holed host",
  "hang-tls": "begins a ServerHello and stops: middleboxes that cut the handshake",
  garbage: "speaks SSH on the port: something else moved into the address",
  "plain-http": "speaks HTTP where TLS is expected: a misconfigured load balancer",
} as const;

/** Which certificate the host shows (tls.ts). */
export const certificateFaults = {
  "tls-expired": "the certificate ended yesterday: goproxy.io 2021-09-25, npmmirror 2022-09-21",
  "tls-not-yet": "the certificate begins tomorrow: seen from machines whose clock is behind",
  "tls-wrong-name": "the certificate names another host: a poisoned DNS answer",
  "tls-untrusted": "the certificate is by an unknown CA: an intercepting proxy",
  "tls-expiring": "valid, but ends in three days: the day before each case of",
} as const;

/** What any HTTP mirror can do, whatever it mirrors (http-faults.ts). */
export const httpFaults = {
  "hang-response": "reads the request, never answers: backends that time out (`/supported` 504)",
  "hang-body": "sends headers and half of the body, then nothing: stalled downloads",
  reset: "drops the connection after the request: filtered connections",
  "login-page": "200 with an HTML page for every path: a captive portal; an empty or odd 200 proves nothing",
  "fast-404": "404 for everything, quickly: closed services that still resolve (old paths)",
  "error-500": "500 for everything: an overloaded mirror",
  "flaky-500": "every third request fails with 500: one bad backend behind a balancer",
  "rate-limited": "429 with Retry-After: speed tests get addresses banned",
  denied: "index fine, every file 403: tuna blocks subnets that download large binaries",
  "client-denied": "403 to the tool's own user agent, 200 to others: tuna and pip's user agent",
  "redirect-upstream": "302 to the upstream for everything: a name, not a mirror",
  "redirect-http": "302 from https to plain http: a CDN behind cnpmjs",
  "http-only-zip": "only the files are redirected to plain http",
  "redirect-loop": "302 to itself, for ever: a misconfigured CDN",
  "redirect-cdn": "healthy: files are 302'd to a second TLS port, as goproxy.cn does with large zips",
  "cdn-expired": "like redirect-cdn, but the CDN's certificate has expired: check redirect hosts too",
  truncated: "files break off halfway though Content-Length is full: a cut connection",
  "truncated-all": "every body breaks off halfway",
  drip: "20 kB/s: throttled by address",
  endless: "200 and a body that never ends: an attack, or a stream put in the wrong place",
  "gzip-bomb": "1 MiB of gzip that unpacks to 1 GiB: an attack",
  escapes: "200 with terminal escapes in reason, headers and body: an attack on what we print",
  "escapes-redirect": "302 with terminal escapes in reason, Location and body: the same",
  "escapes-header": "an ESC byte inside a header, which HTTP parsers must refuse: the same",
  "huge-headers": "a megabyte of headers: an attack",
} as const;

/** What only a Go mirror can get wrong (protocols/go-faults.ts). */
export const goFaults = {
  "tampered-mod": "every .mod has a line too many (force-pushed tags differ between proxies)",
  "tampered-zip": "valid zips of the small modules with one file altered",
  "tampered-bulk": "the same for the larger artefacts only: big files are served by other machines",
  stale: "a consistent, truly signed, but older checksum database: synchronisation stopped",
  "no-sumdb": "404 under /sumdb/: Huawei's mirror",
  "sumdb-forbidden": "403 under /sumdb/: go then fails hard",
  "sumdb-supported-only": "/supported is 200 but lookups are 404",
  "sumdb-forged":
    "a database that agrees with the tampered files, under the real key's name and hash, signed by another",
  "no-artefact": "404 for every module file, everything else fine: upstream deleted it, or a gap",
  "no-bulk": "404 for the larger artefacts only",
} as const;

/** What only a package index for pip can get wrong (protocols/pypi-faults.ts). */
export const pipFaults = {
  stale: "three days behind: the canaries' last two versions are missing, their serials are lower; tuna 2026-08-24",
  tampered: "the index is right, but the wheels of the small projects have other bytes of the same length",
  "tampered-bulk": "the same for the large wheel only: big files are served by other machines",
  "tampered-index": "every wheel has other bytes, and the index names their hashes: a mirror that lies consistently",
  "no-artefact": "404 for the pages and files of all projects but the canaries: a gap",
  "no-bulk": "404 for the large wheel's file, though the index names it",
  "portal-redirect": "302 to a login page on plain http for everything: a captive portal",
  "no-serial": "neither a SERIAL comment nor _last-serial: a proxy that makes its pages anew, not bandersnatch",
  "html-only": "answers in HTML whatever is accepted: a mirror from before PEP 691",
} as const;

/** What only an npm registry can get wrong (protocols/npm-faults.ts). */
export const npmFaults = {
  stale:
    "three days behind: the canaries' last two versions are missing, dist-tags and times are older; npmmirror 2022-10",
  tampered: "packuments are right, but the tarballs of the small packages have other bytes of the same length",
  "tampered-bulk": "the same for the larger tarballs only: big files are served by other machines",
  "tampered-index":
    "every tarball has other bytes, and the packuments name their integrity: a mirror that lies consistently, but for the signatures, which it cannot make and leaves as they were",
  "no-artefact": "404 for the packuments and tarballs of all packages but the canaries: a gap",
  "no-bulk": "404 for the larger tarballs, though the packuments name them: npmmirror skips what is over 80 MiB",
  "portal-redirect": "302 to a login page on plain http for everything: a captive portal",
  "foreign-tarball-host": "healthy, but dist.tarball names another host: npm 12 refuses it",
  "no-signatures": "no dist.signatures: a registry that drops what it does not know",
  "bad-signature": "dist.signatures by another key under the real key's id",
  "no-time": "no time in full metadata: what waits for a version to be old enough fails",
} as const;

/** What only a mirror of Docker Hub can get wrong, or do otherwise (protocols/docker-faults.ts). */
export const dockerFaults = {
  stale: "three days behind: a moving tag points to an older image; Aliyun's accelerator kept old `latest`s for years",
  tampered: "manifests are right, but the small blobs have other bytes of the same length",
  "tampered-bulk": "the same for the larger layers only: big files are served by other machines",
  "tampered-manifest": "a manifest that was asked for by its digest has another one",
  "no-artefact": "404 for the image that proves it, though others are there: a gap",
  "not-allowed": "/v2/ is fine, every image 403: for the operator's own cloud only",
  "no-bulk": "404 for the larger layers, though the manifest names them",
  "library-only": "healthy, but 403 for images that are not official ones: an allow-list",
  "other-tag":
    "healthy, but the tag of the image that is not official points to what no other mirror has: behind, or lying",
  "other-manifest": "healthy, but that image's manifests are not what their digests say",
  "other-blobs": "healthy, but that image's layers are not what their digests say",
  "other-hangs": "healthy, but that image's layers never come",
  "no-canary": "404 for the image that tells how old it is: an allow-list",
  "too-many": "403 with TOOMANYREQUESTS in the body for manifests: the hub's own limit, passed on",
  "blob-page": "200 with an HTML page for every blob: what an allow-list says in place of an error",
  "no-head": "405 for HEAD: proxies that were written for GET alone",
  "portal-redirect": "302 to a login page on plain http for everything: a captive portal",
  token: "healthy, but wants a token for each repository, from another port",
  "token-denied": "the same, and 403 for every token",
  "token-page": "the same, and an HTML page in place of a token",
  "token-plain": "wants a token from an address on plain http",
  "token-upstream": "wants a token from the upstream: who needs a mirror cannot get it",
  "late-challenge": "wants tokens, and /v2/ does not say so: dockerd, which asks there, then has none for the images",
  basic: "wants a user name and a password",
  unchallenged: "401 for everything, without a word about what it wants",
} as const;

/** What a host of each ecosystem can get wrong beyond what any HTTP mirror can. */
const ownFaults = { go: goFaults, pip: pipFaults, npm: npmFaults, docker: dockerFaults } as const;
const commonFaults = { ...connectionFaults, ...certificateFaults, ...httpFaults } as const;

/** The ecosystems that a host of the lab may carry. */
export type LabEcosystem = keyof typeof ownFaults;

export type HttpFault = keyof typeof httpFaults;
export type OwnFault<E extends LabEcosystem> = keyof (typeof ownFaults)[E];
export type GoFault = OwnFault<"go">;

/** Every fault that a host of an ecosystem can have. */
export type FaultName<E extends LabEcosystem = "go"> = { [K in E]: keyof typeof commonFaults | OwnFault<K> }[E];

/** A fault by name; a redirect may say where to, which also makes "mirror A is only a redirect to mirror B". */
export type Fault = FaultName<LabEcosystem> | { readonly name: "redirect-upstream"; readonly to: string };

/** The whole table of each ecosystem, for documentation and for tests that go through all of them. */
export const faultTables: { readonly [E in LabEcosystem]: Readonly<Record<FaultName<E>, string>> } = {
  go: { ...commonFaults, ...goFaults },
  pip: { ...commonFaults, ...pipFaults },
  npm: { ...commonFaults, ...npmFaults },
  docker: { ...commonFaults, ...dockerFaults },
};

/** The table of Go. */
export const faultTable = faultTables.go;

/** The name of a fault in either spelling. */
export function faultName(fault: Fault): FaultName<LabEcosystem> {
  return typeof fault === "string" ? fault : fault.name;
}

/** One, several or none, as a list. */
export function faultList(fault: Fault | readonly Fault[] | null | undefined): readonly Fault[] {
  if (fault === null || fault === undefined) return [];
  return typeof fault === "string" || "name" in fault ? [fault] : fault;
}

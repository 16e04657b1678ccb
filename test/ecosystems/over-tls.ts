import { afterAll, beforeAll, expect, it } from "vitest";
import { parseCatalog } from "../../src/catalog/parse.ts";
import type { Probes } from "../../src/catalog/types.ts";
import { realClock } from "../../src/ports/clock.ts";
import { realHttp } from "../../src/ports/http/index.ts";
import type { Protocol, Reason } from "../../src/probe/types.ts";
import { CountedVisit } from "../../src/probe/visit.ts";
import type { Fault, FaultName } from "../lab/faults.ts";
import { type Lab, startLab } from "../lab/index.ts";

/** What a protocol must find of a host with a fault. Null as a reason: it proves good. */
export interface Finding {
  readonly reason: Reason | null | readonly (Reason | null)[];
  readonly traits?: readonly string[];
  /** The host never answers: after so long it is asked no more. */
  readonly patienceMs?: number;
  /** Whether the large artefact is there and begins as it should; null: it is not there. Not looked at unless given. */
  readonly bulk?: boolean | null;
  /** What the last check of a winner says; not looked at unless given. */
  readonly last?: Reason | "passed" | null;
  readonly isStale?: boolean;
}

type Ecosystem = "npm" | "pip" | "docker";

/** What any host can do, whatever it carries. */
export const common = {
  refused: { reason: "connect" },
  "hang-connect": { reason: "timeout", patienceMs: 300 },
  "hang-tls": { reason: "timeout", patienceMs: 300 },
  garbage: { reason: "not-a-mirror" },
  "plain-http": { reason: "not-a-mirror" },
  "tls-expired": { reason: "tls" },
  "tls-not-yet": { reason: "tls" },
  "tls-wrong-name": { reason: "tls" },
  "tls-untrusted": { reason: "tls" },
  "tls-expiring": { reason: null },
  "hang-response": { reason: "timeout", patienceMs: 600 },
  "hang-body": { reason: "timeout", patienceMs: 600 },
  reset: { reason: "connect" },
  "login-page": { reason: "not-a-mirror" },
  "fast-404": { reason: "http-status" },
  "error-500": { reason: "http-status" },
  // Which request of several connections is the third is chance; a refusal to tell how far it is says nothing against a mirror.
  "flaky-500": { reason: [null, "http-status"] },
  "rate-limited": { reason: "rate-limited" },
  denied: { reason: "denied" },
  "client-denied": { reason: "client-denied" },
  "redirect-upstream": { reason: "redirects-away" },
  "redirect-http": { reason: "redirects-away" },
  "http-only-zip": { reason: "redirects-away" },
  "redirect-loop": { reason: "redirects-away" },
  "redirect-cdn": { reason: null, traits: ["cdn"], bulk: true },
  "cdn-expired": { reason: "tls" },
  truncated: { reason: "truncated" },
  "truncated-all": { reason: "truncated" },
  drip: { reason: null },
  endless: { reason: "not-a-mirror" },
  "gzip-bomb": { reason: "not-a-mirror" },
  escapes: { reason: "not-a-mirror" },
  "escapes-redirect": { reason: "redirects-away" },
  "escapes-header": { reason: "not-a-mirror" },
  "huge-headers": { reason: "not-a-mirror" },
} as const satisfies Partial<Record<FaultName<Ecosystem>, Finding>>;

/** Has a protocol prove hosts of the lab, over real sockets and TLS, one for each fault and a sound one to compare them with. */
export function proveEach<E extends Ecosystem>(
  ecosystem: E,
  protocolOf: (probes: Probes) => Protocol,
  findings: Readonly<Record<FaultName<E> & string, Finding>>,
  mostRequests = 6,
): void {
  const faults = Object.keys(findings) as (FaultName<E> & string)[];
  let lab: Lab;
  let sound: Proved;
  beforeAll(async () => {
    const bad = faults.map((fault) => ({ id: fault, ecosystem, rttMs: 1, fault: fault as Fault }));
    lab = await startLab([{ id: "sound", ecosystem, rttMs: 1 }, ...bad]);
    sound = await proveAt(lab, "sound", protocolOf, { reason: null, bulk: true });
  });
  afterAll(() => lab.close());

  it("a sound host", () => {
    expect(sound).toMatchObject({ proof: { reason: null }, bulk: true });
    expect(sound.proof.position).toBeGreaterThan(0);
  });

  it.each(faults)("%s", async (fault) => {
    const finding: Finding = findings[fault];
    const { reason, traits = [], isStale, bulk, last } = finding;
    const found = await proveAt(lab, fault, protocolOf, finding);
    expect(Array.isArray(reason) ? reason : [reason]).toContain(found.proof.reason);
    expect(found.proof.traits).toEqual(expect.arrayContaining([...traits]));
    expect(found.requests).toBeLessThanOrEqual(mostRequests + found.redirects);
    const { position } = found.proof;
    const behind = position === null ? null : (sound.proof.position ?? Number.NaN) - position;
    if (isStale !== undefined) expect(behind).not.toBeNull();
    if (behind !== null) expect(behind > found.allowedLag).toBe(isStale ?? false);
    if (bulk !== undefined) expect(found.bulk).toBe(bulk);
    if (last !== undefined) expect(found.last).toBe(last);
    await expect.poll(() => lab.host(fault).sockets).toBe(0);
  });
}

type Proved = Awaited<ReturnType<typeof proveAt>>;

async function proveAt(lab: Lab, id: string, protocolOf: (probes: Probes) => Protocol, finding: Finding) {
  const { patienceMs = 20_000 } = finding;
  const { catalog } = parseCatalog(JSON.stringify(lab.catalog), "file");
  const protocol = protocolOf(catalog?.probes ?? {});
  const signal = AbortSignal.timeout(patienceMs);
  const visit = new CountedVisit(
    { id, url: lab.host(id).mirrorUrl, mirror: null },
    {
      http: realHttp({ os: "linux", env: lab.env, home: null, uid: null, cwd: lab.directory }),
      clock: realClock,
      userAgent: protocol.userAgent(null),
      signal,
      isQuiet: () => true,
      budget: { requests: 99, bytes: 99e6 },
      forbiddenHosts: new Set(["upstream.invalid"]),
    },
  );
  try {
    const proof = await protocol.prove(visit);
    const checked = finding.last === undefined ? null : await protocol.lastCheck(visit);
    const last = checked === null ? null : checked.ok ? "passed" : checked.reason;
    const requests = visit.requests;
    const bulk = finding.bulk === undefined ? null : await beginsRight(visit, protocol);
    const redirects = lab.host(id).log.filter(({ status }) => status >= 300 && status < 400).length;
    return { proof, last, bulk, requests, redirects, allowedLag: protocol.allowedLag };
  } finally {
    visit.close();
  }
}

/** Whether the large artefact begins as the world's does; null where there is none. */
async function beginsRight(visit: CountedVisit, protocol: Protocol): Promise<boolean | null> {
  if (visit.bulk === null) return null;
  const result = await visit.get(visit.bulk, { maxBytes: 70_000, range: "0-69999" });
  return result.ok && result.status < 300 ? protocol.looksRight(result.body) : null;
}

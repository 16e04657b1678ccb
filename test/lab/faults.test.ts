import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, type Outcome } from "./ask.ts";
import { type FaultName, faultTable } from "./faults.ts";
import { type Lab, startLab } from "./index.ts";
import { halfway, location, ok, type Step, says, walk } from "./steps.ts";

const mod = "/lab.example/greet/@v/v1.0.0.mod";
const zip = "/lab.example/greet/@v/v1.0.0.zip";
const bulk = "/lab.example/bulk/@v/v1.0.0.zip";
const latest = "/sumdb/sum.golang.org/latest";
const supported = "/sumdb/sum.golang.org/supported";
const lookup = "/sumdb/sum.golang.org/lookup/lab.example/greet@v1.0.0";

const noReply = (problem: RegExp): Step[] => [{ path: mod, status: 0, problem, patienceMs: 300 }];
const all = (status: number): Step[] => [mod, zip, latest].map((path) => ({ path, status, problem: null }));
const upstream = location(/^https:\/\/upstream\.invalid\/lab\.example\//);
const plain = location(/^http:\/\/127\.0\.0\.1:\d+\/lab\.example\//);
const go = { headers: { "user-agent": "Go-http-client/2.0" } };

/** Every fault, checked by the compiler to be here. */
const cases: Record<FaultName, Step[]> = {
  refused: noReply(/ECONNREFUSED/),
  "hang-connect": noReply(/PATIENCE/),
  "hang-tls": noReply(/PATIENCE/),
  garbage: noReply(/EPROTO|SSL/),
  "plain-http": noReply(/EPROTO|SSL/),
  "tls-expired": noReply(/CERT_HAS_EXPIRED/),
  "tls-not-yet": noReply(/CERT_NOT_YET_VALID/),
  "tls-wrong-name": noReply(/ALTNAME_INVALID/),
  "tls-untrusted": noReply(/UNABLE_TO/),
  "tls-expiring": [{ ...ok(mod), check: (o) => daysLeft(o) > 2 && daysLeft(o) < 4 }],
  "hang-response": noReply(/PATIENCE/),
  "hang-body": [{ path: mod, status: 200, problem: /PATIENCE/, patienceMs: 300, check: halfway }],
  reset: noReply(/ECONNRESET/),
  "login-page": [
    { ...ok("/any/thing"), check: says("<html>") },
    { ...ok(zip), check: says("<html>") },
  ],
  "fast-404": all(404),
  "error-500": all(500),
  "flaky-500": [ok(mod), ok(mod), { path: mod, status: 500 }, ok(mod), ok(mod), { path: mod, status: 500 }],
  "rate-limited": [{ path: mod, status: 429, check: (o) => o.headers["retry-after"] === "120" }],
  denied: [ok(mod), ok(latest), { path: zip, status: 403 }, { path: bulk, status: 403 }],
  "client-denied": [ok(mod), { path: mod, status: 403, ...go }],
  "redirect-upstream": [{ path: mod, status: 302, check: upstream }],
  "redirect-http": [{ path: mod, status: 302, check: plain }],
  "http-only-zip": [ok(mod), { path: zip, status: 302, check: plain }],
  "redirect-loop": [{ path: mod, status: 302, check: (o) => o.headers.location === mod }],
  "redirect-cdn": [ok(mod), { path: zip, status: 302, check: location(/^https:\/\/127\.0\.0\.1:\d+\/lab/) }],
  "cdn-expired": [ok(mod), { path: zip, status: 302 }],
  truncated: [ok(mod), { path: zip, status: 200, problem: /ECONNRESET/, check: halfway }],
  "truncated-all": [{ path: mod, status: 200, problem: /ECONNRESET/, check: halfway }],
  drip: [{ path: bulk, status: 200, problem: /PATIENCE/, patienceMs: 1000, check: (o) => o.body.length < 60_000 }],
  endless: [{ path: mod, status: 200, limit: 9e6, check: (o) => o.headers["transfer-encoding"] === "chunked" }],
  "gzip-bomb": [{ ...ok(mod), check: isBomb }],
  escapes: [{ ...ok(mod), check: (o) => o.reason.includes("\u001b]0;") && says("\u001b[2J")(o) }],
  "escapes-redirect": [{ path: mod, status: 302, check: location(/^https:\/\/upstream\.invalid\/\u009d/) }],
  "escapes-header": noReply(/HPE_INVALID/),
  "huge-headers": noReply(/HPE_HEADER_OVERFLOW/),
  "tampered-mod": [{ ...ok(mod), check: says("// altered") }, ok(zip), ok(latest)],
  "tampered-zip": [
    { ...ok(zip), check: says("// altered") },
    { ...ok(mod), check: (o) => !says("altered")(o) },
  ],
  "tampered-bulk": [
    { ...ok(bulk), check: says("// altered") },
    { ...ok(zip), check: (o) => !says("altered")(o) },
  ],
  stale: [
    { ...ok(latest), check: says("tree\n40\n") },
    { ...ok(lookup), check: says("tree\n40\n") },
  ],
  "no-sumdb": [ok(mod), { path: supported, status: 404 }, { path: lookup, status: 404 }],
  "sumdb-forbidden": [ok(mod), { path: supported, status: 403 }],
  "sumdb-supported-only": [ok(supported), { path: lookup, status: 404 }, { path: latest, status: 404 }],
  "sumdb-forged": [{ ...ok(latest), check: says("tree\n96\n") }, ok(lookup)],
  "no-artefact": [{ path: mod, status: 404 }, { path: bulk, status: 404 }, ok(lookup)],
  "no-bulk": [ok(zip), { path: bulk, status: 404 }],
};

describe("each fault is as documented", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab((Object.keys(cases) as FaultName[]).map((fault) => ({ id: fault, rttMs: 1, fault })));
  });
  afterAll(() => lab.close());

  it.each(Object.keys(cases) as FaultName[])("%s", async (fault) => {
    await walk(lab, fault, cases[fault]);
    expect(faultTable[fault].length).toBeGreaterThan(20);
    await expect.poll(() => lab.host(fault).sockets).toBe(0);
  });

  it("may be combined, changed and taken away while the host runs", async () => {
    const host = lab.host("refused");
    host.setFault(["redirect-cdn", "truncated", "tls-expiring"]);
    await expect.poll(async () => (await ask(lab, host.url + mod)).status).toBe(200);
    const moved = String((await ask(lab, host.url + zip)).headers.location);
    expect(await ask(lab, moved)).toMatchObject({ status: 200, problem: "ECONNRESET" });
    expect(host.log.at(-1)).toMatchObject({ path: zip, status: 200, port: Number(new URL(moved).port) });
    host.setFault("cdn-expired");
    expect((await ask(lab, moved)).problem).toBe("CERT_HAS_EXPIRED");
    host.setFault({ name: "redirect-upstream", to: lab.host("no-bulk").url });
    expect((await ask(lab, host.url + zip)).headers.location).toBe(lab.host("no-bulk").url + zip);
    host.setFault(null);
    expect((await ask(lab, host.url + zip)).status).toBe(200);
  });
});

function daysLeft({ certificateEnds }: Outcome): number {
  return (Date.parse(certificateEnds ?? "") - Date.now()) / 86_400_000;
}

/** 64 equal members, each of 16 MiB unpacked. */
function isBomb({ body, headers }: Outcome): boolean {
  const member = body.subarray(0, body.length / 64);
  return headers["content-encoding"] === "gzip" && gunzipSync(member).length * 64 === 2 ** 30;
}

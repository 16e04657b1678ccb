import { createPublicKey, verify } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, type Outcome } from "./ask.ts";
import { type FaultName, faultTables, type OwnFault } from "./faults.ts";
import { type Lab, startLab } from "./index.ts";
import { makeNpmWorld } from "./npm-world.ts";
import { tarballPath } from "./protocols/npm-registry.ts";
import { location, ok, type Step, says, walk } from "./steps.ts";

const { packages } = makeNpmWorld();
const greet = "/lab-greet/-/lab-greet-1.0.0.tgz";
const bulk = "/lab-bulk/-/lab-bulk-1.0.0.tgz";
const middling = "/lab-middling/-/lab-middling-1.0.0.tgz";
const canary = "/lab-canary/-/lab-canary-1.0.1.tgz";
const document = "/lab-greet/1.0.0";
const json = ({ body }: Outcome) => JSON.parse(String(body));
const honest = (path: string): Step => ({ ...ok(path), check: ({ body }) => body.equals(contentOf(path)) });
const other = (path: string): Step => ({
  ...ok(path),
  check: ({ body }) => body.length === contentOf(path).length && !body.equals(contentOf(path)),
});
const gone = (path: string): Step => ({ path, status: 404, check: (outcome) => "error" in json(outcome) });
const named = (path: string, expected = true): Step => ({
  ...ok(path),
  check: (outcome) => (json(outcome).dist.integrity === integrityOf(json(outcome).name)) === expected,
});

/** Every fault that only an npm mirror has, and those of HTTP that depend on what a file or the tool is. */
const cases: Record<OwnFault<"npm">, Step[]> & Partial<Record<FaultName<"npm">, Step[]>> = {
  stale: [
    { ...ok("/-/package/lab-canary/dist-tags"), check: (o) => json(o).latest === "1.0.2" },
    { ...ok("/lab-canary"), check: (o) => json(o).time.modified === json(o).time["1.0.2"] && !says("1.0.3")(o) },
    { path: "/lab-greet/1.1.0", status: 404 },
    honest(bulk),
  ],
  tampered: [named(document), other(greet), honest(bulk), honest(middling)],
  "tampered-bulk": [named("/lab-bulk/1.0.0"), other(bulk), other(middling), honest(greet)],
  "tampered-index": [named(document, false), named("/lab-bulk/1.0.0", false), other(greet), other(bulk)],
  "no-artefact": [gone("/lab-greet"), gone(greet), gone(document), gone(bulk), ok("/lab-canary"), honest(canary)],
  "no-bulk": [ok("/lab-bulk/1.0.0"), gone(bulk), gone(middling), honest(greet)],
  "portal-redirect": [{ path: "/lab-greet", status: 302, check: location(/^http:\/\/127\.0\.0\.1:\d+\/login$/) }],
  "foreign-tarball-host": [named(document)],
  "no-signatures": [
    { ...ok(document), check: (o) => json(o).dist.signatures === undefined && "integrity" in json(o).dist },
    { ...ok("/lab-greet"), check: (o) => says('"time"')(o) && !says("signatures")(o) },
  ],
  "bad-signature": [named(document)],
  "no-time": [{ ...ok("/lab-greet"), check: (o) => json(o).time === undefined && "versions" in json(o) }],
  denied: [named(document), { path: greet, status: 403 }, { path: bulk, status: 403 }],
  "client-denied": [named(document), { path: document, headers: { "user-agent": "npm/11.0.0 node/v20" }, status: 403 }],
  "redirect-cdn": [named(document), { path: greet, status: 302, check: location(/^https:.*greet-1\.0\.0\.tgz$/) }],
  "http-only-zip": [named(document), { path: greet, status: 302, check: location(/^http:.*greet-1\.0\.0\.tgz$/) }],
};

describe("each fault of an npm mirror is as documented", () => {
  let lab: Lab;
  beforeAll(async () => {
    const specs = Object.keys(cases).map((fault) => ({ id: fault, fault: fault as FaultName<"npm"> }));
    lab = await startLab(specs.map((spec) => ({ ...spec, ecosystem: "npm", rttMs: 1 })));
  });
  afterAll(() => lab.close());

  it.each(Object.keys(cases) as FaultName<"npm">[])("%s", async (fault) => {
    await walk(lab, fault, cases[fault] ?? []);
    expect(faultTables.npm[fault].length).toBeGreaterThan(20);
  });

  it("a foreign host has the tarball", async () => {
    const { url, port } = lab.host("foreign-tarball-host");
    const { tarball } = json(await ask(lab, url + document)).dist;
    expect(new URL(tarball)).toMatchObject({ protocol: "https:", pathname: greet });
    expect(new URL(tarball).port).not.toBe(String(port));
    expect((await ask(lab, tarball)).body).toEqual(contentOf(greet));
  });

  it.each([
    ["denied", true],
    ["bad-signature", false],
    ["tampered-index", false],
  ] as const)("the signature of %s is good: %s", async (id, good) => {
    const { name, version, dist } = json(await ask(lab, lab.host(id).url + document));
    const { keyid, key } = (lab.catalog as { probes: { npm: { keys: [{ keyid: string; key: string }] } } }).probes.npm
      .keys[0];
    expect(dist.signatures[0].keyid).toBe(keyid);
    const publicKey = createPublicKey({ key: Buffer.from(key, "base64"), format: "der", type: "spki" });
    const text = Buffer.from(`${name}@${version}:${dist.integrity}`);
    expect(verify("sha256", text, publicKey, Buffer.from(dist.signatures[0].sig, "base64"))).toBe(good);
  });
});

function contentOf(path: string): Buffer {
  return Buffer.from(packages.find((each) => tarballPath(each) === path)?.tarball ?? never());
}

function integrityOf(wanted: string): string {
  return packages.find(({ name }) => name === wanted)?.integrity ?? never();
}

function never(): never {
  throw new Error("the lab has no such package");
}

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, type Outcome } from "./ask.ts";
import { type FaultName, faultTables, type OwnFault } from "./faults.ts";
import { type Lab, startLab } from "./index.ts";
import { wheelPath } from "./protocols/pypi.ts";
import { makePyWorld } from "./py-world.ts";
import { location, ok, type Step, says, walk } from "./steps.ts";

const { wheels } = makePyWorld();
const pathOf = (project: string) => wheelPath(wheels.find((wheel) => wheel.project === project) ?? never());
const greetPage = "/simple/lab-greet/";
const bulkPage = "/simple/lab-bulk/";
const canaryPage = "/simple/lab-canary/";
const greet = pathOf("lab-greet");
const bulk = pathOf("lab-bulk");
const json = { headers: { accept: "application/vnd.pypi.simple.v1+json" } };
const honest = (path: string): Step => ({ ...ok(path), check: same(path) });
const other = (path: string): Step => ({ ...ok(path), check: (outcome) => sameLength(path, outcome) });
const gone = (path: string): Step => ({ path, status: 404 });

/** Every fault that only a pip mirror has, and those of HTTP that depend on what a file or the tool is. */
const cases: Record<OwnFault<"pip">, Step[]> & Partial<Record<FaultName<"pip">, Step[]>> = {
  stale: [
    { ...ok(canaryPage), check: (o) => says("lab_canary-1.0.2-")(o) && !says("lab_canary-1.0.3-")(o) },
    { ...ok(greetPage), check: (o) => says("1.0.0")(o) && !says("1.1.0")(o) },
    honest(bulk),
  ],
  tampered: [{ ...ok(greetPage), check: says(hashOf("lab-greet")) }, other(greet), honest(bulk)],
  "tampered-bulk": [{ ...ok(bulkPage), check: says(hashOf("lab-bulk")) }, other(bulk), honest(greet)],
  "tampered-index": [
    { ...ok(greetPage), check: (o) => !says(hashOf("lab-greet"))(o) && says("lab_greet-1.1.0")(o) },
    { ...ok(bulkPage), check: (o) => !says(hashOf("lab-bulk"))(o) },
    gone(greet),
  ],
  "no-artefact": [
    gone(greetPage),
    gone(greet),
    gone(bulkPage),
    gone(bulk),
    ok(canaryPage),
    honest(pathOf("lab-canary")),
  ],
  "no-bulk": [ok(bulkPage), gone(bulk), ok(`${bulk}.metadata`), honest(greet)],
  "portal-redirect": [{ path: greetPage, status: 302, check: location(/^http:\/\/127\.0\.0\.1:\d+\/login$/) }],
  "no-serial": [
    { ...ok(canaryPage), check: (o) => says("1.0.4")(o) && serialOf(o) === null },
    { ...ok(canaryPage), ...json, check: (o) => !says("_last-serial")(o) && says('"api-version"')(o) },
    { path: canaryPage, headers: { range: "bytes=-9" }, status: 206, check: says("</html>") },
  ],
  "html-only": [{ ...ok(greetPage), ...json, check: (o) => String(o.headers["content-type"]).startsWith("text/html") }],
  denied: [ok(greetPage), { path: greet, status: 403 }, { path: `${greet}.metadata`, status: 403 }],
  "client-denied": [honest(greet), { path: greetPage, headers: { "user-agent": "pip/23.2.1 {}" }, status: 403 }],
  "redirect-cdn": [
    ok(greetPage),
    { path: greet, status: 302, check: location(/^https:\/\/127\.0\.0\.1:\d+\/packages/) },
  ],
  "http-only-zip": [
    ok(greetPage),
    { path: greet, status: 302, check: location(/^http:\/\/127\.0\.0\.1:\d+\/packages/) },
  ],
};

describe("each fault of a pip mirror is as documented", () => {
  let lab: Lab;
  beforeAll(async () => {
    const specs = Object.keys(cases).map((fault) => ({ id: fault, fault: fault as FaultName<"pip"> }));
    lab = await startLab(specs.map((spec) => ({ ...spec, ecosystem: "pip", rttMs: 1 })));
  });
  afterAll(() => lab.close());

  it.each(Object.keys(cases) as FaultName<"pip">[])("%s", async (fault) => {
    await walk(lab, fault, cases[fault] ?? []);
    expect(faultTables.pip[fault].length).toBeGreaterThan(20);
  });

  it("a stale mirror's serial is that of its newest version", async () => {
    const serial = async (id: string) => serialOf(await ask(lab, lab.host(id).url + canaryPage)) ?? 0;
    expect((await serial("denied")) - (await serial("stale"))).toBe(48 * 60);
  });

  it("they combine: stale, and no serial to tell it by", async () => {
    lab.host("stale").setFault(["no-serial", "stale"]);
    await walk(lab, "stale", [{ ...ok(canaryPage), check: (o) => !says("1.0.3")(o) && serialOf(o) === null }]);
  });

  it("a host refuses what only another ecosystem's hosts have", async () => {
    expect(() => lab.host("denied").setFault("no-sumdb")).toThrow('cannot have the fault "no-sumdb"');
    await expect(startLab([{ id: "npm", ecosystem: "npm", fault: "html-only" }])).rejects.toThrow("cannot have");
  });
});

function never(): never {
  throw new Error("the lab has no such wheel");
}

function contentOf(path: string): Buffer {
  return Buffer.from((wheels.find((wheel) => wheelPath(wheel) === path) ?? never()).content);
}

function same(path: string): (outcome: Outcome) => boolean {
  return ({ body }) => body.equals(contentOf(path));
}

function sameLength(path: string, outcome: Outcome): boolean {
  return outcome.body.length === contentOf(path).length && !same(path)(outcome);
}

function hashOf(project: string): string {
  return (wheels.find((wheel) => wheel.project === project) ?? never()).sha256;
}

function serialOf({ body }: Outcome): number | null {
  const found = /<!--SERIAL (\d+)-->$/.exec(String(body))?.[1];
  return found === undefined ? null : Number(found);
}

import { createHash } from "node:crypto";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask } from "../ask.ts";
import { type Lab, startLab } from "../index.ts";
import { makePyWorld } from "../py-world.ts";

/** What pip 23 accepts. */
const accept = "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html; q=0.1, text/html; q=0.01";
const json = "application/vnd.pypi.simple.v1+json";
const sha256 = (content: Uint8Array) => createHash("sha256").update(content).digest("hex");

describe("a pip mirror", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab([{ id: "mirror", ecosystem: "pip", rttMs: 1 }]);
  });
  afterAll(() => lab.close());
  const get = (path: string, headers = {}) => ask(lab, lab.host("mirror").mirrorUrl + path, { headers });
  const pageOf = async (project: string) => JSON.parse(String((await get(`/${project}/`, { accept })).body));

  it("has its index below /simple, as its catalog entry says", () => {
    const { url, mirrorUrl } = lab.host("mirror");
    expect(mirrorUrl).toBe(`${url}/simple`);
    expect(lab.catalog).toMatchObject({ mirrors: [{ id: "mirror", ecosystem: "pip", url: mirrorUrl }] });
  });

  it("answers in the form that is accepted, HTML to those who do not say", async () => {
    const types = async (wanted: object) => (await get("/lab-greet/", wanted)).headers["content-type"];
    expect(await types({ accept })).toBe(json);
    expect(await types({})).toBe("text/html; charset=utf-8");
    expect(await types({ accept: "text/html, application/vnd.pypi.simple.v1+json;q=0.5" })).toMatch(/^text\/html/);
    expect(await types({ accept: "application/vnd.pypi.simple.v1+html" })).toMatch(/^application\/vnd.pypi.*html/);
  });

  it("lists versions, hashes, sizes and times; the wheels are what it says", async () => {
    const { files, meta, name, versions } = await pageOf("lab-greet");
    expect([name, versions, meta["api-version"]]).toEqual(["lab-greet", ["1.0.0", "1.1.0"], "1.1"]);
    expect(files[0]["upload-time"]).toBe("2024-01-02T03:04:05.000000Z");
    for (const { url, hashes, size, "core-metadata": core } of files) {
      expect(url).toMatch(/^\.\.\/\.\.\/packages\//);
      const { body } = await get(`/lab-greet/${url}`);
      expect([body.length, sha256(body)]).toEqual([size, hashes.sha256]);
      expect(sha256((await get(`/lab-greet/${url}.metadata`)).body)).toBe(core.sha256);
    }
  });

  it("has wheels whose RECORD is of their files, each with its hash and size", async () => {
    const { files } = await pageOf("lab-greet");
    const contents = unzipSync((await get(`/lab-greet/${files[0].url}`)).body);
    const record = Buffer.from(contents["lab_greet-1.0.0.dist-info/RECORD"] ?? []).toString();
    const lines = Object.entries(contents).map(([name, content]) => {
      const hash = `sha256=${createHash("sha256").update(content).digest("base64url")}`;
      return name.endsWith("/RECORD") ? `${name},,\n` : `${name},${hash},${content.length}\n`;
    });
    expect(record.split("\n").sort()).toEqual(lines.join("").split("\n").sort());
  });

  it("says the same in HTML, and its serial at the very end", async () => {
    const { files, meta } = await pageOf("lab-canary");
    const html = String((await get("/lab-canary/")).body);
    for (const { url, hashes, filename } of files) {
      expect(html).toContain(`<a href="${url}#sha256=${hashes.sha256}" data-requires-python="&gt;=3.7"`);
      expect(html).toContain(`>${filename}</a>`);
    }
    const tail = await get("/lab-canary/", { range: "bytes=-96" });
    expect(tail.status).toBe(206);
    expect(String(tail.body)).toMatch(new RegExp(`\n<!--SERIAL ${meta["_last-serial"]}-->$`));
  });

  it("redirects to the right name with its slash, and knows nothing else", async () => {
    const moved = await get("/Lab_Greet");
    expect([moved.status, moved.headers.location]).toEqual([301, "/simple/lab-greet/"]);
    expect((await get("/lab-unknown/")).status).toBe(404);
  });

  it("has the artefacts that the catalog's probes name, ranges and all", async () => {
    const { pip } = (lab.catalog as { probes: { pip: ReturnType<typeof makePyWorld>["probes"] } }).probes;
    expect(pip).toMatchObject([
      { project: "lab-bulk" },
      { project: "lab-greet", canaries: ["lab-canary", "lab-nightly"] },
    ]);
    for (const probe of pip as readonly Record<string, unknown>[]) {
      const { files } = await pageOf(String(probe.project));
      const listed = files.find((each: { filename: string }) => each.filename === probe.file);
      expect([listed.hashes.sha256, listed.size]).toEqual([probe.sha256, probe.size]);
      for (const [length, hash] of Object.entries(probe.prefixes ?? {})) {
        const range = `bytes=0-${Number(length) - 1}`;
        const part = await get(`/${probe.project}/${listed.url}`, { range });
        expect([part.status, sha256(part.body)]).toEqual([206, hash]);
      }
    }
    expect(Object.keys((pip[0] as { prefixes: object }).prefixes).at(-1)).toBe("2097152");
    expect((pip[0] as { size: number }).size).toBeGreaterThan(4 * 1024 * 1024);
  });

  it("is made of the same bytes every time, and answers without a socket", async () => {
    const request = { method: "GET", target: "", headers: {}, ordinal: 1, companion: false };
    const path = "/simple/lab-bulk/";
    const answers = [makePyWorld(0), makePyWorld(1e12)].map(({ mirror }) => mirror({ ...request, path }));
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toMatchObject({ status: 200, body: (await get("/lab-bulk/")).body });
  });
});

import { createHash, createPublicKey, verify } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ask, ask } from "../ask.ts";
import { type Lab, startLab } from "../index.ts";
import { makeNpmWorld } from "../npm-world.ts";

const abbreviated = "application/vnd.npm.install-v1+json";
const sha512 = (content: Uint8Array) => `sha512-${createHash("sha512").update(content).digest("base64")}`;

/** The `probes.npm` of a catalog, as far as it is looked at here. */
interface Probes {
  readonly package: string;
  readonly version: string;
  readonly integrity: string;
  readonly canaries: readonly string[];
  readonly keys: readonly [{ readonly keyid: string; readonly key: string; readonly expires: null }];
  readonly bulk: readonly { package: string; version: string; size: number; integrity: string; prefixes: object }[];
}

describe("an npm mirror", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab([{ id: "mirror", ecosystem: "npm", rttMs: 1 }]);
  });
  afterAll(() => lab.close());
  const get = (path: string, options: Ask = {}) => ask(lab, lab.host("mirror").url + path, options);
  const read = async (path: string, options: Ask = {}) => JSON.parse(String((await get(path, options)).body));
  const probes = () => (lab.catalog as { probes: { npm: Probes } }).probes.npm;

  it("gives a packument in full", async () => {
    const { name, time, versions, "dist-tags": tags } = await read("/lab-greet");
    expect([name, tags, Object.keys(versions)]).toEqual(["lab-greet", { latest: "1.1.0" }, ["1.0.0", "1.1.0"]]);
    expect(time).toMatchObject({ created: "2024-01-02T03:04:05.000Z", "1.0.0": time.created, "1.1.0": time.modified });
    expect(versions["1.0.0"]).toMatchObject({ name: "lab-greet", version: "1.0.0", bin: { "lab-greet": "index.js" } });
  });

  it("gives it abbreviated to those who accept that", async () => {
    const headers = { accept: `${abbreviated}; q=1.0, application/json; q=0.8, */*` };
    const outcome = await get("/lab-greet", { headers });
    expect(outcome.headers["content-type"]).toBe(abbreviated);
    const { time, modified } = JSON.parse(String(outcome.body));
    expect([time, typeof modified]).toEqual([undefined, "string"]);
  });

  it("gives one version by number or tag, and the tags alone", async () => {
    expect(await read("/lab-greet/1.0.0")).toMatchObject({ _id: "lab-greet@1.0.0" });
    expect(await read("/lab-greet/latest")).toMatchObject({ version: "1.1.0" });
    const { next } = await read("/-/package/lab-nightly/dist-tags");
    expect(next).toMatch(/^2\.0\.0-dev\.\d{8}$/);
    expect((await read("/lab-nightly")).versions[next].version).toBe(next);
  });

  it("has scoped packages in both spellings", async () => {
    const escaped = await read("/@corp%2fthing");
    expect(escaped).toEqual(await read("/@corp/thing"));
    expect(await read("/@corp%2fthing/1.0.0")).toEqual(escaped.versions["1.0.0"]);
    expect(await read("/-/package/@corp%2fthing/dist-tags")).toEqual({ latest: "1.0.0" });
  });

  it("has tarballs at its own address, whole and in ranges, of the integrity it says", async () => {
    const { dist } = await read("/@corp/thing/1.0.0");
    expect(dist.tarball).toBe(`${lab.host("mirror").url}/@corp/thing/-/thing-1.0.0.tgz`);
    const { body } = await ask(lab, dist.tarball);
    expect([sha512(body), createHash("sha1").update(body).digest("hex")]).toEqual([dist.integrity, dist.shasum]);
    const part = await ask(lab, dist.tarball, { headers: { range: "bytes=0-9" } });
    expect([part.status, part.body]).toEqual([206, body.subarray(0, 10)]);
  });

  it("signs versions with the key of the catalog", async () => {
    const [{ keyid, key }] = probes().keys;
    const { dist } = await read("/lab-nightly/next");
    expect(dist.signatures).toMatchObject([{ keyid }]);
    const { version } = await read("/lab-nightly/next");
    const publicKey = createPublicKey({ key: Buffer.from(key, "base64"), format: "der", type: "spki" });
    const signed = (text: string) =>
      verify("sha256", Buffer.from(text), publicKey, Buffer.from(dist.signatures[0].sig, "base64"));
    expect(signed(`lab-nightly@${version}:${dist.integrity}`)).toBe(true);
    expect(signed(`lab-nightly@1.0.0:${dist.integrity}`)).toBe(false);
    expect(keyid).toBe(
      `SHA256:${createHash("sha256").update(Buffer.from(key, "base64")).digest("base64").slice(0, 43)}`,
    );
  });

  it("knows nothing else, audits included", async () => {
    const audit = await get("/-/npm/v1/security/advisories/bulk", { method: "POST" });
    const unknown = await Promise.all(
      ["/lab-unknown", "/lab-greet/9.9.9", "/@corp%2fother", "/", "/-/ping"].map((path) => get(path)),
    );
    for (const { status, body } of [audit, ...unknown]) {
      expect(status).toBe(404);
      expect(JSON.parse(String(body)).error).toContain("not found");
    }
  });

  it("has the artefacts that the catalog's probes name", async () => {
    const { package: name, version, integrity, bulk } = probes();
    expect((await read(`/${name}/${version}`)).dist.integrity).toBe(integrity);
    expect(bulk.map((each) => each.package)).toEqual(["lab-bulk", "lab-middling"]);
    expect(bulk[0]?.size).toBeGreaterThan(4 * 1024 * 1024);
    for (const large of bulk) {
      const { dist } = await read(`/${large.package}/${large.version}`);
      const { body } = await ask(lab, dist.tarball);
      expect([body.length, sha512(body), dist.integrity]).toEqual([large.size, large.integrity, large.integrity]);
      for (const [length, hash] of Object.entries(large.prefixes)) {
        expect(
          createHash("sha256")
            .update(body.subarray(0, Number(length)))
            .digest("hex"),
        ).toBe(hash);
      }
    }
  });

  it("is made of the same bytes every time, and answers without a socket", async () => {
    const path = "/lab-bulk/-/lab-bulk-1.0.0.tgz";
    const request = { method: "GET", target: path, headers: {}, ordinal: 1, companion: false };
    const ask = async (now: number, path: string, origin?: string) => {
      const answer = await makeNpmWorld(now).mirror({ ...request, path, ...(origin === undefined ? {} : { origin }) });
      return typeof answer === "object" && "body" in answer ? Buffer.from(answer.body as Uint8Array) : null;
    };
    const [first, second] = [await ask(0, path), await ask(1e12, path)];
    expect(first?.equals(second ?? Buffer.alloc(0))).toBe(true);
    expect(String(await ask(0, "/lab-bulk/1.0.0", "https://npm.example"))).toContain(`https://npm.example${path}`);
  });
});

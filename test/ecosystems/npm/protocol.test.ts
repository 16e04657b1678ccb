import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { npmProtocol } from "../../../src/ecosystems/npm/protocol.ts";
import { upstream } from "../asking.ts";
import { askRegistry, document, probes, smallWith, tarballs } from "./registry.ts";

const doc = "/small/1.0.0";
const tgz = "/small/-/small-1.0.0.tgz";
const login = {
  body: "<html><a href='/login'>log in</a></html>",
  headers: { "content-type": "text/html; charset=utf-8" },
};
const packument = (version: object) =>
  JSON.stringify({ name: "small", "dist-tags": { latest: "1.0.0" }, versions: { "1.0.0": version } });

describe("a sound registry", () => {
  it("proves itself by its document, its tarball, its tags and its signatures, in five requests and one more for the winner", async () => {
    const { proof, stages, bulk, last, requests, paths } = await askRegistry();
    expect(proof).toEqual({ reason: null, detail: null, findings: [], traits: [], position: day("2026-11-19") });
    expect(stages.map(({ stage, ok }) => [stage, ok])).toEqual(
      expect.arrayContaining(["reach", "protocol", "download", "freshness", "integrity"].map((name) => [name, true])),
    );
    expect(bulk).toBe("https://mirror.example/root/big/-/big-1.0.0.tgz");
    expect(last).toEqual({ ok: true, reason: null });
    expect(requests).toBe(6);
    expect(paths).toContain("/root/other/1.20261120.0");
  });

  it("is asked as npm asks", () => {
    const { userAgent } = npmProtocol(probes);
    expect(userAgent("10.8.2")).toBe("npm/10.8.2 node/v20.20.2 linux x64 workspaces/false mirror-setup");
    expect(userAgent("1\r\nx: y")).toBe(userAgent(null));
  });

  it("may have no document per version", async () => {
    const small = packument(document("small", "1.0.0", probes.integrity));
    const { proof, requests, paths, seen } = await askRegistry({ [doc]: null, "/small": small });
    expect(proof).toMatchObject({ reason: null, position: day("2026-11-19") });
    expect(seen[paths.indexOf("/root/small")]?.headers).toMatchObject({
      accept: expect.stringContaining("install-v1"),
    });
    expect(requests).toBe(6);
  });

  it("may have no signatures, and no integrity, which is said", async () => {
    const bare = smallWith({ signatures: undefined, integrity: undefined });
    const { proof } = await askRegistry({ [doc]: bare });
    expect(proof).toMatchObject({ reason: null, traits: ["no-integrity", "no-signatures"] });
    const strange = smallWith({ signatures: [{ keyid: "SHA256:other", sig: "x" }, null, 7] });
    expect((await askRegistry({ [doc]: strange })).proof.traits).toEqual(["no-signatures"]);
  });

  it("is not proved by a catalog that names nothing", async () => {
    const proof = await npmProtocol(undefined).prove(null as never);
    expect(proof).toMatchObject({ reason: "no-artefact", detail: { code: "nothing-to-prove-by" } });
  });
});

describe("a tarball's address", () => {
  const at = (tarball: unknown) => ({ [doc]: smallWith({ tarball }) });
  const cdn = "https://cdn.example/packages/small/1.0.0/small-1.0.0.tgz";

  it("on another host is followed, and said; the large one is sought beside it", async () => {
    const server = (url: URL) => (url.href === cdn ? tarballs.small : undefined);
    const { proof, bulk } = await askRegistry(at(cdn), { server });
    expect(proof).toMatchObject({ reason: null, traits: ["foreign-tarball-host"] });
    expect(bulk).toBe("https://cdn.example/packages/big/1.0.0/big-1.0.0.tgz");
  });

  it("on the same host and outside the registry is foreign as well", async () => {
    const server = ({ pathname }: URL) => (pathname === "/files/small-1.0.0.tgz" ? tarballs.small : undefined);
    const { proof, bulk } = await askRegistry(at("https://mirror.example/files/small-1.0.0.tgz"), { server });
    expect(proof).toMatchObject({ reason: null, traits: ["foreign-tarball-host"] });
    expect(bulk).toBe("https://mirror.example/root/big/-/big-1.0.0.tgz");
  });

  it("on the upstream's host stands for the registry, as npm takes it", async () => {
    for (const scheme of ["https", "http"]) {
      const { proof, seen } = await askRegistry(at(`${scheme}://${upstream}/small/-/small-1.0.0.tgz`));
      expect(proof).toMatchObject({ reason: null, traits: [] });
      expect(seen.filter(({ url }) => url.includes(upstream))).toEqual([]);
    }
  });

  it.each([
    ["redirects-away", "http://mirror.example/small/-/small-1.0.0.tgz", "file-plain"],
    ["not-a-mirror", "ftp://mirror.example/small.tgz", "file-nowhere"],
    ["not-a-mirror", "https://", "file-nowhere"],
    ["not-a-mirror", `https://mirror.example/${"x".repeat(5000)}`, "file-nowhere"],
  ])("is refused: %s", async (reason, tarball, code) => {
    const { proof, bulk } = await askRegistry(at(tarball));
    expect(proof).toMatchObject({ reason, detail: { code } });
    expect(bulk).toBeUndefined();
  });

  it("that is missing, or no text, is the usual one", async () => {
    for (const tarball of [undefined, 7, { href: cdn }])
      expect((await askRegistry(at(tarball))).proof.reason).toBeNull();
  });

  it("that leads on to a CDN is followed, and said", async () => {
    const moved = { body: tarballs.small, hops: ["https://mirror.example/x", "https://cdn.example/x"] };
    expect((await askRegistry({ [tgz]: moved })).proof).toMatchObject({ reason: null, traits: ["cdn"] });
  });
});

describe("a bad registry", () => {
  const wrong = gzipSync("other");
  const forged = document("other", "1.20261120.0", "sha512-x", { integrity: "sha512-y" });

  it.each([
    ["not-a-mirror", "other-json", { [doc]: login }],
    ["not-a-mirror", "other-json", { [doc]: '{"error":"not found"}' }],
    ["not-a-mirror", "other-json", { [doc]: JSON.stringify(document("small", "2.0.0", probes.integrity)) }],
    ["not-a-mirror", "other-json", { [doc]: '{"__proto__":{"dist":{}},"name":"small","version":"1.0.0"}' }],
    ["not-a-mirror", "too-long", { [doc]: `{"a":"${"x".repeat(300_000)}"}` }],
    ["tampered", "other-hash", { [doc]: smallWith({ integrity: probes.bulk?.[0]?.integrity }) }],
    ["tampered", "wrong-content", { [tgz]: wrong }],
    ["tampered", "signature-forged", { [doc]: smallWith({ signatures: [{ keyid: "SHA256:test", sig: "AAAA" }] }) }],
    ["tampered", "signature-forged", { "/other/1.20261120.0": JSON.stringify(forged) }],
    ["denied", "other-file", { [tgz]: login }],
    ["denied", "http-status-for", { [tgz]: 403 }],
    ["no-artefact", "http-status-for", { [tgz]: 404 }],
    ["no-artefact", "no-known-package", { [doc]: null }],
    ["no-artefact", "file-unlisted", { [doc]: null, "/small": '{"versions":{"0.9.0":{}}}' }],
    ["http-status", "http-status", { [doc]: 503 }],
    ["http-status", "http-status", { [doc]: 403 }],
    ["http-status", "http-status", { [tgz]: 502 }],
    ["rate-limited", "http-status", { [doc]: 429 }],
    ["rate-limited", "http-status", { "/-/package/canary/dist-tags": 429 }],
    ["timeout", "no-answer", { [doc]: { failure: "timeout" } }],
    ["timeout", "no-answer", { "/-/package/other/dist-tags": { failure: "stopped" } }],
    ["truncated", "no-answer", { [tgz]: { failure: "truncated" } }],
    ["redirects-away", "no-answer", { [tgz]: { failure: "redirects-away" } }],
  ] as const)("is rejected as %s (%s)", async (reason, code, changes) => {
    const { proof, requests } = await askRegistry(changes);
    expect(proof).toMatchObject({ reason, findings: [reason], detail: { code } });
    expect(requests).toBeLessThanOrEqual(6);
  });

  it("that knows nothing at all is not known as a registry", async () => {
    const none = { [doc]: null, "/-/package/canary/dist-tags": null };
    expect((await askRegistry(none)).proof).toMatchObject({ reason: "http-status", detail: { args: { status: 404 } } });
  });

  it("that serves browsers and not npm is told apart from one that serves nobody", async () => {
    const server = (url: URL, { headers }: { headers?: Readonly<Record<string, string>> }) =>
      url.pathname === `/root${doc}` && headers?.["user-agent"] === undefined ? 403 : undefined;
    const { proof } = await askRegistry({}, { server });
    expect(proof).toMatchObject({
      reason: "client-denied",
      detail: { code: "for-browsers-only", args: { status: 403 } },
    });
  });
});

describe("the last check", () => {
  const middle = "/middle/-/middle-1.0.0.tgz";

  it.each([
    ["tampered", { [middle]: gzipSync("other") }],
    ["denied", { [middle]: 403 }],
    ["http-status", { [middle]: 500 }],
    ["truncated", { [middle]: { failure: "truncated" } }],
  ] as const)("fails as %s", async (reason, changes) => {
    expect((await askRegistry(changes)).last).toMatchObject({ ok: false, reason });
  });

  it("is none where the mirror, or the catalog, has not got it", async () => {
    expect((await askRegistry({ [middle]: null })).last).toBeNull();
    expect((await askRegistry({}, { pins: { ...probes, bulk: [] } })).last).toBeNull();
  });
});

function day(date: string): number {
  return Date.parse(date) / 86_400_000;
}

import { describe, expect, it } from "vitest";
import type { Reply } from "../asking.ts";
import {
  askMirror,
  blobOf,
  canary,
  guarded,
  imageOf,
  index,
  other,
  platform,
  probes,
  smallest,
  sound,
} from "./registry.ts";

const reasonOf = async (changes: Parameters<typeof askMirror>[0], server?: Parameters<typeof askMirror>[1]) => {
  const { proof } = await askMirror(changes, server);
  return proof.reason === null ? "-" : `${proof.reason} ${proof.detail?.code}`;
};
const html: Reply = { body: "<html>", headers: { "content-type": "text/html" } };
const bearer = 'Bearer realm="https://mirror.example/token",service="the, \\"hub\\"",scope="x"';

describe("the proof of a mirror of Docker Hub", () => {
  it("goes from the tag to the platform's manifest to a blob, and measures by the largest layer", async () => {
    const { proof, paths, bulk, last, stages, seen } = await askMirror();
    expect(proof).toMatchObject({ reason: null, traits: [], findings: [] });
    expect(paths.filter((path) => [index, platform, smallest].includes(path.replace("/root", "")))).toHaveLength(3);
    expect(bulk).toBe(blobOf("large"));
    expect(last).toEqual({ ok: true, reason: null });
    expect(paths.at(-1)).toBe(`/root${blobOf("middling")}`);
    expect(stages.map(({ stage }) => stage).toSorted()).toEqual(["download", "freshness", "protocol", "reach"]);
    expect(seen.every(({ headers }) => headers?.authorization === undefined)).toBe(true);
    expect(seen.filter(({ method }) => method === "HEAD").map(({ url }) => url)).toEqual([
      `https://mirror.example/root${canary}`,
      `https://mirror.example/root${other}`,
    ]);
  });

  it("asks for every kind of manifest, and gets no more than two of the image", async () => {
    const { seen } = await askMirror();
    const gets = seen.filter(
      ({ method, url }) => method === undefined && url.includes(`${probes.repository}/manifests/`),
    );
    expect(gets).toHaveLength(2);
    expect(
      gets.every(({ headers }) => headers?.accept?.includes("image.index.v1") && headers.accept.includes("list.v2")),
    ).toBe(true);
  });

  it.each<[string, Parameters<typeof askMirror>[0]]>([
    ["http-status http-status", { [index]: 404, "/v2/": 404 }],
    ["no-artefact no-known-image", { [index]: 404 }],
    ["denied http-status", { [index]: 403 }],
    ["http-status http-status", { [index]: 403, "/v2/": 403 }],
    ["http-status http-status", { [index]: 403, "/v2/": html }],
    ["rate-limited http-status", { [index]: 429 }],
    ["rate-limited retry-after", { [index]: { status: 429, headers: { "retry-after": "60" } } }],
    ["rate-limited http-status", { [index]: { status: 503, body: '{"errors":[{"code":"TOOMANYREQUESTS"}]}' } }],
    ["rate-limited http-status", { [smallest]: { status: 403, body: "toomanyrequests: You have reached" } }],
    ["rate-limited http-status", { [canary]: 429 }],
    ["not-a-mirror other-manifest", { [index]: html }],
    ["not-a-mirror other-manifest", { [index]: "{}" }],
    ["not-a-mirror other-manifest", { [index]: '{"manifests":{}}' }],
    ["not-a-mirror too-long", { [index]: "x".repeat(300_000) }],
    ["no-artefact file-unlisted", { [index]: '{"manifests":[]}' }],
    [
      "no-artefact file-unlisted",
      { [index]: '{"manifests":[{"digest":"sha256:../..","platform":{"os":"linux","architecture":"amd64"}}]}' },
    ],
    ["tampered wrong-content", { [platform]: sound[index] ?? "" }],
    ["no-artefact http-status-for", { [platform]: 404 }],
    ["denied http-status-for", { [platform]: 403 }],
    ["denied http-status-for", { [smallest]: 403 }],
    ["denied other-file", { [smallest]: html }],
    ["tampered wrong-content", { [smallest]: "other" }],
    ["no-artefact http-status-for", { [smallest]: 404 }],
    ["truncated no-answer", { [smallest]: { failure: "truncated" } }],
    ["redirects-away no-answer", { [smallest]: { failure: "redirects-away" } }],
    ["timeout no-answer", { [canary]: { failure: "stopped" } }],
  ])("%s", async (found, changes) => {
    expect(await reasonOf(changes)).toBe(found);
  });

  it("takes a tag that points to a platform's manifest at once", async () => {
    const { proof, bulk } = await askMirror({ [index]: sound[platform] ?? "", [platform]: null });
    expect(proof.reason).toBeNull();
    expect(bulk).toBe(blobOf("large"));
  });

  it("says where only official images are to be had, and where that cannot be told", async () => {
    for (const status of [401, 403, 404])
      expect((await askMirror({ [other]: status })).proof.traits).toEqual(["library-only"]);
    expect((await askMirror({ [other]: 500 })).proof).toMatchObject({ reason: null, traits: [] });
  });

  it("says that blobs come from elsewhere", async () => {
    const hops = [`https://mirror.example/root${smallest}`, "https://cdn.example/blob"];
    const body = sound[smallest] as Uint8Array;
    expect((await askMirror({ [smallest]: { body, hops } })).proof.traits).toEqual(["cdn"]);
  });

  it("proves nothing without something to prove it by", async () => {
    const { dockerProtocol } = await import("../../../src/ecosystems/docker/protocol.ts");
    const { ask } = await import("../asking.ts");
    expect((await ask(dockerProtocol(undefined), () => "{}")).proof.detail?.code).toBe("nothing-to-prove-by");
  });

  it("finds a whole layer of the wrong bytes, and one that is no layer", async () => {
    const { dockerProtocol } = await import("../../../src/ecosystems/docker/protocol.ts");
    const { ask } = await import("../asking.ts");
    const protocol = dockerProtocol(probes);
    await ask(protocol, ({ pathname }) => sound[pathname], "https://mirror.example");
    const large = imageOf(probes.repository).blobs.at(-1)?.bytes ?? new Uint8Array();
    const changed = Uint8Array.from(large).fill(0, 500_000, 500_001);
    expect(protocol.looksRight(large)).toBe(true);
    expect(protocol.looksRight(changed)).toBe(false);
    expect(protocol.looksRight(changed.subarray(0, 1_000_000))).toBe(true);
    expect(protocol.looksRight(Buffer.from("<html>"))).toBe(false);
    expect(protocol.looksRight(Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0]))).toBe(true);
  });
});

describe("the age of what a tag points to", () => {
  it("is that of the canary's newest build, in hours, in the index or told by another mirror", async () => {
    const { proof } = await askMirror();
    expect(proof.position).toBe(Math.floor(imageOf("library/python").at / 3_600_000));
  });

  it.each<[string, Parameters<typeof askMirror>[0]]>([
    ["it is not there", { [canary]: 404 }],
    ["it is refused", { [canary]: 403 }],
    ["it is something else", { [canary]: html }],
    ["it is from the future", { [canary]: indexBuilt("2031-01-01T00:00:00Z") }],
    ["it is too new to be everywhere", { [canary]: indexBuilt(new Date(Date.UTC(2026, 10, 19, 1)).toISOString()) }],
    ["it says no time", { [canary]: indexBuilt("soon") }],
  ])("cannot be told where %s", async (_, changes) => {
    expect((await askMirror(changes)).proof).toMatchObject({ reason: null, position: null });
  });

  it("is asked for with GET where HEAD is not taken", async () => {
    const noHead = (_: URL, { method }: { readonly method?: string }) => (method === "HEAD" ? 405 : undefined);
    expect((await askMirror({}, noHead)).proof.position).not.toBeNull();
  });
});

function indexBuilt(created: string): string {
  const annotations = { "org.opencontainers.image.created": created };
  const platform = { os: "linux", architecture: "amd64" };
  return JSON.stringify({ manifests: [{ digest: `sha256:${"0".repeat(64)}`, platform, annotations }] });
}

describe("tokens", () => {
  it("are fetched for each repository, without a login, and go to the mirror alone", async () => {
    const { proof, seen, last } = await askMirror({}, guarded(bearer));
    expect(proof).toMatchObject({ reason: null, traits: ["token"] });
    expect(last).toEqual({ ok: true, reason: null });
    const asked = seen.filter(({ url }) => new URL(url).pathname === "/token");
    expect(asked.map(({ url }) => new URL(url).searchParams.get("scope"))).toEqual([
      "repository:library/alpine:pull",
      "repository:library/python:pull",
      "repository:grafana/grafana:pull",
    ]);
    expect(new URL(asked[0]?.url ?? "").searchParams.get("service")).toBe('the, "hub"');
    expect(asked.every(({ headers }) => headers?.authorization === undefined)).toBe(true);
    const told = seen.filter(({ headers }) => headers?.authorization !== undefined);
    expect(new Set(told.map(({ url }) => new URL(url).host))).toEqual(new Set(["mirror.example"]));
  });

  const far = (realm: string) => guarded(`Basic realm="a", Bearer service=hub, realm=${realm}`);
  it.each<[string, ReturnType<typeof guarded>]>([
    ["-", guarded('bearer Realm="https://auth.example/token"', '{"access_token":"secret"}')],
    ["redirects-away token-plain", far('"http://127.0.0.1:5000/token"')],
    ["denied login-wanted", guarded('Basic realm="x"')],
    ["denied http-status", guarded("Negotiate")],
    ["denied token-nowhere", guarded("Bearer service=hub")],
    ["denied token-nowhere", far('"/token"')],
    ["denied token-nowhere", far('"ftp://auth.example/token"')],
    ["denied token-nowhere", far('"https://me:secret@auth.example/token"')],
    ["denied token-nowhere", far(`"https://auth.example/token?${"x".repeat(3000)}"`)],
    ["redirects-away token-plain", far('"http://auth.example/token"')],
    ["redirects-away token-plain", far('"http://127.0.0.1.example/token"')],
    ["redirects-away redirect-upstream", far('"https://upstream.example/token"')],
    ["denied http-status", guarded(bearer, 401)],
    ["denied http-status", guarded(bearer, 403)],
    ["rate-limited http-status", guarded(bearer, { status: 429, body: "{}" })],
    ["http-status http-status", guarded(bearer, 500)],
    ["not-a-mirror token-other", guarded(bearer, html)],
    ["not-a-mirror token-other", guarded(bearer, '{"token":""}')],
    ["not-a-mirror token-other", guarded(bearer, '{"token":"a\\r\\nX-Other: b"}')],
    ["denied http-status", guarded(bearer, '{"token":"wrong"}')],
    ["denied token-nowhere", guarded(`Bearer ${'a="\\'.repeat(2000)}`)],
  ])("%s", async (found, server) => {
    const { proof } = await askMirror({}, server);
    expect(proof.reason === null ? "-" : `${proof.reason} ${proof.detail?.code}`).toBe(found);
    if (!found.startsWith("denied http-status") || proof.traits.length > 0) expect(proof.traits).toEqual(["token"]);
  });

  it("come from a port of this machine only where the mirror itself is unprotected there", async () => {
    const local = far('"http://127.0.0.1:5000/token"');
    expect((await askMirror({}, local, probes, "http://mirror.example/root")).proof.reason).toBeNull();
  });

  it("must be asked for at the root too, where the daemon asks", async () => {
    const late: ReturnType<typeof guarded> = (url, request) =>
      url.pathname === "/root/v2/" ? "{}" : guarded(bearer)(url, request);
    expect((await askMirror({}, late)).proof).toMatchObject({ reason: "denied", detail: { code: "token-late" } });
  });

  it("are said of one that asks for them at the root alone", async () => {
    const open: ReturnType<typeof guarded> = (url, request) =>
      url.pathname === "/root/v2/" || url.pathname === "/token" ? guarded(bearer)(url, request) : undefined;
    expect((await askMirror({}, open)).proof).toMatchObject({ reason: null, traits: ["token"] });
  });
});

describe("a canary that has been silent for long", () => {
  const pause = { days: 10, until: "2027-12-31" };
  const built = (days: number) => ({ [canary]: indexBuilt(new Date(Date.UTC(2026, 10, 20 - days)).toISOString()) });

  it("makes its mirror stale, alone or beside others, as long as the catalog may be relied on", async () => {
    const some = { ...probes, pause };
    expect((await askMirror(built(11), undefined, some)).proof).toMatchObject({
      reason: "stale",
      detail: { code: "nothing-new" },
    });
    expect((await askMirror(built(10), undefined, some)).proof.reason).toBeNull();
    expect(
      (await askMirror(built(11), undefined, { ...some, pause: { days: 10, until: "2026-11-01" } })).proof.reason,
    ).toBeNull();
  });
});

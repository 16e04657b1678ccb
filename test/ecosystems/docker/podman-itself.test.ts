import { mkdir, readdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { registries } from "../../../src/edits/registries.ts";
import { findTool } from "../../lab/tools.ts";
import { describeWhere } from "../../lab/where.ts";
import { homeWith } from "../pip/home.ts";
import { hub, isRoot, ownFile, podman, podmanTool, probes, table, userFolder } from "./podman.ts";

const dropIns = `${userFolder}/registries.conf.d`;
const own = registries.edit("", [{ key: hub, value: '["https://near.example","http://far.example:5000/hub"]' }]);

/** What may stand in a home; podman says what it makes of it. */
const homes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "our drop-in": { [ownFile]: own },
  "our drop-in, emptied": { [ownFile]: "" },
  "one more that comes later": { [ownFile]: own, [`${dropIns}/99.conf`]: table(hub, "corp.example") },
  "one more that comes earlier": { [ownFile]: own, [`${dropIns}/10.conf`]: table(hub, "corp.example") },
  "a user's main file with a table": { [ownFile]: own, [`${userFolder}/registries.conf`]: table(hub, "corp.example") },
  "only a user's main file": { [`${userFolder}/registries.conf`]: table(hub, "corp.example") },
  "two tables in one file": { [`${dropIns}/10.conf`]: table(hub, "one.example") + table(hub, "two.example") },
  "a table without a prefix": { [`${dropIns}/10.conf`]: table(hub, "one.example").replace(/prefix.*\n/, "") },
  "names that podman does not read": {
    [`${dropIns}/10.toml`]: table(hub, "a.example"),
    [`${dropIns}/x.conf.bak`]: "[[",
  },
  "tables of others": { [`${dropIns}/10.conf`]: table("quay.io", "a.example") + table(`${hub}/x`, "b.example") },
};

describeWhere(findTool("podman") !== null && isRoot, "no podman, or not root", "what podman itself reads", () => {
  it.each(Object.keys(homes))("is what we read: %s", async (name) => {
    const files = homes[name] ?? {};
    const { home, read } = await homeWith(files);
    const says = JSON.parse(podman(home, ["info", "--format", "{{json .Registries}}"]));
    const found: { Location: string; Insecure: boolean }[] = says[hub]?.Mirrors ?? [];
    const wanted = found.map(({ Location, Insecure }) => `${Insecure ? "http" : "https"}://${Location}`);
    // Nobody but root asks podman: then it is our own reading.
    for (const uid of [0, 1000]) {
      const asking = { ...read, facts: { ...read.facts, uid } };
      const installation = await podmanTool.detect(asking);
      const current = await podmanTool.current(asking, "user", installation, probes);
      expect([uid, current.chain, current.obstacle]).toEqual([uid, wanted, null]);
    }
    // Neither of the two left anything.
    const all = await readdir(home, { recursive: true, withFileTypes: true });
    const left = all.filter((each) => each.isFile()).map(({ parentPath, name: file }) => join(parentPath, file));
    expect(left.sort()).toEqual(
      Object.keys(files)
        .map((file) => join(home, file))
        .sort(),
    );
  });

  it("is fetched from the mirror: the trial asks it, and nobody else", async () => {
    const registry = await tinyRegistry();
    const text = registries.edit("", [{ key: hub, value: `["${registry.url}"]` }]);
    const env = { HTTPS_PROXY: "http://127.0.0.1:9", HTTP_PROXY: "http://127.0.0.1:9", NO_PROXY: "127.0.0.1" };
    const { home, read } = await homeWith({ [ownFile]: text }, env);
    const installation = await podmanTool.detect(read);
    const current = await podmanTool.current(read, "user", installation, probes);
    const command = podmanTool.trial(current, probes, read.facts);
    const { code, stderr } = await read.run(command ?? { argv: ["false"] });
    expect([code, stderr]).toEqual([0, expect.any(String)]);
    expect(registry.asked.filter((path) => path.includes("/manifests/"))).toContain(
      "/v2/library/redis/manifests/alpine",
    );
    expect(await readdir(join(home, ".config/containers/registries.conf.d"))).toEqual(["50-mirror-setup.conf"]);
  });

  it("can be broken by one file: so we look at all", async () => {
    const { home } = await homeWith({});
    await mkdir(dirname(join(home, ownFile)), { recursive: true });
    await writeFile(join(home, ownFile), `\uFEFF${own}`);
    expect(() => podman(home, ["info"])).toThrow(/registries\.conf|toml/i);
  });
});

/** A registry of one manifest, which notes what it is asked for. */
async function tinyRegistry() {
  const asked: string[] = [];
  const mediaType = "application/vnd.docker.distribution.manifest.list.v2+json";
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    const isManifest = request.url?.startsWith("/v2/library/redis/manifests/") ?? false;
    response.writeHead(isManifest || request.url === "/v2/" ? 200 : 404, { "content-type": mediaType });
    response.end(JSON.stringify({ schemaVersion: 2, mediaType, manifests: [] }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

describe("a podman that is not root's", () => {
  it("is not tried: it would leave a process behind", async () => {
    const { read } = await homeWith({ [ownFile]: own }, {}, { uid: 1000 });
    const current = await podmanTool.current(read, "user", { path: "/usr/bin/podman", version: "4.3.1" }, probes);
    expect(podmanTool.trial(current, probes, read.facts)).toBeNull();
  });
});

import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseReference } from "../../src/core/pull/reference.ts";
import { otherImage } from "../lab/artefacts/images.ts";
import { noWayOut } from "../lab/dockerd.ts";
import type { Fault } from "../lab/faults.ts";
import { describeWith, findTool } from "../lab/tools.ts";
import { type Daemon, describeWithDaemon } from "./dockerd.ts";
import { faultsOf, pullDocument } from "./documents.ts";
import { ask, codesOf, type Home, makeHome, put, run, trusting, useLab, type Way, withoutGo } from "./driver.ts";

const ids = ["swift", "steady", "third"] as const;
const slow = { rttMs: 40, bytesPerSecond: 1e6 };
const lab = useLab([
  ...ids.map((id) => ({ id, ecosystem: "docker", ...(id === "third" ? slow : { rttMs: 2 }) }) as const),
  { id: "hub", ecosystem: "docker", offer: false },
]);

/** The daemon trusts where the lab's mirrors send it for a token; files that run in this process later do not. */
const trustedBefore = process.env.SSL_CERT_FILE;
beforeAll(() => {
  process.env.SSL_CERT_FILE = lab().caFile;
});
afterAll(() => {
  if (trustedBefore === undefined) delete process.env.SSL_CERT_FILE;
  else process.env.SSL_CERT_FILE = trustedBefore;
});

type Faults = Partial<Record<(typeof ids)[number] | "hub", Fault>>;

/** The lab's catalog; `hub` adds the upstream, which it has not by itself. */
async function catalogFor(
  home: Home,
  { hub = false, registry, prefix }: { hub?: boolean; registry?: string; prefix?: string } = {},
) {
  const file = join(home.path, "..", "pull.json");
  const catalog = structuredClone(lab().catalog) as { mirrors: Record<string, unknown>[]; probes: { docker: object } };
  const mirrors = catalog.mirrors.flatMap((each) => {
    if (each.id === "third" && prefix !== undefined) return [{ ...each, companions: { prefix } }];
    if (each.id !== "hub") return [each];
    return hub ? [{ ...each, kind: "official" }] : [];
  });
  const probes = {
    ...catalog.probes,
    docker: { ...catalog.probes.docker, ...(registry === undefined ? {} : { registry }) },
  };
  await writeFile(file, JSON.stringify({ ...catalog, mirrors, probes }));
  return ["--catalog", file];
}

/** Begins with an empty store, these faults, and nothing remembered. */
async function begin(daemon: Daemon, faults: Faults = {}, upstream = false): Promise<{ way: Way; catalog: string[] }> {
  for (const id of [...ids, "hub"] as const)
    lab()
      .host(id)
      .setFault(faults[id] ?? null);
  for (const id of (await daemon.docker("images", "-aq")).split("\n").filter(Boolean))
    await daemon.docker("rmi", "-f", id);
  const home = await makeHome();
  return { way: daemon.way(home, trusting(lab())), catalog: await catalogFor(home, { hub: upstream }) };
}

/** Names and digests of all that the daemon has. */
async function kept(daemon: Daemon): Promise<string[]> {
  const lines = await daemon.docker("images", "--digests", "--format", "{{.Repository}}:{{.Tag}}@{{.Digest}}");
  return lines.split("\n").filter(Boolean).sort();
}

function askedForOther(id: string): string[] {
  return lab()
    .host(id)
    .log.filter(({ path, userAgent }) => path.includes(otherImage) && /blobs/.test(path) && /^docker\//.test(userAgent))
    .map(({ path }) => path);
}

async function digestAt(id: string, tag = "latest"): Promise<string> {
  const url = `${lab().host(id).url}/v2/${otherImage}/manifests/${tag}`;
  const { stdout } = await execa("curl", ["-sI", "--cacert", lab().caFile, url]);
  return /docker-content-digest: (\S+)/i.exec(stdout)?.[1] ?? "";
}

describeWithDaemon("pull", noWayOut, (daemon) => {
  it("takes an image from the best mirror by its digest, and leaves its own name alone", async () => {
    const { way, catalog } = await begin(daemon());
    const digest = await digestAt("swift");
    const { code, report } = await ask(["pull", otherImage, ...catalog], way);
    expect(code, JSON.stringify(report.messages)).toBe(0);
    expect(faultsOf(pullDocument, report)).toEqual([]);
    const [image] = report.images;
    expect(image).toMatchObject({ image: otherImage, state: "pulled", digest, tool: "docker" });
    expect([...(image?.confirmedBy ?? []), image?.mirror]).toHaveLength(2);
    expect(askedForOther(image?.mirror ?? "").length).toBeGreaterThan(0);
    expect(await kept(daemon())).toEqual([`${otherImage}:latest@<none>`]);
    expect(await daemon().docker("inspect", "--format", "{{json .Config.Cmd}}", otherImage)).toBe('["/bin/hello"]');

    const seen = ids.map((id) => askedForOther(id).length);
    const again = await ask(["pull", otherImage, ...catalog], way);
    expect([again.code, codesOf(again.report)]).toEqual([0, ["pull-present"]]);
    expect(again.report.images).toMatchObject([{ state: "present", digest, mirror: null }]);
    expect(ids.map((id) => askedForOther(id).length)).toEqual(seen);
  });

  it("takes several, and official ones by their short names", async () => {
    const { way, catalog } = await begin(daemon());
    const images = ["hello-world", "docker.io/library/alpine:3.1"];
    const { code, stdout, stderr } = await run(["pull", ...images, ...catalog], way);
    expect([code, stdout], stderr).toEqual([
      0,
      expect.stringMatching(/hello-world .*\n {2}sha256:.*\n[\s\S]*alpine:3\.1/),
    ]);
    // What docker says while it pulls.
    expect(stderr).toMatch(/Pull complete[\s\S]*Digest: sha256:/);
    expect(await kept(daemon())).toEqual(["alpine:3.1@<none>", "hello-world:latest@<none>"]);
  });

  it.each([
    ["does not carry it", "library-only", "pull-refused"],
    ["has other layers than it says", "other-blobs", "pull-failed"],
    ["has other manifests than it says", "other-manifest", "pull-failed"],
  ] as const)("goes to the next where a mirror %s", async (_, fault, said) => {
    const { way, catalog } = await begin(daemon(), { swift: fault, steady: fault });
    const { code, report } = await ask(["pull", otherImage, ...catalog], way);
    expect([code, report.images[0]?.mirror], JSON.stringify(report.messages)).toEqual([0, "third"]);
    const named = report.messages.filter((message) => message.code === said).map(({ args }) => args.id);
    expect(named.sort()).toEqual(["steady", "swift"]);
    expect(await kept(daemon())).toEqual([`${otherImage}:latest@<none>`]);
  });

  it("leaves nothing where every mirror has something else than it says", async () => {
    const { way, catalog } = await begin(daemon(), {
      swift: "other-blobs",
      steady: "other-blobs",
      third: "other-manifest",
    });
    const { code, report } = await ask(["pull", otherImage, ...catalog], way);
    expect([code, report.images[0]?.state]).toEqual([3, "failed"]);
    expect(codesOf(report).at(-1)).toBe("pull-nobody");
    expect(await kept(daemon())).toEqual([]);
  });

  it("takes what two of three say", async () => {
    const { way, catalog } = await begin(daemon(), { swift: "other-tag" });
    const digest = await digestAt("steady");
    const { code, report } = await ask(["pull", otherImage, ...catalog], way);
    expect([code, report.images[0]?.digest], JSON.stringify(report.messages)).toEqual([0, digest]);
    expect(report.images[0]?.mirror).not.toBe("swift");
  });

  it("pulls nothing where all three differ, and says how to go on; a digest settles it", async () => {
    const { way, catalog } = await begin(daemon(), { swift: "other-tag", steady: "other-tag", third: "other-tag" });
    const { code, report } = await ask(["pull", `${otherImage}:latest`, ...catalog], way);
    expect([code, codesOf(report)]).toEqual([3, ["pull-differs", "pull-no-majority"]]);
    expect(await kept(daemon())).toEqual([]);
    const digest = await digestAt("hub");
    const pinned = await ask(["pull", `${otherImage}:latest@${digest}`, ...catalog], way);
    expect(pinned.report.images, JSON.stringify(pinned.report.messages)).toMatchObject([
      { state: "pulled", digest, confirmedBy: ["reference"] },
    ]);
    expect(await kept(daemon())).toEqual([`${otherImage}:latest@<none>`]);
    const bare = await ask(["pull", `${otherImage}@${digest}`, ...catalog], way);
    expect([bare.code, codesOf(bare.report)]).toEqual([0, ["pull-kept"]]);
    const from = ["--from", bare.report.images[0]?.mirror ?? ""];
    const again = await ask(["pull", `${otherImage}@${digest}`, ...from, ...catalog], way);
    expect([again.code, codesOf(again.report)]).toEqual([0, ["pull-present"]]);
  });

  it("takes the upstream's word over that of two mirrors", async () => {
    const { way, catalog } = await begin(daemon(), { swift: "other-tag", steady: "other-tag" }, true);
    const digest = await digestAt("hub");
    const { code, report } = await ask(["pull", otherImage, ...catalog], way);
    expect([code, report.images[0]?.digest], JSON.stringify(report.messages)).toEqual([0, digest]);
    expect(report.images[0]?.confirmedBy).toContain("upstream");
    expect(askedForOther("hub")).toEqual([]);
  });

  it("pulls by the prefix that a mirror's operator recommends, and by its own address where that gives nothing", async () => {
    const { way } = await begin(daemon());
    const { host } = new URL(lab().host("third").url);
    for (const [prefix, used] of [
      [`https://${host}/docker.io`, "/docker.io/"],
      [`https://${host}/nowhere`, "/v2/grafana/"],
      ["http://mirror.example/docker.io", "/v2/grafana/"],
    ] as const) {
      await daemon().docker("image", "prune", "-af");
      const seen = lab().host("third").log.length;
      const catalog = await catalogFor(way.home, { prefix });
      const { code, report } = await ask(["pull", otherImage, "--from", "third", ...catalog], way);
      expect([code, report.images[0]?.mirror], JSON.stringify(report.messages)).toEqual([0, "third"]);
      const fetched = lab()
        .host("third")
        .log.slice(seen)
        .filter(({ path }) => /grafana\/.*\/blobs\//.test(path));
      expect(fetched.length).toBeGreaterThan(0);
      for (const { path } of fetched) expect(path).toContain(used);
      expect(await kept(daemon())).toEqual([`${otherImage}:latest@<none>`]);
    }
  });

  it("from one mirror alone: nobody else is asked, and it is said that nobody confirmed it", async () => {
    const { way, catalog } = await begin(daemon());
    const seen = lab().host("swift").log.length;
    const { code, report } = await ask(["pull", "hello-world", "--from", "third", ...catalog], way);
    expect([code, codesOf(report), report.images[0]?.mirror]).toEqual([0, ["pull-unconfirmed"], "third"]);
    expect(lab().host("swift").log.length).toBe(seen);
    lab().host("third").setFault("denied");
    const denied = await ask(["pull", "hello-world", "--from", "third", "--no-cache", ...catalog], way);
    expect([denied.code, codesOf(denied.report)]).toEqual([3, ["pull-rejected"]]);
  });

  it("sends no mirror the person's login for the hub, though it asks for one", async () => {
    const { way, catalog } = await begin(daemon(), { swift: "token", steady: "token", third: "token" });
    const login = { auths: { "https://index.docker.io/v1/": { auth: "aHVidXNlcjpodWJwYXNz" } } };
    await put(join(way.home.path, ".docker", "config.json"), JSON.stringify(login));
    const { code, report } = await ask(["pull", otherImage, ...catalog], way);
    expect([code, report.images[0]?.state], JSON.stringify(report.messages)).toEqual([0, "pulled"]);
    const asked = ids.flatMap((id) =>
      lab()
        .host(id)
        .log.map(({ path }) => path),
    );
    expect(asked.some((path) => path.startsWith("/token"))).toBe(true);
    expect(asked.filter((path) => /account=|hubuser/.test(path))).toEqual([]);
  });

  it.each([
    ["quay.io/a/b", "pull-other-registry"],
    ["Nginx", "pull-bad-reference"],
    ["--", "missing-argument"],
  ])("%s is wrong usage, and nothing is asked", async (image, said) => {
    const { way, catalog } = await begin(daemon());
    const seen = ids.map((id) => lab().host(id).log.length);
    const { code, stderr, stdout } = await run(["pull", ...catalog, "--json", image], way);
    const report = stdout === "" ? { messages: [] } : JSON.parse(stdout);
    expect([code, report.messages[0]?.code], stderr).toEqual([2, said]);
    expect(ids.map((id) => lab().host(id).log.length)).toEqual(seen);
  });

  it("takes for a reference what the daemon takes for one", async () => {
    await begin(daemon());
    const hex = "0123456789abcdef".repeat(4);
    const names = [
      "nginx",
      "a_b__c-d---e/f.g",
      "a___b",
      "nginx:_x",
      "nginx:-x",
      "nginx:V1-RC.1",
      "Nginx",
      "a//b",
      "a/",
      "-a",
      hex,
    ];
    const long = [
      `x:${"a".repeat(128)}`,
      `x:${"a".repeat(129)}`,
      "localhost:5000",
      "a.b",
      "a b",
      "a:b:c",
      "docker.io/a",
      "a;b",
    ];
    for (const name of [...names, ...long]) {
      const said = await daemon().docker("tag", "absent:1", name).catch(String);
      const isReference = /No such image: absent/.test(said);
      expect([name, parseReference(name, ["docker.io"]).ok], said).toEqual([name, isReference]);
    }
  });

  it("says that a daemon does not answer", async () => {
    const { way, catalog } = await begin(daemon());
    const env = { ...way.env, DOCKER_HOST: "unix:///nowhere/docker.sock" };
    const { code, report } = await ask(["pull", "nginx", ...catalog], { ...way, env });
    expect([code, codesOf(report)]).toEqual([4, ["pull-no-answer"]]);
  });

  // The last of those that pull: dockerd goes on with a layer that never comes, and gives no other pull the same layer meanwhile.
  it("that was interrupted leaves no name behind", async () => {
    const { way, catalog } = await begin(daemon(), {
      swift: "other-hangs",
      steady: "other-hangs",
      third: "other-hangs",
    });
    const begun = ids.map((id) => askedForOther(id).length);
    const pidFile = join(way.home.path, "..", "pid");
    const noted = ["sh", "-c", `echo $$ > '${pidFile}'; exec "$@"`, "sh", ...(way.through ?? [])] as const;
    const running = run(["pull", otherImage, ...catalog, "--json"], { ...way, through: [...noted] });
    const isPulling = () => ids.some((id, index) => askedForOther(id).length > (begun[index] ?? 0));
    while (!isPulling()) await setTimeout(20);
    process.kill(Number(await readFile(pidFile, "utf8")), "SIGINT");
    const { code, stdout } = await running;
    const report = JSON.parse(stdout);
    expect([code, codesOf(report)]).toEqual([130, ["pull-interrupted"]]);
    expect(await kept(daemon())).toEqual([]);
  });
});

describeWith("podman", "pull without docker", () => {
  it("goes through podman, under the name that podman itself would give", async () => {
    for (const id of [...ids, "hub"] as const) lab().host(id).setFault(null);
    const home = await makeHome();
    const { PATH } = await withoutGo(home);
    await symlink(findTool("podman") ?? "podman", join(PATH, "podman"));
    const podman = join(PATH, "podman");
    const env = { PATH, ...trusting(lab()), ...(await podmanFolders(home)) };
    const catalog = await catalogFor(home, { hub: true, registry: "docker.io" });
    const images = async () => {
      const listed = await execa(podman, ["images", "--format", "{{.Repository}}:{{.Tag}}"], { env });
      return listed.stdout.split("\n").filter(Boolean).sort();
    };
    const { code, report } = await ask(["pull", otherImage, "hello-world", ...catalog], { home, env });
    expect(code, JSON.stringify(report.messages)).toBe(0);
    expect(report.images.map(({ state, tool }) => [state, tool])).toEqual(Array(2).fill(["pulled", "podman"]));
    expect(await images()).toEqual([`docker.io/${otherImage}:latest`, "docker.io/library/hello-world:latest"]);
    const again = await ask(["pull", otherImage, ...catalog], { home, env });
    expect([again.code, codesOf(again.report)]).toEqual([0, ["pull-present"]]);
    // The two are one and the same content: what clears up after a pull that failed must not take the other one for it.
    for (const id of ids) lab().host(id).setFault("other-manifest");
    await execa(podman, ["rmi", `docker.io/${otherImage}:latest`], { env });
    const failed = await ask(["pull", otherImage, ...catalog], { home, env });
    expect([failed.code, codesOf(failed.report).at(-1)]).toEqual([3, "pull-nobody"]);
    expect(await images()).toEqual(["docker.io/library/hello-world:latest"]);
  });
});

describe("pull with nothing to keep images in", () => {
  it("says so, and asks nobody", async () => {
    const home = await makeHome();
    const seen = ids.map((id) => lab().host(id).log.length);
    const env = { ...(await withoutGo(home)), ...trusting(lab()) };
    const { code, report } = await ask(["pull", "nginx", ...(await catalogFor(home))], { home, env });
    expect([code, codesOf(report), report.images]).toEqual([4, ["pull-no-tool"], []]);
    expect(ids.map((id) => lab().host(id).log.length)).toEqual(seen);
  });
});

/** What has podman keep everything beside a home. */
async function podmanFolders(home: Home): Promise<Record<string, string>> {
  const at = (name: string) => join(home.path, "..", name);
  await put(at("storage.conf"), `[storage]\ndriver = "vfs"\ngraphroot = "${at("root")}"\nrunroot = "${at("run")}"\n`);
  const folders = `tmp_dir = "${at("tmp")}"\nstatic_dir = "${at("static")}"\nvolume_path = "${at("volumes")}"\n`;
  await put(at("containers.conf"), `[engine]\nevents_logger = "none"\n${folders}`);
  await mkdir(at("session"));
  const session = { XDG_RUNTIME_DIR: at("session") };
  return { ...session, CONTAINERS_STORAGE_CONF: at("storage.conf"), CONTAINERS_CONF: at("containers.conf") };
}

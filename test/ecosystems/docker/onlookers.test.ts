import { parse } from "smol-toml";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { onlookers } from "../../../src/ecosystems/docker/onlookers/index.ts";
import type { HostFacts } from "../../../src/platform/types.ts";
import { build } from "../../platform/machines/machine.ts";

const hub = "docker.io";
const probes = { docker: { registry: hub, repository: "library/redis", reference: "alpine" } };
const [url, old] = ["https://m.example", "https://old.example"];
const home = "/home/me";
const silent = () => "";

interface Way {
  readonly programs?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly facts?: Partial<HostFacts>;
  readonly url?: string;
  readonly version?: string;
}

/** What is seen, and the file once its lines are added at its end. */
async function look(id: string, { programs = [], files = {}, facts = {}, url: wanted = url, version = "" }: Way) {
  const { read } = build({
    facts: { os: "linux", env: { PATH: "/bin" }, home, uid: 1000, cwd: home, ...facts },
    files,
    programs: Object.fromEntries(
      programs.map((name) => [`/bin/${name}`, name === "containerd" ? () => `containerd x ${version} y` : silent]),
    ),
  });
  const seen = await onlookers.find((each) => each.id === id)?.look(read, wanted, probes);
  if (seen === null || seen === undefined || !("lines" in seen)) return { seen: null, text: "" };
  return { seen, text: `${files[seen.file] ?? ""}${seen.lines.join("\n")}\n` };
}

it.each(["containerd", "buildkit", "buildx", "k3s"])("%s is not spoken of where nobody uses it", async (id) => {
  expect((await look(id, { programs: ["docker", "containerd"], version: "1.7.2" })).seen).toBeNull();
});

describe("containerd", () => {
  const hosts = `/etc/containerd/certs.d/${hub}/hosts.toml`;
  const wanted = { host: { [url]: { capabilities: ["pull", "resolve"] } } };

  it("has a file of hosts, as a user with nerdctl has below the home", async () => {
    const system = await look("containerd", { programs: ["nerdctl"], facts: { uid: 0 } });
    expect(system.seen).toMatchObject({ file: hosts, setting: { value: null, source: "default" } });
    expect(parse(system.text)).toEqual(wanted);
    const user = await look("containerd", { programs: ["nerdctl"] });
    expect(user.seen?.file).toBe(`${home}/.config/containerd/certs.d/${hub}/hosts.toml`);
  });

  it("says which hosts are set, and adds one to them", async () => {
    const files = { [hosts]: `server = "https://x.example"\n\n[host."${old}"]\n  capabilities = ["pull"]\n` };
    const { seen, text } = await look("containerd", { programs: ["crictl"], version: "v2.1.0", files });
    expect(seen?.setting).toMatchObject({ value: old, source: hosts, line: 3 });
    expect(parse(text)).toMatchObject({ host: { [old]: { capabilities: ["pull"] }, ...wanted.host } });
  });

  it("before 2.0 is told first where its files are", async () => {
    const main = "/etc/containerd/config.toml";
    const bare = await look("containerd", { programs: ["kubelet", "containerd"], version: "1.6.20~ds1" });
    expect(bare.seen).toMatchObject({ file: main, setting: { key: "config_path", value: null } });
    expect(parse(bare.text)).toMatchObject({
      plugins: { "io.containerd.grpc.v1.cri": { registry: { config_path: expect.stringContaining("certs.d") } } },
    });
    const files = { [main]: '[plugins."io.containerd.grpc.v1.cri".registry]\nconfig_path = "/x/certs"\n' };
    const set = await look("containerd", { programs: ["kubelet", "containerd"], version: "1.6.20", files });
    expect(set.seen?.file).toBe(`/x/certs/${hub}/hosts.toml`);
    const newer = await look("containerd", { programs: ["kubelet", "containerd"], version: "v2.1.0" });
    expect(newer.seen?.file).toBe(hosts);
  });

  it("keeps to the older table where somebody has that: both are an error", async () => {
    const main = "/etc/containerd/config.toml";
    const table = `[plugins."io.containerd.grpc.v1.cri".registry.mirrors."${hub}"]\nendpoint = ["${old}"]\n`;
    const { seen } = await look("containerd", { programs: ["crictl"], files: { [main]: table } });
    expect(seen).toMatchObject({ file: main, lines: [`endpoint = ["${url}"]`], setting: { value: old, line: 2 } });
  });
});

describe("BuildKit", () => {
  it("has a table for the registry, with addresses without a scheme", async () => {
    const { seen, text } = await look("buildkit", { programs: ["buildctl"], facts: { uid: 0 } });
    expect(seen).toMatchObject({ file: "/etc/buildkit/buildkitd.toml", setting: { value: null } });
    expect(parse(text)).toEqual({ registry: { [hub]: { mirrors: ["m.example"] } } });
    const files = { [`${home}/.config/buildkit/buildkitd.toml`]: `[registry."${hub}"]\n  mirrors = ["old.example"]\n` };
    const user = await look("buildkit", { programs: ["buildkitd"], files });
    expect(user.seen).toMatchObject({ setting: { value: old, line: 2 }, lines: ['mirrors = ["m.example"]'] });
  });

  it("is offered no mirror below a path: it would ask another place", async () => {
    expect((await look("buildkit", { programs: ["buildctl"], url: `${url}/hub` })).seen?.lines).toEqual([]);
  });

  it.each([
    [{}, `${home}/.docker/buildx`],
    [{ DOCKER_CONFIG: "/d" }, "/d/buildx"],
    [{ BUILDX_CONFIG: "/b", DOCKER_CONFIG: "/d" }, "/b"],
  ])("of buildx is for new builders: %j", async (env, folder) => {
    const facts = { env: { PATH: "/bin", ...env } };
    const { seen, text } = await look("buildx", { files: { [`${folder}/instances/mine`]: "{}" }, facts });
    expect(seen).toMatchObject({
      file: `${folder}/buildkitd.default.toml`,
      messages: [{ code: "buildx-new-builders" }],
    });
    expect(parse(text)).toEqual({ registry: { [hub]: { mirrors: ["m.example"] } } });
  });
});

describe("k3s", () => {
  const file = "/etc/rancher/k3s/registries.yaml";
  const set = (endpoint: readonly string[]) => ({ mirrors: { [hub]: { endpoint } } });

  it.each([
    ["no file", "", null, null],
    [
      "a list",
      `mirrors:\n  # ${hub}: no\n  ${hub}:\n    endpoint:\n      - "${old}"\n      - ${old}2\n  quay.io:\n    endpoint: ["https://q.example"]\n`,
      `${old}, ${old}2`,
      3,
    ],
    ["one line", `mirrors: { "${hub}": { endpoint: ["${old}"] } }\n`, old, 1],
    ["the mirrors of others", `mirrors:\n  mirror.${hub}:\n    endpoint: ["https://q.example"]\n`, null, null],
  ])("is read as it is: %s", async (_, text, value, line) => {
    const { seen } = await look("k3s", { programs: ["k3s"], files: text === "" ? {} : { [file]: text } });
    expect(seen).toMatchObject({ file, setting: { value, line }, messages: [{ code: "k3s-restart" }] });
  });

  it("gets the lines that are missing", async () => {
    expect(parseYaml((await look("k3s", { programs: ["k3s"] })).text)).toEqual(set([url]));
    const files = { [file]: "mirrors:\n" };
    expect(parseYaml((await look("k3s", { files })).text)).toEqual(set([url]));
    const named = { [file]: `mirrors:\n  "${hub}":\n` };
    expect(parseYaml((await look("k3s", { files: named })).text)).toEqual(set([url]));
  });
});

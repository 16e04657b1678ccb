import { describe, expect, it } from "vitest";
import { dockerClinic } from "../../../src/ecosystems/docker/doctor/index.ts";
import type { Current } from "../../../src/ecosystems/types.ts";
import { type DockerMachine, dockerMachine, lookAt, running } from "./machine.ts";
import { table } from "./podman.ts";

const file = "/etc/docker/daemon.json";
const near = "https://near.example";
const json = (...mirrors: string[]) => `{\n  "registry-mirrors": ${JSON.stringify(mirrors)}\n}\n`;

/** What the clinic says beside what status says: code and place. */
async function saidOf(described: DockerMachine, ...others: Partial<Current>[]): Promise<string[]> {
  const machine = dockerMachine(described);
  const { current } = await lookAt(machine);
  const found = await dockerClinic.oddities(machine.read, [current, ...(others as Current[])]);
  return found.map(({ message, where }) => `${message.code} ${where}`);
}

const reads = (text: string, says: DockerMachine["says"] = {}) => ({ says, files: { [file]: text } });

describe("what is wrong with Docker", () => {
  it.each<[string, DockerMachine, string[]]>([
    [
      "a flag and the file, both with mirrors",
      {
        says: null,
        files: { [file]: json(near), "/etc/default/docker": 'DOCKER_OPTS="--registry-mirror=https://a.example"\n' },
      },
      ["odd-docker-asleep unix:///var/run/docker.sock", `odd-docker-flag ${file}:2`],
    ],
    ["a daemon that does not run", { says: null }, ["odd-docker-asleep unix:///var/run/docker.sock"]],
    [
      "a daemon that lets nobody in",
      { says: null, files: running(7, []) },
      ["odd-docker-closed unix:///var/run/docker.sock"],
    ],
    [
      "the system's file, for a daemon without root",
      { endpoint: "unix:///run/user/1000/docker.sock", says: { rootless: true }, files: { [file]: json(near) } },
      [`odd-docker-place ${file}:2`],
    ],
    [
      "the system's file, for Docker Desktop",
      {
        endpoint: "unix:///home/u/.docker/desktop/docker.sock",
        says: { system: "Docker Desktop" },
        files: { [file]: json(near) },
      },
      [`odd-docker-place ${file}:2`],
    ],
    ["a path of versions", reads(json("https://a.example/v2/")), [`wrong-docker-version ${file}:2`]],
    ["other schemes", reads(json("htps://a.example", "ftp://b.example")), Array(2).fill(`wrong-scheme ${file}:2`)],
    ["the registry itself", reads(json("https://index.hub.example")), [`wrong-docker-upstream ${file}:2`]],
    ["a key by half", reads('{"registry_mirrors": []}'), [`wrong-docker-case ${file}:1`]],
    ["a map for a list", reads('{"registry-mirrors": {"a": 1}}'), [`odd-docker-list ${file}:1`]],
    [
      "a shell's proxy alone",
      { ...reads("{}"), env: { HTTPS_PROXY: "http://p.example" } },
      ["odd-docker-proxyless null"],
    ],
    [
      "mirrors of other registries",
      reads(json("https://quay.io", "https://gcr.mirror.example", "https://registry.k8s.io")),
      Array(3).fill(`wrong-docker-other ${file}:2`),
    ],
  ])("%s", async (_, machine, expected) => {
    expect(await saidOf(machine)).toEqual(expected);
  });

  it.each<[string, DockerMachine]>([
    ["nothing set", reads("{}")],
    [
      "a public cache of Docker Hub's that has another's name",
      reads(json("https://mirror.gcr.io", "https://docker.example")),
    ],
    ["a path, since 25.0", reads(json("https://corp.example/hub"))],
    [
      "a path that an older daemon has taken",
      reads(json("https://corp.example/hub"), { version: "24.0.9", mirrors: ["https://corp.example/hub/"] }),
    ],
    [
      "capitals, a port, an address, plain http at home",
      reads(json("HTTPS://Corp.Example:5000/", "http://10.0.0.2:5000")),
    ],
    ["an empty list", reads('{"registry-mirrors": []}')],
    ["no list", reads('{"registry-mirrors": null, "debug": true}')],
    [
      "flags alone",
      {
        says: { mirrors: [near] },
        files: { "/etc/default/docker": 'DOCKER_OPTS="--registry-mirror=https://near.example"\n', [file]: "{}" },
      },
    ],
    [
      "a system's daemon beside one without root",
      {
        endpoint: "unix:///run/user/1000/docker.sock",
        says: { rootless: true },
        files: { [file]: json(near), ...running(7, []) },
      },
    ],
    [
      "a daemon of which nothing is seen",
      { endpoint: "unix:///run/own.sock", says: null, files: { [file]: json(near) } },
    ],
    ["a daemon on another machine", { endpoint: "ssh://u@far.example", says: null, files: { [file]: json(near) } }],
  ])("is nothing: %s", async (_, machine) => {
    expect(await saidOf(machine)).toEqual([]);
  });

  it("podman's: a location with a scheme, and a prefix without one", async () => {
    const place = "/etc/containers/registries.conf.d/10-mine.conf";
    const podman = { tool: "podman" };
    const scheme = { [place]: table("hub.example", "https://a.example") };
    expect(await saidOf({ files: scheme }, podman)).toEqual([`odd-podman-scheme ${place}:5`]);
    const bare = { [place]: '[[registry]]\nprefix = "hub.example"\n' };
    expect(await saidOf({ files: bare }, podman)).toEqual([`odd-podman-location ${place}:2`]);
    const sound = `${table("hub.example", "a.example:5000")}[[registry]]\nprefix = "*.own.example"\n`;
    expect(await saidOf({ files: { [place]: sound } }, podman)).toEqual([]);
  });

  it("what its own program says against a file, where it can say so", async () => {
    const refuse = (args: readonly string[]) =>
      args[0] === "--version"
        ? "Docker version 28.5.2, build x\n"
        : { stdout: "", stderr: "unable to configure the Docker daemon: nope\n", code: 1 };
    const programs = { "/usr/bin/dockerd": ({ args }: { args: readonly string[] }) => refuse(args) };
    expect(await saidOf({ ...reads('{"nope": 1}'), programs })).toEqual([`odd-docker-refused ${file}`]);
  });

  it("a file for the registry that stands before the list", async () => {
    const hosts = "/etc/docker/certs.d/hub.example/hosts.toml";
    const says = { containerd: true, mirrors: [near] };
    const files = { [file]: json(near), [hosts]: '[host."https://a.example"]\n' };
    const { current } = await lookAt(dockerMachine({ says, files }));
    expect(current.pending).toMatchObject({ code: "docker-overridden", args: { file: hosts } });
    expect(dockerClinic.costOfDead?.([current])?.code).toBe("odd-docker-dead");
  });
});

import { describe, expect, it } from "vitest";
import { shadowMessages } from "../../../src/core/in-force.ts";
import { holdsLogin } from "../../../src/ecosystems/docker/credentials.ts";
import { startLine } from "../../../src/ecosystems/docker/units.ts";
import { type DockerMachine, dockerMachine, hub, lookAt, running } from "./machine.ts";

const file = "/etc/docker/daemon.json";
const near = "https://near.example";
const listed = `{\n  "registry-mirrors": ["${near}"]\n}\n`;
const look = async (described: DockerMachine) => (await lookAt(dockerMachine(described))).current;
const codes = (messages: readonly { code: string }[]) => messages.map(({ code }) => code);

describe("what is in force", () => {
  it("is what the daemon says, in the file's own spelling where that is the same", async () => {
    const current = await look({ files: { [file]: listed }, says: { mirrors: [`${near}/`] } });
    const value = JSON.stringify([near]);
    expect(current.settings).toEqual([
      { key: "registry-mirrors", stored: value, value, source: file, line: 2, shadowedBy: null },
    ]);
    expect([current.chain, current.pending, current.messages]).toEqual([[near], null, []]);
    expect(current.upstreamHosts).toEqual([hub, "hub.example", "registry-1.hub.example"]);
  });

  it("is not what is stored until the daemon has read it, and how to do that is said", async () => {
    const current = await look({ files: { [file]: listed, ...running(7, []) }, says: { mirrors: null } });
    expect(current.settings).toMatchObject([
      { stored: JSON.stringify([near]), value: null, source: "default", line: null },
    ]);
    const args = { file, command: "sudo kill -HUP $(cat /var/run/docker.pid)" };
    expect(current.pending).toEqual({ code: "docker-reload", level: "warn", args });
    const wanted = [{ key: "registry-mirrors", value: JSON.stringify([near]) }];
    expect(shadowMessages(current, wanted, () => true)).toEqual([current.pending]);
    expect(shadowMessages({ ...current, pending: null }, wanted, () => true)).toMatchObject([
      { code: "not-in-force-unset" },
    ]);
    const withSystemd = await look({ files: { [file]: listed }, folders: ["/run/systemd/system"], says: {} });
    expect(withSystemd.pending?.args).toMatchObject({ command: "sudo systemctl reload docker" });
  });

  it.each([
    [
      "Docker Desktop",
      { os: "darwin", says: { system: "Docker Desktop" } },
      "/Users/u/.docker/daemon.json",
      "docker desktop restart",
    ],
    [
      "OrbStack",
      { os: "darwin", says: { system: "OrbStack" } },
      "/Users/u/.orbstack/config/docker.json",
      "orb restart docker",
    ],
    ["snap", { client: "/snap/bin/docker" }, "/var/snap/docker/current/config/daemon.json", "sudo snap restart docker"],
  ] as const)("waits for a restart with %s, which is the person's to make", async (_, described, path, command) => {
    const current = await look({ ...described, files: { [path]: listed } });
    expect(current.pending).toEqual({ code: "docker-restart", level: "warn", args: { file: path, command } });
    expect(current.daemon.activation).toBeNull();
  });

  it("is what is stored where the daemon does not run, which is said", async () => {
    const current = await look({ files: { [file]: listed }, says: null });
    expect(current.settings).toMatchObject([{ value: JSON.stringify([near]), source: file }]);
    expect([current.pending, codes(current.messages)]).toEqual([null, ["docker-asleep"]]);
  });

  it.each([
    ["on another machine", { endpoint: "ssh://u:secret@far.example" }, "far.example"],
    ["of another container", { folders: [], files: { "/.dockerenv": "" } }, "unix:///var/run/docker.sock"],
    ["at an address that says nothing", { endpoint: "unix:///tmp/x.sock" }, "unix:///tmp/x.sock"],
  ] as const)(
    "is not known of a daemon %s, which is said and not taken for its default",
    async (_, described, host) => {
      const current = await look({ ...described, says: null });
      expect(current.settings).toMatchObject([{ value: null, source: host }]);
      expect(current.messages).toEqual([{ code: "docker-unseen", level: "warn", args: { host } }]);
    },
  );

  it("cannot be seen of a daemon that runs and does not answer: to root no group is named", async () => {
    const hung = { says: null, files: running(7, []) };
    expect(codes((await look(hung)).messages)).toEqual(["docker-closed"]);
    const byRoot = await look({ ...hung, uid: 0, home: "/root" });
    expect(codes(byRoot.messages)).toEqual(["docker-hung"]);
    // Asked before and after a write: together no longer than a person waits.
    expect(byRoot.daemon.activation?.inForce.timeoutMs).toBeLessThanOrEqual(5_000);
  });
});

describe("what is in the way", () => {
  const unit = (line: string) => ({
    "/usr/bin/systemctl": () =>
      `# /lib/systemd/system/docker.service\n[Service]\nExecStart=/usr/bin/dockerd -H fd://\n\n# /etc/systemd/system/docker.service.d/own.conf\n[Service]\nExecStart=\nExecStart=${line}\n`,
  });
  const flag = "--registry-mirror=https://flag.example";

  it.each([
    ["the process", { files: running(7, [flag]) }, "dockerd (7)"],
    ["a drop-in", { programs: unit(`/usr/bin/dockerd ${flag}`) }, "/etc/systemd/system/docker.service.d/own.conf"],
    [
      "a file of variables",
      { files: { "/etc/default/docker": `# x\nDOCKER_OPTS="${flag}"\n` } },
      "/etc/default/docker",
    ],
    [
      "a file of variables that the unit uses",
      {
        programs: unit("dockerd $DOCKER_OPTS"),
        files: { "/etc/default/docker": `DOCKER_OPTS='--registry-mirror https://flag.example'\n` },
      },
      "/etc/default/docker",
    ],
    [
      "a file of variables that nobody uses",
      { programs: unit("dockerd"), files: { "/etc/default/docker": `DOCKER_OPTS="${flag}"\n` } },
      null,
    ],
    ["a remark", { files: { "/etc/default/docker": `#DOCKER_OPTS="${flag}"\n` } }, null],
  ] as const)("mirrors as a flag, by %s", async (_, described, where) => {
    const { obstacle } = await look(described);
    expect(obstacle).toEqual(where === null ? null : { code: "docker-flag", level: "error", args: { where } });
  });

  it("is the file of a daemon that does not run, by its unit", async () => {
    const current = await look({ says: null, programs: unit("dockerd --config-file /srv/docker.json") });
    expect(current.file).toBe("/srv/docker.json");
  });

  it("a byte order mark, and whatever else is no JSON", async () => {
    const marked = await look({ files: { [file]: `\ufeff${listed}` } });
    expect(marked.obstacle?.args).toMatchObject({ file, line: 1, why: "byte-order-mark" });
    expect((await look({ files: { [file]: "{\n// mine\n}" } })).obstacle?.args).toMatchObject({ file, line: 2 });
  });

  it.each(['"https://near.example"', "[1]", "{}", "true"])("%s, which is no list", async (value) => {
    const current = await look({ files: { [file]: `{\n\n"registry-mirrors": ${value}}` } });
    expect(current.obstacle).toEqual({ code: "docker-no-list", level: "error", args: { file, line: 3 } });
  });

  it("a context that is not there", async () => {
    const unknown = ({ args }: { args: readonly string[] }) =>
      args[0] === "--version" ? "Docker version 28.2.2, build x\n" : { code: 1, stdout: "[]\n" };
    const current = await look({ programs: { "/usr/bin/docker": unknown } });
    expect(current.obstacle).toMatchObject({ code: "docker-no-context" });
  });
});

describe("what is said", () => {
  it("of the key that is only nearly right, and of other proxies than the shell's", async () => {
    const typo = await look({ files: { [file]: '{\n"registry-mirror": []}' } });
    expect(typo.messages).toEqual([{ code: "docker-typo", level: "warn", args: { file, line: 2 } }]);
    const proxied = { env: { HTTPS_PROXY: "http://u:p@proxy.example:3128" } };
    expect(codes((await look(proxied)).messages)).toEqual(["docker-proxy"]);
    expect((await look({ ...proxied, says: { proxy: "http://xxxxx:xxxxx@proxy.example:3128" } })).messages).toEqual([]);
    expect(codes((await look({ says: { proxy: "http://other.example" } })).messages)).toEqual(["docker-proxy"]);
  });
});

describe("a login that a mirror would get", () => {
  const index = `https://${hub}/v1/`;
  it.each([
    ["in the file", { auths: { [index]: { auth: "eA==" } } }, true],
    ["in a store, by its name", { auths: { [index]: {} }, credsStore: "pass" }, true],
    ["in a store, perhaps", { credsStore: "desktop" }, true],
    ["in a helper", { credHelpers: { [hub]: "ecr-login" } }, true],
    [
      "of another registry",
      { auths: { "ghcr.example": { auth: "eA==" } }, credHelpers: { "x.example": "gcloud" } },
      false,
    ],
    ["nowhere", {}, false],
  ])("%s", async (_, config, expected) => {
    expect(holdsLogin(JSON.stringify(config), index)).toBe(expected);
    const files = { "/home/u/.docker/config.json": JSON.stringify(config) };
    expect((await look({ files })).bar?.trait ?? null).toBe(expected ? "token" : null);
    expect((await look({ files, says: { containerd: true } })).bar).toBeNull();
  });

  it("is looked for where the person's is: DOCKER_CONFIG, and under sudo the person's home", async () => {
    const config = JSON.stringify({ auths: { [index]: { auth: "eA==" } } });
    const moved = await look({ env: { DOCKER_CONFIG: "/cfg" }, files: { "/cfg/config.json": config } });
    expect(moved.bar?.message.args).toEqual({ file: "/cfg/config.json" });
    // Whose home that is under sudo is settled where the facts are read.
    const files = { "/home/wei/.docker/config.json": config };
    const sudo = await look({ uid: 0, home: "/home/wei", env: { SUDO_USER: "wei", SUDO_UID: "1000" }, files });
    expect(sudo.bar?.message.args).toEqual({ file: "/home/wei/.docker/config.json" });
  });

  it("is known by its old form where no daemon says its name", async () => {
    expect(holdsLogin(JSON.stringify({ auths: { [index]: {} } }), null)).toBe(true);
    expect(holdsLogin(JSON.stringify({ auths: { "ghcr.example": {} } }), null)).toBe(false);
    expect(holdsLogin("not JSON", null)).toBe(false);
  });
});

describe("the start line of a service", () => {
  it.each([
    ["", null],
    ["# /a.service\nExecStart=dockerd \\\n  --x\n", { where: "/a.service", line: "dockerd    --x" }],
    ["# /a.service\nExecStart=dockerd\n# /b.conf\nExecStart=\n", null],
  ])("%j", (unit, expected) => {
    expect(startLine(unit)).toEqual(expected);
  });
});

import { describe, expect, it } from "vitest";
import type { EngineKind } from "../../../src/ecosystems/docker/engine.ts";
import { planDocker } from "../../../src/ecosystems/docker/plan.ts";
import { type DockerMachine, dockerMachine, lookAt, running } from "./machine.ts";

/** A machine, and what it comes to: the engine, whose settings they are, and the file; null where a person has to set it. */
type Row = readonly [string, DockerMachine, EngineKind, "system" | "user", string | null];

const wsl = { "/proc/sys/kernel/osrelease": "5.15.153.1-microsoft-standard-WSL2\n" };
const powershell = "/mnt/c/Windows/System32/WindowsPowerShell/v1.0/powershell.exe";
const interop = {
  folders: ["/mnt/c/Users/张三"],
  programs: { [powershell]: () => `${Buffer.from("C:\\Users\\张三").toString("base64")}\r\n` },
};
const desktop = { system: "Docker Desktop" };
const npipe = "npipe:////./pipe/docker_engine";
const person = { XDG_RUNTIME_DIR: "/run/user/1000" };
const ownSocket = "unix:///run/user/1000/docker.sock";
const etc = "/etc/docker/daemon.json";

const rows: readonly Row[] = [
  ["Linux", {}, "native", "system", etc],
  ["Linux, not running", { says: null }, "native", "system", etc],
  [
    "Linux, another file by the process",
    { files: running(7, ["--config-file=/srv/d.json"]) },
    "native",
    "system",
    "/srv/d.json",
  ],
  [
    "Linux, a socket of its own that a process shows",
    {
      endpoint: "unix:///srv/d.sock",
      files: running(
        7,
        ["-H", "unix:///srv/d.sock", "--pidfile", "/srv/d.pid", "--config-file", "/srv/d.json"],
        "/srv/d.pid",
      ),
    },
    "native",
    "system",
    "/srv/d.json",
  ],
  [
    "Linux, a socket that the file names",
    { endpoint: "tcp://127.0.0.1:2375", files: { ...running(7, []), [etc]: '{"hosts":["tcp://127.0.0.1:2375"]}' } },
    "native",
    "system",
    etc,
  ],
  ["Linux, a socket that nobody shows", { endpoint: "unix:///tmp/forwarded.sock" }, "unknown", "system", null],
  [
    "Linux, and a container's daemon beside it",
    {
      files: {
        "/proc/3/cmdline": "dockerd\0--config-file=/inner.json\0",
        ...running(7, ["--config-file=/outer.json"]),
      },
    },
    "native",
    "system",
    "/outer.json",
  ],
  [
    "rootless",
    { endpoint: ownSocket, env: person, says: { rootless: true } },
    "rootless",
    "user",
    "/home/u/.config/docker/daemon.json",
  ],
  [
    "rootless, not running",
    { endpoint: ownSocket, env: person, says: null },
    "rootless",
    "user",
    "/home/u/.config/docker/daemon.json",
  ],
  [
    "rootless, moved by XDG_CONFIG_HOME",
    { endpoint: ownSocket, env: { ...person, XDG_CONFIG_HOME: "/home/u/cfg" }, says: { rootless: true } },
    "rootless",
    "user",
    "/home/u/cfg/docker/daemon.json",
  ],
  [
    "rootless without a run-time folder",
    { endpoint: "unix:///home/u/.docker/run/docker.sock", says: { rootless: true } },
    "rootless",
    "user",
    "/home/u/.config/docker/daemon.json",
  ],
  [
    "somebody else's rootless daemon",
    { endpoint: "unix:///run/user/1001/docker.sock", says: { rootless: true } },
    "unknown",
    "system",
    null,
  ],
  ["snap", { client: "/snap/bin/docker" }, "snap", "system", "/var/snap/docker/current/config/daemon.json"],
  [
    "snap, by its data",
    { says: { root: "/var/snap/docker/common/var-lib-docker" } },
    "snap",
    "system",
    "/var/snap/docker/current/config/daemon.json",
  ],
  [
    "Synology",
    { says: { root: "/volume1/@docker" }, files: { "/var/packages/ContainerManager/etc/dockerd.json": "{}" } },
    "synology",
    "system",
    "/var/packages/ContainerManager/etc/dockerd.json",
  ],
  [
    "Synology before DSM 7.2",
    { says: { root: "/volume1/@docker" }, files: { "/var/packages/Docker/etc/dockerd.json": "{}" } },
    "synology",
    "system",
    "/var/packages/Docker/etc/dockerd.json",
  ],
  [
    "Docker Desktop on Linux",
    { context: "desktop-linux", endpoint: "unix:///home/u/.docker/desktop/docker.sock", says: desktop },
    "desktop",
    "user",
    "/home/u/.docker/daemon.json",
  ],
  [
    "Docker Desktop on Linux, stopped",
    { endpoint: "unix:///home/u/.docker/desktop/docker.sock", says: null },
    "desktop",
    "user",
    "/home/u/.docker/daemon.json",
  ],
  [
    "Docker Desktop on macOS",
    { os: "darwin", endpoint: "unix:///Users/u/.docker/run/docker.sock", says: desktop },
    "desktop",
    "user",
    "/Users/u/.docker/daemon.json",
  ],
  [
    "Docker Desktop on macOS, stopped",
    { os: "darwin", endpoint: "unix:///Users/u/.docker/run/docker.sock", says: null },
    "desktop",
    "user",
    "/Users/u/.docker/daemon.json",
  ],
  [
    "Docker Desktop on macOS by the old socket",
    { os: "darwin", says: desktop },
    "desktop",
    "user",
    "/Users/u/.docker/daemon.json",
  ],
  ["macOS, the old socket, and nobody answers", { os: "darwin", says: null }, "unknown", "system", null],
  [
    "OrbStack",
    {
      os: "darwin",
      context: "orbstack",
      endpoint: "unix:///Users/u/.orbstack/run/docker.sock",
      says: { system: "OrbStack", host: "orbstack" },
    },
    "orbstack",
    "user",
    "/Users/u/.orbstack/config/docker.json",
  ],
  [
    "OrbStack by the old socket",
    { os: "darwin", says: { system: "OrbStack" } },
    "orbstack",
    "user",
    "/Users/u/.orbstack/config/docker.json",
  ],
  [
    "OrbStack, stopped",
    { os: "darwin", endpoint: "unix:///Users/u/.orbstack/run/docker.sock", says: null },
    "orbstack",
    "user",
    "/Users/u/.orbstack/config/docker.json",
  ],
  [
    "Colima",
    { os: "darwin", endpoint: "unix:///Users/u/.colima/default/docker.sock", says: { host: "colima" } },
    "colima",
    "user",
    null,
  ],
  ["Colima by the old socket", { os: "darwin", says: { host: "colima-work" } }, "colima", "user", null],
  [
    "Colima, stopped",
    { os: "darwin", endpoint: "unix:///Users/u/.colima/work/docker.sock", says: null },
    "colima",
    "user",
    null,
  ],
  [
    "Rancher Desktop",
    { os: "darwin", endpoint: "unix:///Users/u/.rd/docker.sock", says: { host: "lima-rancher-desktop" } },
    "rancher",
    "user",
    null,
  ],
  [
    "Rancher Desktop on WSL",
    { files: wsl, says: { system: "Rancher Desktop WSL Distribution" } },
    "rancher",
    "user",
    null,
  ],
  [
    "Lima",
    {
      os: "darwin",
      endpoint: "unix:///Users/u/.lima/docker/sock/docker.sock",
      says: { host: "lima-docker", rootless: true },
    },
    "lima",
    "user",
    null,
  ],
  [
    "Docker Desktop on Windows",
    { os: "win32", endpoint: "npipe:////./pipe/dockerDesktopLinuxEngine", says: desktop },
    "desktop",
    "user",
    "C:\\Users\\u\\.docker\\daemon.json",
  ],
  [
    "Docker Desktop on Windows, stopped",
    {
      os: "win32",
      client: "C:\\Program Files\\Docker\\Docker\\resources\\bin\\docker.exe",
      endpoint: npipe,
      says: null,
    },
    "desktop",
    "user",
    "C:\\Users\\u\\.docker\\daemon.json",
  ],
  [
    "Docker Desktop with containers of Windows",
    { os: "win32", endpoint: npipe, says: { ...desktop, containers: "windows" } },
    "desktop",
    "user",
    "C:\\Users\\u\\.docker\\windows-daemon.json",
  ],
  [
    "the Windows service",
    {
      os: "win32",
      endpoint: npipe,
      env: { ProgramData: "D:\\Data" },
      says: { system: "Windows Server 2022", containers: "windows", root: "D:\\Data\\docker" },
    },
    "windows-service",
    "system",
    "D:\\Data\\docker\\config\\daemon.json",
  ],
  [
    "the Windows service, started with another place for its data",
    {
      os: "win32",
      endpoint: npipe,
      says: { system: "Windows Server 2022", containers: "windows", root: "E:\\docker" },
    },
    "windows-service",
    "system",
    "E:\\docker\\config\\daemon.json",
  ],
  [
    "the Windows service, whose file names another place for its data",
    {
      os: "win32",
      endpoint: npipe,
      files: { "C:\\ProgramData\\docker\\config\\daemon.json": '{"data-root":"E:\\\\docker"}' },
      says: { system: "Windows Server 2022", containers: "windows", root: "E:\\docker" },
    },
    "windows-service",
    "system",
    "C:\\ProgramData\\docker\\config\\daemon.json",
  ],
  [
    "WSL with Docker Desktop: the file of Windows",
    { files: wsl, says: desktop, ...interop },
    "desktop",
    "user",
    "/mnt/c/Users/张三/.docker/daemon.json",
  ],
  [
    "WSL with Docker Desktop, and no way to Windows",
    {
      files: { ...wsl, "/etc/wsl.conf": "[interop]\nenabled=false\n" },
      folders: ["/mnt/c/Users/a", "/mnt/c/Users/b"],
      says: desktop,
    },
    "desktop",
    "user",
    null,
  ],
  [
    "WSL with Docker Desktop, stopped",
    { files: { ...wsl, "/mnt/wsl/docker-desktop/cli-tools/docker": "" }, says: null, ...interop },
    "desktop",
    "user",
    "/mnt/c/Users/张三/.docker/daemon.json",
  ],
  ["WSL with a daemon of its own", { files: { ...wsl, ...running(7, []) }, ...interop }, "native", "system", etc],
  [
    "WSL with a daemon of its own, stopped, beside Docker Desktop",
    { files: { ...wsl, "/usr/bin/dockerd": "", "/mnt/wsl/docker-desktop/x": "" }, says: null },
    "native",
    "system",
    etc,
  ],
  ["another machine by ssh", { endpoint: "ssh://u@build.example" }, "remote", "system", null],
  ["another machine by tcp", { endpoint: "tcp://10.0.0.9:2376" }, "remote", "system", null],
  [
    "another machine that calls itself Docker Desktop",
    { endpoint: "tcp://10.0.0.9:2376", says: desktop },
    "remote",
    "system",
    null,
  ],
  [
    "Docker Desktop by its local port",
    { os: "win32", endpoint: "tcp://localhost:2375", says: desktop },
    "desktop",
    "user",
    "C:\\Users\\u\\.docker\\daemon.json",
  ],
  ["a local port that may lead anywhere", { endpoint: "tcp://127.0.0.1:2375" }, "remote", "system", null],
  ["inside a container, with the socket from outside", { files: { "/.dockerenv": "" } }, "outside", "system", null],
  [
    "inside a container that has a daemon of its own, not running",
    { files: { "/.dockerenv": "", "/usr/sbin/dockerd": "" }, says: null },
    "native",
    "system",
    etc,
  ],
  [
    "inside a container, with nobody at the socket",
    { files: { "/.dockerenv": "" }, says: null },
    "outside",
    "system",
    null,
  ],
  [
    "inside a container that has a daemon of its own",
    { files: { "/.dockerenv": "", ...running(1, []) } },
    "native",
    "system",
    etc,
  ],
];

const mirror = { url: "https://near.example", mirror: null, traits: [] };
const choice = { kind: "mirrors", chain: [mirror], privatePatterns: [], scopeRegistries: [] } as const;
const knowledge = { isMirror: () => false, probes: {} };

describe("which Docker it is, and where its settings are", () => {
  it.each(rows)("%s", async (_, described, kind, scope, file) => {
    const { installation, current } = await lookAt(dockerMachine(described));
    expect([current.daemon.engine?.kind, current.scope, installation?.scope]).toEqual([kind, scope, scope]);
    const planned = planDocker(current, choice, knowledge);
    if (file === null) {
      expect(planned).toMatchObject({ ok: false, message: { level: "error" } });
    } else {
      expect(current.file).toBe(file);
      expect(planned).toMatchObject({ ok: true, changes: [{ file, scope }] });
    }
  });

  it("asks no daemon on another machine anything", async () => {
    const machine = dockerMachine({ endpoint: "ssh://u@build.example" });
    await lookAt(machine);
    expect(machine.runs.filter(({ argv }) => argv.includes("info"))).toEqual([]);
  });

  it("is none where docker is podman, or Docker Desktop's notice in WSL, and says so", async () => {
    const podman = await lookAt(dockerMachine({ version: "podman version 4.3.1" }));
    expect([podman.installation, podman.current.messages.map(({ code }) => code)]).toEqual([
      null,
      ["docker-is-podman"],
    ]);
    const notice = () => ({ code: 1, stdout: "The command 'docker' could not be found in this WSL 2 distro.\n" });
    const off = await lookAt(dockerMachine({ programs: { "/usr/bin/docker": notice } }));
    expect([off.installation, off.current.messages.map(({ code }) => code)]).toEqual([null, ["docker-wsl-off"]]);
  });

  it("is told by the person where its file cannot be written, to the letter", async () => {
    const told = async (described: DockerMachine) => {
      const planned = planDocker((await lookAt(dockerMachine(described))).current, choice, knowledge);
      return planned.ok ? null : planned.message;
    };
    const list = '["https://near.example"]';
    expect(await told({ endpoint: "unix:///Users/u/.colima/work/docker.sock", os: "darwin" })).toMatchObject({
      code: "docker-colima",
      args: { file: "/Users/u/.colima/work/colima.yaml", list, command: "colima restart work" },
    });
    expect(await told({ endpoint: "ssh://u@build.example:22" })).toMatchObject({
      code: "docker-remote",
      args: { host: "build.example:22", list },
    });
    expect(await told({ endpoint: "unix:///tmp/forwarded.sock" })).toMatchObject({ code: "docker-unknown" });
  });

  it("has nothing to say where the list is in force already, whoever wrote it", async () => {
    const says = { host: "colima", mirrors: ["https://near.example/"] };
    const { current } = await lookAt(dockerMachine({ os: "darwin", says }));
    expect(planDocker(current, choice, knowledge)).toEqual({ ok: true, changes: [], wanted: [], messages: [] });
  });
});

import { expect, it } from "vitest";
import { run } from "./driver.ts";
import type { Program } from "./machine.ts";
import { linux, mac, windows, wsl2 } from "./machines.ts";

const powershell = "/mnt/c/Windows/System32/WindowsPowerShell/v1.0/powershell.exe";
const desktop = { OperatingSystem: "Docker Desktop", ServerVersion: "28.5.2", OSType: "linux", ID: "x" };

/** A client before a daemon that says this of itself. */
function docker(host: string, info: object): Program {
  return ({ args }) => {
    if (args[0] === "--version") return "Docker version 28.5.2, build test\n";
    if (args[0] === "context") return JSON.stringify([{ Name: "default", Endpoints: { docker: { Host: host } } }]);
    return args.includes("info") ? JSON.stringify(info) : { code: 1, stderr: "no such command here" };
  };
}

const before = '{\r\n  "builder": {}\r\n}\r\n';
const home: Program = () => `${Buffer.from("C:\\Users\\张三").toString("base64")}\r\n`;

const machines = [
  {
    name: "Docker Desktop seen from WSL 2",
    file: "/mnt/c/Users/张三/.docker/daemon.json",
    kind: wsl2,
    programs: { "/usr/bin/docker": docker("unix:///var/run/docker.sock", desktop), [powershell]: home },
  },
  {
    name: "Docker Desktop on a Mac",
    file: "/Users/u/.docker/daemon.json",
    kind: mac,
    programs: { "/opt/homebrew/bin/docker": docker("unix:///Users/u/.docker/run/docker.sock", desktop) },
  },
  {
    name: "Docker Desktop on Windows",
    file: "C:\\Users\\张 三\\.docker\\daemon.json",
    kind: windows,
    programs: { "C:\\Go\\bin\\docker.exe": docker("npipe:////./pipe/dockerDesktopLinuxEngine", desktop) },
  },
];

it.each(machines)("$name is set in its own file, and that is taken back", async ({ file, kind, programs }) => {
  const machine = kind.make({ files: { [file]: before }, programs });
  const { code, json } = await run(machine, "docker near --no-probe --json");
  expect([code, json?.changes.map((change) => change.file)]).toEqual([7, [file]]);
  const text = () => {
    const state = machine.disk.read(file);
    return state.kind === "file" ? Buffer.from(state.bytes).toString("utf8") : null;
  };
  expect(JSON.parse(text() ?? "")).toEqual({ builder: {}, "registry-mirrors": ["https://docker-mirror.example"] });
  expect(text()).toMatch(/^(?:[^\r\n]*\r\n)+$/);
  expect((await run(machine, "undo")).code).toBe(0);
  expect(text()).toBe(before);
});

it("is not there in a WSL that Docker Desktop does not serve, and the switch for it is named", async () => {
  const folder = "/mnt/c/Program Files/Docker/Docker/resources/bin";
  const text = "The command 'docker' could not be found in this WSL 2 distro.";
  const stub: Program = () => ({ code: 1, stdout: text });
  const facts = { os: "linux", env: { PATH: folder }, home: "/home/u", uid: 1000, cwd: "/home/u" } as const;
  const machine = wsl2.make({ facts, programs: { [`${folder}/docker`]: stub } });
  const { code, out } = await run(machine, "docker near --no-probe");
  expect([code, out]).toEqual([4, expect.stringContaining("WSL integration")]);
  expect((await run(machine, "status docker", "zh")).out.match(/WSL integration/g)).toHaveLength(1);
});

it("is refused in a home that Nix makes, with the option to set", async () => {
  const machine = linux.make({
    files: { "/nix/store/k-daemon.json": "{}\n" },
    links: { "/etc/docker/daemon.json": "/nix/store/k-daemon.json" },
    programs: { "/usr/bin/docker": docker("unix:///var/run/docker.sock", { ...desktop, OperatingSystem: "NixOS" }) },
  });
  const { code, err } = await run(machine, "docker near --no-probe");
  expect([code, err]).toEqual([5, expect.stringContaining("virtualisation.docker.daemon.settings")]);
});

it("of another machine is told where to go when named alone, and passed over among others", async () => {
  const elsewhere = { "/usr/bin/docker": docker("ssh://build@far.example", {}) };
  const alone = await run(linux.make({ programs: elsewhere }), "docker near --no-probe");
  expect([alone.code, alone.err]).toEqual([5, expect.stringContaining("far.example")]);
  const { code, json } = await run(linux.make({ programs: elsewhere }), "all near --no-probe --json");
  expect([code, json?.skipped]).toEqual([
    0,
    expect.arrayContaining([{ ecosystem: "docker", tool: "docker", reason: "elsewhere" }]),
  ]);
  expect(json?.changes.map(({ ecosystem }) => ecosystem)).toEqual(["go", "pip", "npm"]);
});

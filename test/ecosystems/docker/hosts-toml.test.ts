import { describe, expect, it } from "vitest";
import { hostsTomlOverride } from "../../../src/ecosystems/docker/hosts-toml.ts";
import type { HostFacts } from "../../../src/platform/types.ts";
import { build } from "../../platform/machines/machine.ts";

const hosts =
  '# mine\nserver = "https://x.example"\n[host."https://a.example"]\n  skip_verify = false\n[host.\'https://b.example\']\n';
const names = ["index.docker.io", "docker.io"];

function look(files: Readonly<Record<string, string>>, isRootless = false, facts: Partial<HostFacts> = {}) {
  const whole: HostFacts = { os: "linux", env: {}, home: "/home/me", uid: 1000, cwd: "/", ...facts };
  return hostsTomlOverride(build({ facts: whole, files }).read, names, isRootless);
}

describe("a hosts.toml that stands before the mirrors", () => {
  const file = "/etc/docker/certs.d/docker.io/hosts.toml";
  const found = { line: 3, hosts: ["https://a.example", "https://b.example"] };

  it("is found with its hosts", async () => {
    expect(await look({ [file]: hosts })).toEqual({ file, ...found });
  });

  it("is below the home for a daemon without root, and in ProgramData on Windows", async () => {
    const own = "/home/me/.config/docker/certs.d/docker.io/hosts.toml";
    expect(await look({ [own]: hosts, [file]: hosts }, true)).toMatchObject({ file: own });
    const windows = "C:\\ProgramData\\docker\\certs.d\\docker.io\\hosts.toml";
    expect(await look({ [windows]: hosts }, false, { os: "win32", home: "C:\\Users\\me" })).toMatchObject({
      file: windows,
    });
  });

  it("is nowhere for a daemon without root whose home nobody knows", async () => {
    const relative = ".config/docker/certs.d/docker.io/hosts.toml";
    expect(await look({ [relative]: hosts, [file]: hosts }, true, { home: null })).toBeNull();
  });

  it("may be the one for all registries", async () => {
    const all = "/etc/docker/certs.d/_default/hosts.toml";
    expect(await look({ [all]: hosts })).toMatchObject({ file: all });
  });

  it.each([
    ["none", {}],
    ["one of another registry", { "/etc/docker/certs.d/quay.io/hosts.toml": hosts }],
    ["one without hosts", { [file]: 'server = "https://x.example"\n# [host."https://a.example"]\n' }],
    ["certificates alone", { "/etc/docker/certs.d/docker.io/ca.crt": "x" }],
  ] as const)("is not there: %s", async (_, files) => {
    expect(await look(files)).toBeNull();
  });
});

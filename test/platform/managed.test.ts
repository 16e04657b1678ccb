import { describe, expect, it } from "vitest";
import { isManaged, managingOption } from "../../src/platform/managed.ts";

const facts = { os: "linux", env: {}, home: "/home/u", uid: 1000, cwd: "/" } as const;

describe("a file that a configuration makes", () => {
  it.each([
    ["/nix/store/k3-home-manager-files/.npmrc", true],
    ["/gnu/store/k3-npmrc", true],
    ["/home/u/nix/store/.npmrc", false],
    ["/home/u/.local/share/chezmoi/dot_npmrc", false],
    ["/home/u/dotfiles/stow/npm/.npmrc", false],
  ])("%s: %s", (path, wanted) => {
    expect(isManaged(path)).toBe(wanted);
  });

  it.each([
    ["/home/u/.npmrc", "programs.npm.npmrc"],
    ["/home/u/.config/npm/npmrc", "programs.npm.npmrc"],
    ["/etc/npmrc", "programs.npm.npmrc"],
    ["/home/u/.config/go/env", "programs.go.env"],
    ["/home/u/.config/uv/uv.toml", "programs.uv.settings"],
    ["/etc/uv/uv.toml", 'environment.etc."uv/uv.toml"'],
    ["/home/u/.bunfig.toml", "programs.bun.settings"],
    ["/home/u/.config/pip/pip.conf", 'home.file.".config/pip/pip.conf"'],
    ["/etc/pip.conf", 'environment.etc."pip.conf"'],
    ["/etc/docker/daemon.json", "virtualisation.docker.daemon.settings"],
    ["/home/u/.yarnrc.yml", 'home.file.".yarnrc.yml"'],
    ["/srv/named.conf", "/srv/named.conf"],
  ])("%s is set by %s", (path, wanted) => {
    expect(managingOption(path, facts)).toBe(wanted);
  });

  it("is set on a Mac by the same option", () => {
    const mac = { ...facts, os: "darwin", home: "/Users/u" } as const;
    expect(managingOption("/Users/u/Library/Application Support/go/env", mac)).toBe("programs.go.env");
    expect(managingOption("/Users/u/.config/uv/uv.toml", mac)).toBe("programs.uv.settings");
  });
});

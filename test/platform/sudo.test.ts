import { describe, expect, it } from "vitest";
import { ownDirectories } from "../../src/platform/paths.ts";
import { callerOfSudo, factsOf, homeInDscl, ownerAt, userIn } from "../../src/platform/sudo.ts";
import type { HostFacts } from "../../src/platform/types.ts";

const passwd = [
  "root:x:0:0:root:/root:/bin/bash",
  "# a comment",
  "mei:x:1000:1000:Mei, , :/home/mei:/bin/zsh",
  "broken:x:1001",
  "+::::::",
  "li:x:1002:100::/srv/people/li li:/bin/sh",
].join("\n");
const person = { uid: 1000, gid: 1000, name: "mei" };
const root: HostFacts = { os: "linux", env: { HOME: "/root", PATH: "/usr/bin" }, home: "/root", uid: 0, cwd: "/" };

describe("who called sudo", () => {
  it.each([
    ["somebody", 0, "1000", 1000],
    ["root itself", 0, "0", null],
    ["nobody", 0, undefined, null],
    ["nobody can be, where we are not root", 1000, "1000", null],
    ["nonsense", 0, "1000; rm", null],
    ["a negative number", 0, "-1", null],
  ])("is %s", (_, uid, SUDO_UID, expected) => {
    expect(callerOfSudo({ uid, env: { SUDO_UID } })).toBe(expected);
  });

  it("stands in the table of users, with a home", () => {
    expect(userIn(passwd, 1000)).toEqual({ gid: 1000, name: "mei", home: "/home/mei" });
    expect(userIn(passwd, 1002)?.home).toBe("/srv/people/li li");
    expect([userIn(passwd, 1001), userIn(passwd, 100), userIn("", 1000)]).toEqual([null, null, null]);
  });

  it("has a home on macOS, blanks in it or not", () => {
    expect(homeInDscl("NFSHomeDirectory: /Users/mei\n")).toBe("/Users/mei");
    expect(homeInDscl("NFSHomeDirectory:\n /Users/mei li\n")).toBe("/Users/mei li");
    expect(homeInDscl("No such key: NFSHomeDirectory\n")).toBeNull();
  });
});

describe("the facts under sudo", () => {
  it("are those of who called it, with nothing of root's home left", () => {
    const facts = factsOf({ ...root, env: { ...root.env, XDG_STATE_HOME: "/root/.state" } }, person, "/home/mei");
    expect(facts).toMatchObject({ home: "/home/mei", uid: 0, person, env: { HOME: "/home/mei", USER: "mei" } });
    expect(ownDirectories(facts)?.state).toBe("/home/mei/.local/state/mirror-setup");
  });

  it("keep what sudo -E has kept of the person's own", () => {
    const env = { HOME: "/home/mei", XDG_STATE_HOME: "/home/mei/state" };
    const facts = factsOf({ ...root, env, home: "/home/mei" }, person, "/home/mei");
    expect(ownDirectories(facts)?.state).toBe("/home/mei/state/mirror-setup");
  });

  it("know no place where no home is known", () => {
    expect(ownDirectories(factsOf(root, person, null))).toBeNull();
  });

  it("give what is new in the home to its owner, and nothing else", () => {
    const facts = factsOf(root, person, "/home/mei");
    expect(ownerAt("/home/mei/.config/go/env", facts)).toEqual({ uid: 1000, gid: 1000 });
    for (const path of ["/etc/docker/daemon.json", "/home/meiling/.npmrc", "/root/.npmrc"])
      expect(ownerAt(path, facts)).toBeNull();
    expect(ownerAt("/root/.npmrc", root)).toBeNull();
  });
});

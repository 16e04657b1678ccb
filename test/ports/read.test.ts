import { execFileSync } from "node:child_process";
import { mkdir, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { realReadPort } from "../../src/ports/real.ts";
import { snapshot } from "../laws/snapshot.ts";
import { worldMaker } from "../laws/world.ts";

const make = worldMaker();
const empty = { placement: "absent", mode: 0o644, bytes: new Uint8Array() } as const;
const world = () => make("f", empty);
const sh = (script: string) => ["/bin/sh", "-c", script] as [string, ...string[]];

describe("what stands at a path", () => {
  let home: string;
  let read: ReturnType<typeof realReadPort>;
  beforeAll(async () => {
    const made = await world();
    home = made.home;
    read = realReadPort(made.facts);
    await mkdir(join(home, "folder"));
    await writeFile(join(home, "file"), Buffer.from([0xef, 0xbb, 0xbf, 0xff, 0x0a]), { mode: 0o600 });
    await symlink("file", join(home, "link"));
    await symlink("nowhere", join(home, "dangling"));
    await symlink("loop", join(home, "loop"));
    await writeFile(join(home, "huge"), "");
    await truncate(join(home, "huge"), 5 * 1024 * 1024);
    execFileSync("mkfifo", [join(home, "pipe")]);
  });

  it.each([
    ["file", { kind: "file", mode: 0o600, bytes: new Uint8Array([0xef, 0xbb, 0xbf, 0xff, 0x0a]) }],
    ["none", { kind: "missing" }],
    ["folder/none/deeper", { kind: "missing" }],
    ["folder", { kind: "blocked", why: "directory" }],
    ["dangling", { kind: "blocked", why: "dangling-link" }],
    ["loop", { kind: "blocked", why: "unreadable" }],
    ["huge", { kind: "blocked", why: "too-large" }],
    ["pipe", { kind: "blocked", why: "not-a-file" }],
    ["file/below", { kind: "blocked", why: "unreadable" }],
  ])("%s", async (name, wanted) => {
    expect(await read.read(join(home, name))).toMatchObject(wanted);
  });

  it("is what a link leads to", async () => {
    expect(await read.read(join(home, "link"))).toMatchObject({ kind: "file", realPath: join(home, "file") });
  });

  it("has names only where it is a folder", async () => {
    expect([await read.names(join(home, "file")), await read.names(join(home, "none"))]).toEqual([[], []]);
    expect((await read.names(home)).length).toBe(7);
  });
});

describe("a program that is only to look", () => {
  it("leaves no trace in the home, whatever it writes to its folders, and gives back its copy", async () => {
    const { home, facts } = await world();
    const read = realReadPort(facts);
    const before = await snapshot(home);
    const writes =
      'for d in "$HOME" "$XDG_CONFIG_HOME" "$XDG_CACHE_HOME" "$XDG_STATE_HOME" "$APPDATA"; do mkdir -p "$d"; echo x > "$d/trace"; done; echo more >> copy; pwd';
    const result = await read.run({ argv: sh(writes) }, { copy: Buffer.from("was\n") });
    expect(result).toMatchObject({ code: 0, stderr: "" });
    expect(Buffer.from(result.files.copy ?? []).toString()).toBe("was\nmore\n");
    expect(await snapshot(home)).toEqual(before);
    expect((await read.read(result.stdout.trim())).kind).toBe("missing");
  });

  it("has the user's environment, with changes; {stage} is its folder", async () => {
    const { facts } = await world();
    const read = realReadPort({ ...facts, env: { ...facts.env, KEEP: "k", DROP: "d" } });
    const argv: [string, ...string[]] = [...sh('echo "$KEEP|$DROP|$NEW|$1"'), "sh", "{stage}/a"];
    const { stdout } = await read.run({ argv, env: { DROP: null, NEW: "{stage}" } });
    const [keep, drop, stage, argument] = stdout.trim().split("|");
    expect([keep, drop, argument]).toEqual(["k", "", `${stage}/a`]);
    expect(stage).not.toBe("");
  });

  it("is ended when its time is over, and is no error when it is not there", async () => {
    const read = realReadPort((await world()).facts);
    expect((await read.run({ argv: ["/bin/sleep", "20"], timeoutMs: 50 })).code).toBeNull();
    expect(await read.run({ argv: ["/nonexistent/program"] })).toMatchObject({ code: null, files: {} });
    expect(await read.which("no-such-program-anywhere")).toBeNull();
    expect(await read.which("sh")).toMatch(/\/sh$/);
  });
});

import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { draft } from "../../src/plan/draft.ts";
import type { Change } from "../../src/plan/types.ts";
import { describeWith } from "../lab/tools.ts";
import { snapshot } from "../laws/snapshot.ts";
import { type World, worldMaker } from "../laws/world.ts";

const make = worldMaker();
const plain = (text: string) => make("env", { placement: "plain", mode: 0o640, bytes: Buffer.from(text) });

function change({ file }: World, value: string | null, native: Change["native"] = null): Change {
  const edits = [{ key: "GOPROXY", value }];
  const base = { ecosystem: "go", tool: "go", scope: "user", format: "goenv", newFileMode: 0o600 } as const;
  return { ...base, file, edits, native, activation: null };
}

/** A tool whose command does this to its copy. */
async function tool({ home }: World, script: string): Promise<Change["native"]> {
  const path = join(home, "tool");
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return { command: { argv: [path, "{stage}/env"] }, file: "env" };
}

const drafted = async (world: World, wanted: Change) => (await draft([wanted], world.ports.read)).plan.files[0];
const contentAfter = (file: Awaited<ReturnType<typeof drafted>>) =>
  Buffer.from(file?.after.base64 ?? "", "base64").toString();

describe("a draft", () => {
  it("takes what the tool's own command made, where it touched our key alone", async () => {
    const world = await plain("A=1\n");
    const native = await tool(world, 'echo "GOPROXY=x" >> "$1"');
    const before = await snapshot(world.home);
    const file = await drafted(world, change(world, "x", native));
    expect(file).toMatchObject({ via: "native", argv: native?.command.argv });
    expect(contentAfter(file)).toBe("A=1\nGOPROXY=x\n");
    expect(await snapshot(world.home)).toEqual(before);
  });

  it("puts a file right first, and tells what comes into force by that as a change", async () => {
    const world = await plain("\uFEFFGOPROXY=a\nGOBIN=b\n");
    const { edits: _, ...wanted } = change(world, null);
    const file = await drafted(world, { ...wanted, edits: [], mends: true });
    expect(contentAfter(file)).toBe("GOPROXY=a\nGOBIN=b\n");
    expect(file?.keys).toMatchObject([{ key: "GOPROXY", before: null, after: "a" }]);
  });

  it("is none where the tool would not start with the new text, in the tool's own words; the text is tried on a copy", async () => {
    const world = await plain("A=1\n");
    const check = await tool(world, 'grep -q GOPROXY=x "$1" && { echo "unable: bad x" >&2; exit 1; } || exit 0');
    const before = await snapshot(world.home);
    const refused = await draft([{ ...change(world, "x"), check }], world.ports.read);
    expect(refused).toMatchObject({ plan: { files: [] }, problems: [{ file: world.file, code: "unable: bad x" }] });
    const taken = await draft([{ ...change(world, "y"), check }], world.ports.read);
    expect(taken).toMatchObject({ plan: { files: [{ via: "span" }] }, problems: [] });
    expect(await snapshot(world.home)).toEqual(before);
  });

  it.each([
    ["drops a comment", 'echo "GOPROXY=x" > "$1"'],
    ["sorts", 'printf "A=1\\nGOPROXY=x\\nZ=2\\n# c\\n" > "$1"'],
    ["sets something else", 'echo "GOPROXY=y" >> "$1"'],
    ["fails", 'echo "GOPROXY=x" >> "$1"; exit 1'],
    ["does nothing", "true"],
    ["removes the file", 'rm "$1"'],
  ])("edits the span instead where the command %s", async (_, script) => {
    const world = await plain("# c\nZ=2\nA=1\n");
    const file = await drafted(world, change(world, "x", await tool(world, script)));
    expect(file).toMatchObject({ via: "span", argv: null });
    expect(contentAfter(file)).toBe("# c\nZ=2\nA=1\nGOPROXY=x\n");
  });

  it("keeps an address with a password from everybody but its owner, and a file's mode otherwise", async () => {
    const world = await plain("A=1\n");
    expect((await drafted(world, change(world, "https://a.example")))?.after.mode).toBe(0o640);
    expect((await drafted(world, change(world, "https://u:p@a.example")))?.after.mode).toBe(0o600);
  });

  it("has nothing for a file that is as it should be", async () => {
    const world = await plain("GOPROXY=x\n");
    expect(await draft([change(world, "x")], world.ports.read)).toEqual({
      plan: { version: 1, files: [] },
      problems: [],
    });
    expect(await drafted(await plain("A=1"), change(await plain("A=1"), null))).toBeUndefined();
  });

  it("tells before and after of the keys that change, and keeps the mode", async () => {
    const world = await plain("GOPROXY=old\n");
    const file = await drafted(world, change(world, "x"));
    expect(file?.keys).toMatchObject([{ key: "GOPROXY", before: "old", after: "x", file: world.file }]);
    expect([file?.before?.mode, file?.after.mode]).toEqual([0o640, 0o640]);
  });

  it("makes a new file with the mode that the tool wants", async () => {
    const world = await make("sub/env", { placement: "absent", mode: 0, bytes: new Uint8Array() });
    expect(await drafted(world, change(world, "x"))).toMatchObject({ before: null, after: { mode: 0o600 } });
  });

  it("says which file it cannot plan, and plans the others", async () => {
    const [world, other] = [await plain("A=1\n"), await plain("B=2\n")];
    const blocked = { ...change(world, "x"), file: world.home };
    const { plan, problems } = await draft([blocked, change(other, "x")], world.ports.read);
    expect(problems).toEqual([{ ecosystem: "go", file: world.home, code: "directory" }]);
    expect(plan.files.map(({ path }) => path)).toEqual([other.file]);
  });

  it("says where a file's encoding has no room for the value", async () => {
    const world = await make("env", { placement: "plain", mode: 0o644, bytes: new Uint8Array([0x23, 0xff, 0x0a]) });
    expect((await draft([change(world, "值")], world.ports.read)).problems).toMatchObject([
      { code: "unwritable-text" },
    ]);
  });

  it("is a value: it goes through JSON and comes out the same", async () => {
    const world = await plain("A=1\n");
    const { plan } = await draft([change(world, "x")], world.ports.read);
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
    expect(await readFile(world.file, "utf8")).toBe("A=1\n");
  });
});

describeWith("go", "a draft with go itself", () => {
  const native: Change["native"] = {
    command: { argv: ["go", "env", "-w", "GOPROXY=x.example"], env: { GOENV: "{stage}/env" } },
    file: "env",
  };

  it.each([
    ["A file in go's order", "CGO_ENABLED=0\n", "native"],
    ["a file that go would sort", "GOSUMDB=off\nCGO_ENABLED=0\n", "span"],
  ])("%s", async (_, text, via) => {
    const world = await plain(text);
    expect(await drafted(world, change(world, "x.example", native))).toMatchObject({ via });
  });
});

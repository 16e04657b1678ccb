import { chmod, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { apply } from "../../src/plan/apply.ts";
import { readJournal } from "../../src/plan/journal.ts";
import type { FilePlan } from "../../src/plan/types.ts";
import { undo } from "../../src/plan/undo.ts";
import { snapshotOfOthers } from "../laws/snapshot.ts";
import { type World, worldMaker } from "../laws/world.ts";

const make = worldMaker();
const world = () => make("first", { placement: "plain", mode: 0o644, bytes: Buffer.from("0") });
const about = (command: string) => ({ command, mirrors: [] });

/** A plan for one file, from what stands there to a text. */
async function step(
  { ports }: World,
  path: string,
  text: string,
  ecosystem: FilePlan["ecosystem"] = "go",
): Promise<FilePlan> {
  const state = await ports.read.read(path);
  const base64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString("base64");
  const owner = state.kind === "file" ? { uid: state.uid, gid: state.gid } : null;
  const before = state.kind === "file" ? { base64: base64(state.bytes), mode: state.mode, owner } : null;
  const after = { base64: base64(text), mode: before?.mode ?? 0o600, owner };
  return { ecosystem, path, realPath: path, before, after, via: "span", argv: null, keys: [], activation: null };
}

async function write(made: World, path: string, text: string): Promise<string> {
  const plan = { version: 1, files: [await step(made, path, text)] } as const;
  const { transaction, problems } = await apply(plan, about(text), made.ports);
  expect(problems).toEqual([]);
  return transaction ?? "";
}

describe("the journal", () => {
  it("is for its owner's eyes only", async () => {
    const made = await world();
    const id = await write(made, made.file, "1");
    const { folder, state, file } = made.ports.place;
    const modes = await Promise.all(
      [state, folder, file(id)].map(async (path) => ((await stat(path)).mode & 0o777).toString(8)),
    );
    expect(modes).toEqual(["700", "700", "600"]);
    expect(id).toMatch(/^\d{8}T\d{6}Z-[0-9a-f]{4}$/);
  });

  it("keeps the last fifty, in the order in which they were made, within a second too", async () => {
    const made = await world();
    for (let count = 1; count <= 53; count += 1) await write(made, made.file, String(count));
    const { transactions } = await readJournal(made.ports.place, made.ports.read);
    expect(transactions.map(({ command }) => Number(command))).toEqual(
      Array.from({ length: 50 }, (_, index) => index + 4),
    );
    expect(await undo(null, made.ports)).toMatchObject({ kind: "undone" });
    expect(await readFile(made.file, "utf8")).toBe("52");
  });

  it("passes over what it cannot read, and says which", async () => {
    const made = await world();
    await write(made, made.file, "1");
    await writeFile(join(made.ports.place.folder, "20000101T000000Z-0000.json"), '{"version": 1, "seq');
    await writeFile(join(made.ports.place.folder, "20000101T000000Z-0001.json"), '{"version": 9}');
    const { transactions, damaged } = await readJournal(made.ports.place, made.ports.read);
    expect([transactions.length, damaged]).toEqual([1, ["20000101T000000Z-0000.json", "20000101T000000Z-0001.json"]]);
    expect(await undo(null, made.ports)).toMatchObject({ kind: "undone" });
  });
});

describe("undo", () => {
  it("is a stack for each file: another file's transaction may go first", async () => {
    const made = await world();
    const second = join(made.home, "second");
    const [one, two, three] = [
      await write(made, made.file, "1"),
      await write(made, second, "2"),
      await write(made, made.file, "3"),
    ];
    expect(await undo(one, made.ports)).toEqual({ kind: "not-on-top", first: [three] });
    expect(await undo(two, made.ports)).toMatchObject({ kind: "undone" });
    expect(await undo(two, made.ports)).toMatchObject({ kind: "undone-already" });
    expect(await undo("no-such-id", made.ports)).toEqual({ kind: "unknown-id" });
    expect(await undo(three, made.ports)).toMatchObject({ kind: "undone" });
    expect(await undo(one, made.ports)).toMatchObject({ kind: "undone" });
    expect(await readFile(made.file, "utf8")).toBe("0");
  });

  it("touches nothing unless all of a transaction can be put back", async () => {
    const made = await world();
    const second = join(made.home, "second");
    const files = [await step(made, made.file, "1"), await step(made, second, "2")];
    await apply({ version: 1, files }, about("both"), made.ports);
    await writeFile(second, "mine");
    expect(await undo(null, made.ports)).toMatchObject({ kind: "problems", problems: [{ file: second }] });
    expect(await readFile(made.file, "utf8")).toBe("1");
  });
});

describe("apply", () => {
  it("does not hold back one ecosystem for what another could not do, and is all or none within one", async () => {
    const made = await world();
    const at = (name: string) => join(made.home, name);
    await mkdir(at("closed"));
    const blocked = await step(made, at("closed/file"), "x", "npm");
    const files = [await step(made, made.file, "1"), await step(made, at("n"), "x", "npm"), blocked];
    await chmod(at("closed"), 0o555);
    const applied = await apply({ version: 1, files }, about("three"), made.ports);
    await chmod(at("closed"), 0o755);
    expect(applied.problems).toMatchObject([{ ecosystem: "npm", file: at("closed/file"), code: "read-only" }]);
    expect((await readdir(made.home)).sort()).toEqual([".local", "closed", "first"]);
    expect(await readFile(made.file, "utf8")).toBe("1");
  });

  it("writes nothing for a plan without files, and keeps no transaction of a plan that failed", async () => {
    const made = await world();
    const before = await snapshotOfOthers(made.home);
    expect(await apply({ version: 1, files: [] }, about("none"), made.ports)).toMatchObject({
      transaction: null,
      problems: [],
    });
    const stale = await step(made, made.file, "1");
    await writeFile(made.file, "changed");
    await apply({ version: 1, files: [stale] }, about("stale"), made.ports);
    await writeFile(made.file, "0");
    expect(await snapshotOfOthers(made.home)).toEqual(before);
    expect((await readJournal(made.ports.place, made.ports.read)).transactions).toEqual([]);
  });
});

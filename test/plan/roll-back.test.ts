import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { onceEach } from "../../src/plan/activate.ts";
import { apply, type WriterPorts } from "../../src/plan/apply.ts";
import { readJournal, record } from "../../src/plan/journal.ts";
import { recover } from "../../src/plan/recover.ts";
import type { FilePlan, Receipt } from "../../src/plan/types.ts";
import { undo } from "../../src/plan/undo.ts";
import { daemonFile } from "../laws/daemon.ts";
import { worldMaker } from "../laws/world.ts";

const make = worldMaker();
const about = { command: "a test", mirrors: [] };
const names = ["a", "b", "c"];

/** Files of one ecosystem that are there already, and a way to make writing one of them fail. */
async function begin() {
  const { home, ports } = await make("roll-back", { placement: "plain", mode: 0o644, bytes: Buffer.from("0") });
  const paths = names.map((name) => join(home, name));
  const text = (value: string) => ({ base64: Buffer.from(value).toString("base64"), mode: 0o644, owner: null });
  for (const path of paths) await ports.write.replace(path, { bytes: Buffer.from("old"), mode: 0o644, owner: null });
  const owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const files = paths.map((path): FilePlan => {
    const both = { before: { ...text("old"), owner }, after: { ...text("new"), owner } };
    return { ...both, ecosystem: "go", path, realPath: path, via: "span", argv: null, keys: [], activation: null };
  });
  const failing = (isBad: (path: string, bytes: string) => boolean): WriterPorts => {
    const replace: WriterPorts["write"]["replace"] = (path, replacement) =>
      isBad(path, Buffer.from(replacement.bytes).toString())
        ? Promise.reject(Object.assign(new Error(), { code: "ENOSPC" }))
        : ports.write.replace(path, replacement);
    return { ...ports, write: { ...ports.write, replace } };
  };
  const texts = () => Promise.all(paths.map((path) => readFile(path, "utf8")));
  return { ports, failing, texts, paths, plan: { version: 1, files } as const };
}

it("a run that was cut off when all was written is finished, whatever it had to say of files that stay", async () => {
  const { ports, paths, plan } = await begin();
  const files = plan.files.map((file, at): Receipt => {
    return { ...file, folders: [], after: at === 0 && file.before !== null ? file.before : file.after };
  });
  const base = { version: 1, id: "cut-off", sequence: 1, at: "", status: "started", files, ...about } as const;
  await ports.write.makeDirectory(ports.place.folder, 0o700);
  await record(ports.place, ports.write, base);
  for (const { path, after } of files) {
    await ports.write.replace(path, { bytes: Buffer.from(after.base64, "base64"), mode: 0o644, owner: null });
  }
  expect(await recover(ports)).toMatchObject([{ id: "cut-off", outcome: "finished" }]);
  const [kept] = (await readJournal(ports.place, ports.read)).transactions;
  expect(kept).toMatchObject({ status: "applied", files: paths.slice(1).map((path) => ({ path })) });
});

describe("where a file cannot be put back", () => {
  it("the others are, it is told, and the next run that writes goes on with it", async () => {
    const { ports, failing, texts, paths, plan } = await begin();
    const [, b, c] = paths;
    const bad = failing((path, bytes) => (path === c && bytes === "new") || (path === b && bytes === "old"));
    const { transaction, problems } = await apply(plan, about, bad);
    expect(transaction).toBeNull();
    expect(problems).toEqual([
      { ecosystem: "go", file: c, code: "ENOSPC" },
      { ecosystem: "go", file: b, code: "ENOSPC", isLeft: true },
    ]);
    expect(await texts()).toEqual(["old", "new", "old"]);
    expect(await undo(null, ports)).toMatchObject({
      kind: "nothing",
      recovered: [{ outcome: "taken-back", left: [] }],
    });
    expect(await texts()).toEqual(["old", "old", "old"]);
  });

  it("an undo gives back the others too, and is gone on with", async () => {
    const { ports, failing, texts, paths, plan } = await begin();
    await apply(plan, about, ports);
    const undone = await undo(
      null,
      failing((path) => path === paths[1]),
    );
    expect(undone).toMatchObject({ kind: "problems", problems: [{ file: paths[1], isLeft: true }] });
    expect(await texts()).toEqual(["old", "new", "old"]);
    await undo(null, ports);
    expect(await texts()).toEqual(["old", "old", "old"]);
    expect((await readJournal(ports.place, ports.read)).transactions.map(({ status }) => status)).toEqual(["undone"]);
  });
});

describe("files by which one program is to have the same in force", () => {
  const receipt = (path: string, after: string): Receipt => ({ ...daemonFile(path, "{}", after), folders: [] });
  const one = '{"registry-mirrors":["https://one.example"]}';
  const told = (receipts: readonly Receipt[]) =>
    onceEach(receipts, "after").map(({ activation }) => activation !== null);

  it("have it reload once, with the last of them", () => {
    expect(told([receipt("/a", one), receipt("/b", one), receipt("/c", one)])).toEqual([false, false, true]);
  });

  it("have it reload each where that is to have something else in force, or must forget first", () => {
    expect(told([receipt("/a", one), receipt("/b", one.replace("one", "two"))])).toEqual([true, true]);
    expect(told([receipt("/a", "{}"), receipt("/b", "{}")])).toEqual([true, true]);
  });
});

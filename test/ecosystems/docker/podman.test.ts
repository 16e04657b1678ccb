import { describe, expect, it } from "vitest";
import type { Choice, Current } from "../../../src/ecosystems/types.ts";
import { draft } from "../../../src/plan/draft.ts";
import { textOf } from "../../../src/plan/stored.ts";
import type { Scope } from "../../../src/plan/types.ts";
import type { HostFacts } from "../../../src/platform/types.ts";
import { build } from "../../platform/machines/machine.ts";
import { far, hub, knowledge, mirrors, near, ownFile, podmanTool, probes, table, userFolder } from "./podman.ts";

const home = "/home/me";
const own = `${home}/${ownFile}`;
const system = "/etc/containers/registries.conf.d/50-mirror-setup.conf";
const installation = { path: "/usr/bin/podman", version: "4.3.1" };
const list = (...urls: string[]) => JSON.stringify(urls);

interface Way {
  readonly scope?: Scope;
  readonly env?: Readonly<Record<string, string>>;
  readonly facts?: Partial<HostFacts>;
}

async function look(files: Readonly<Record<string, string>>, { scope = "user", env = {}, facts = {} }: Way = {}) {
  const machine = build({ facts: { os: "linux", env, home, uid: 1000, cwd: home, ...facts }, files });
  return { machine, current: await podmanTool.current(machine.read, scope, installation, probes) };
}

async function planned(files: Readonly<Record<string, string>>, choice: Choice, way: Way = {}) {
  const { machine, current } = await look(files, way);
  const plan = podmanTool.plan(current, choice, knowledge);
  if (!plan.ok) return { refused: plan.message };
  const drafted = await draft(plan.changes, machine.read);
  const texts = drafted.plan.files.map(({ path, after }) => [path, textOf(after)]);
  return { texts, problems: drafted.problems, codes: plan.messages.map(({ code }) => code), wanted: plan.wanted };
}

/** Our own drop-in, as a plan makes it. */
async function dropIn(...urls: string[]): Promise<string> {
  const { texts } = await planned({}, mirrors(...urls));
  return texts?.[0]?.[1] ?? "";
}

const first = ({ settings }: Current) => settings[0];

describe("podman's settings", () => {
  it("are a drop-in of our own, with the addresses as podman wants them", async () => {
    const { texts, codes, wanted } = await planned({}, mirrors(`${near}/`, far));
    expect(texts).toEqual([[own, expect.stringContaining(`prefix = "${hub}"\nlocation = "${hub}"\n`)]]);
    expect(texts?.[0]?.[1]).toContain(
      'location = "near.example"\n\n[[registry.mirror]]\nlocation = "far.example:8443"\n',
    );
    expect(wanted).toEqual([{ key: hub, value: list(near, far) }]);
    expect(codes).toEqual(["podman-hanging"]);
    const { current } = await look({ [own]: await dropIn(near, far) });
    expect(first(current)).toEqual({
      ...{ key: hub, stored: list(near, far), value: list(near, far), source: own, line: 4, shadowedBy: null },
    });
    expect(current.chain).toEqual([near, far]);
    expect(await planned({ [own]: await dropIn(near) }, mirrors(near))).toMatchObject({ texts: [], codes: [] });
  });

  it("are emptied by a reset, but for what is the person's own", async () => {
    expect(await planned({ [own]: await dropIn(near) }, { kind: "reset" })).toMatchObject({ texts: [[own, ""]] });
    const mixed = await planned({ [own]: await dropIn(near, "https://corp.example") }, { kind: "reset" });
    expect(mixed).toMatchObject({ codes: ["kept-own"], wanted: [{ key: hub, value: list("https://corp.example") }] });
    expect(await planned({}, { kind: "reset" })).toMatchObject({ texts: [] });
  });

  it("are of the system on request, and for root a user's unless asked", async () => {
    expect(await planned({}, mirrors(near), { scope: "system" })).toMatchObject({
      texts: [[system, expect.anything()]],
    });
    const root = { facts: { home: "/root", uid: 0 } };
    expect(await planned({}, mirrors(near), root)).toMatchObject({ texts: [[`/root/${ownFile}`, expect.anything()]] });
  });

  it.each([
    ["in the system's main file", "/etc/containers/registries.conf"],
    ["in an earlier drop-in", `${home}/${userFolder}/registries.conf.d/10-corp.conf`],
    ["in a later drop-in", `${home}/${userFolder}/registries.conf.d/99-corp.conf`],
    ["in the user's main file", `${home}/${userFolder}/registries.conf`],
  ])("of a person's own %s are shown and never written beside", async (_, file) => {
    const files = { [file]: `# corp\n\n${table(hub, "corp.example")}` };
    const { current } = await look(files);
    expect(first(current)).toMatchObject({ stored: null, value: list("https://corp.example"), source: file, line: 4 });
    const { refused } = await planned(files, mirrors(near));
    expect(refused).toEqual({ code: "podman-own-table", level: "error", args: { file, line: 4, registry: hub } });
  });

  it("of other registries, shorter and longer names are nobody's business", async () => {
    const files = {
      "/etc/containers/registries.conf": table("quay.io", "q.example") + table(`${hub}/corp`, "c.example"),
    };
    expect(await planned(files, mirrors(near))).toMatchObject({ texts: [[own, expect.anything()]] });
  });

  it("say what has put them out of force", async () => {
    const later = `${home}/${userFolder}/registries.conf.d/99-corp.conf`;
    const { current } = await look({ [own]: await dropIn(near), [later]: table(hub, "corp.example") });
    expect(first(current)).toMatchObject({ stored: list(near), shadowedBy: later });
    const main = `${home}/${userFolder}/registries.conf`;
    const hidden = await look({ [system]: await dropIn(near), [main]: "" }, { scope: "system" });
    expect(first(hidden.current)).toMatchObject({
      stored: list(near),
      value: null,
      source: "default",
      shadowedBy: main,
    });
    const users = await look({ [system]: await dropIn(near), [own]: await dropIn(far) }, { scope: "system" });
    expect(first(users.current)).toMatchObject({ value: list(far), shadowedBy: own });
    const earlier = { [own]: await dropIn(near), "/etc/containers/registries.conf": table(hub, "corp.example") };
    expect(first((await look(earlier)).current)).toMatchObject({ value: list(near), shadowedBy: null });
  });

  it("are read where a variable says, as podman does", async () => {
    const files = {
      "/x.conf": table(hub, "x.example"),
      [`${home}/${userFolder}/registries.conf`]: table(hub, "no.example"),
    };
    for (const name of ["CONTAINERS_REGISTRIES_CONF", "REGISTRIES_CONFIG_PATH"]) {
      const { current } = await look(files, { env: { [name]: "/x.conf" } });
      expect(first(current)).toMatchObject({ value: list("https://x.example"), source: "/x.conf" });
    }
  });

  it.each([
    ["a broken drop-in", `${home}/${userFolder}/registries.conf.d/10.conf`, "[[registry\n", "syntax"],
    ["a byte order mark", "/etc/containers/registries.conf", "\uFEFF", "byte-order-mark"],
    ["our file with more in it", own, table(hub, "m.example"), "unsupported-form"],
  ])("are not touched with %s", async (_, file, text, why) => {
    const { current } = await look({ [file]: text });
    expect(current.obstacle).toMatchObject({ code: "file-problem-at", args: { file, why } });
  });

  it("leave out a mirror below a path, which podman would ask elsewhere", async () => {
    const below = "https://below.example/hub";
    const { codes, wanted } = await planned({}, mirrors(below, near));
    expect([codes, wanted]).toEqual([["podman-path", "podman-hanging"], [{ key: hub, value: list(near) }]]);
    const { refused } = await planned({}, mirrors(below));
    expect(refused).toEqual({ code: "podman-path", level: "error", args: { url: below } });
  });

  it("take no password, and stay inside a virtual machine where podman has one", async () => {
    expect((await planned({}, mirrors("https://u:p@m.example"))).refused).toMatchObject({ code: "podman-credentials" });
    const { current } = await look({}, { facts: { os: "darwin" } });
    expect(current).toMatchObject({ file: "", settings: [], messages: [{ code: "podman-machine" }], obstacle: null });
    expect(podmanTool.plan(current, mirrors(near), knowledge)).toMatchObject({ ok: true, changes: [] });
    const lost = await look({}, { facts: { home: null } });
    expect(lost.current.messages).toMatchObject([{ code: "podman-no-place" }]);
  });
});

import { describe, expect, it } from "vitest";
import { planGo } from "../../../src/ecosystems/go/plan.ts";
import type { ChosenMirror, Current, Planned } from "../../../src/ecosystems/types.ts";
import { currentWith, far, go, knowledge, mirror, near } from "./current-values.ts";

/** What a plan writes, by key; null removes. */
function edits(planned: Planned): Record<string, string | null> {
  if (!planned.ok) throw new Error(`refused: ${planned.message.code}`);
  return Object.fromEntries(planned.changes.flatMap((change) => change.edits).map(({ key, value }) => [key, value]));
}

function plan(current: Current, chain: readonly ChosenMirror[], privatePatterns: readonly string[] = []): Planned {
  return planGo(current, { kind: "mirrors", chain, privatePatterns, scopeRegistries: [] }, knowledge);
}

describe("the GOPROXY that is written", () => {
  it.each([
    ["nothing", undefined, `${near}|${far},direct`],
    ["direct", "direct", `${near}|${far},direct`],
    ["an old mirror", "https://old.example,direct", `${near}|${far},direct`],
    ["the upstream", "https://upstream.example,direct", `${near}|${far},direct`],
    ["an own entry", "https://corp.example,direct", `https://corp.example,${near}|${far},direct`],
    [
      "own entries behind a mirror",
      `${near}|corp.example|file:///srv`,
      `corp.example|file:///srv,${near}|${far},direct`,
    ],
    [
      "an own entry with credentials",
      "https://u:p@corp.example|direct",
      `https://u:p@corp.example|${near}|${far},direct`,
    ],
    [
      "an own path on the upstream's port",
      "https://upstream.example:8443",
      `https://upstream.example:8443,${near}|${far},direct`,
    ],
  ])("over %s", (_, stored, wanted) => {
    const current = currentWith(stored === undefined ? {} : { GOPROXY: stored });
    expect(edits(plan(current, [mirror(near), mirror(far)]))).toEqual({ GOPROXY: wanted });
  });

  it.each([
    ["1.14.15", `${near},${far},direct`],
    ["1.15", `${near}|${far},direct`],
    ["1.9.7", `${near},${far},direct`],
    ["1.22.0", `${near}|${far},direct`],
    ["2.0", `${near}|${far},direct`],
    ["unknown", `${near}|${far},direct`],
  ])("for go %s", (version, wanted) => {
    const current = currentWith({}, { installation: go(version) });
    expect(edits(plan(current, [mirror(near), mirror(far)]))).toEqual({ GOPROXY: wanted });
  });

  it("keeps in front what a distribution has put into go's own defaults, and not what the environment says", () => {
    const [proxy, ...rest] = currentWith({}).settings;
    const withDefault = (source: string) => {
      const setting = { ...proxy, key: "GOPROXY", stored: null, value: "https://distro.example,direct" };
      return currentWith({}, { settings: [{ ...setting, source, line: null, shadowedBy: null }, ...rest] });
    };
    expect(edits(plan(withDefault("default"), [mirror(near)])).GOPROXY).toBe(`https://distro.example,${near},direct`);
    expect(edits(plan(withDefault("env:GOPROXY"), [mirror(near)])).GOPROXY).toBe(`${near},direct`);
  });

  it.each(["off", `${near},off`, "https://corp.example|off", " off "])("is refused over the policy %j", (stored) => {
    const refused = { ok: false, message: { code: "go-chain-off", args: { file: "/f" } } };
    expect(plan(currentWith({ GOPROXY: stored }), [mirror(near)])).toMatchObject(refused);
  });

  it("is not written where it stands already", () => {
    const planned = plan(currentWith({ GOPROXY: `${near},direct` }), [mirror(near)]);
    expect(planned).toMatchObject({ ok: true, changes: [], wanted: [{ key: "GOPROXY", value: `${near},direct` }] });
  });

  it("names the own entries that stay", () => {
    const planned = plan(currentWith({ GOPROXY: "https://corp.example,direct" }), [mirror(near)]);
    expect(planned).toMatchObject({ messages: [{ code: "own-entry-first", args: { value: "https://corp.example" } }] });
  });

  it("makes a new file that only its owner can read where it holds credentials", () => {
    const modes = ["https://corp.example", "https://u:p@corp.example"].map((own) => {
      const planned = plan(currentWith({ GOPROXY: own }), [mirror(near)]);
      return planned.ok ? planned.changes[0]?.newFileMode : null;
    });
    expect(modes).toEqual([0o644, 0o600]);
  });
});

describe("the GOPRIVATE that is written", () => {
  it.each([
    ["nothing", {}, ["*.corp.example"], { GOPRIVATE: "*.corp.example" }],
    [
      "others",
      { GOPRIVATE: "a.example, b.example" },
      ["c.example", "a.example"],
      { GOPRIVATE: "a.example,b.example,c.example" },
    ],
    ["the same", { GOPRIVATE: "a.example" }, ["a.example"], {}],
    ["something, when none is asked for", { GOPRIVATE: "a.example,,b" }, [], {}],
  ])("over %s", (_, stored, patterns, wanted) => {
    const current = currentWith({ GOPROXY: `${near},direct`, ...stored });
    expect(edits(plan(current, [mirror(near)], patterns))).toEqual(wanted);
  });
});

describe("the command that is run on a copy", () => {
  const argv = (planned: Planned) => (planned.ok ? planned.changes[0]?.native?.command.argv : null);

  it("is go env -w with all keys, go env -u for a reset, and none without go", () => {
    const current = currentWith({ GOPROXY: "https://old.example" }, { installation: go("1.22") });
    expect(argv(plan(current, [mirror(near)], ["a.example"]))).toEqual([
      ...["/go", "env", "-w", `GOPROXY=${near},direct`, "GOPRIVATE=a.example"],
    ]);
    expect(argv(planGo(current, { kind: "reset" }, knowledge))).toEqual(["/go", "env", "-u", "GOPROXY"]);
    expect(argv(plan(currentWith({}), [mirror(near)]))).toBeUndefined();
  });
});

import { describe, expect, it } from "vitest";
import { planNpm } from "../../../src/ecosystems/npm/plan.ts";
import type { Current } from "../../../src/ecosystems/types.ts";
import { choose, currentWith, edits, far, knowledge, near, said } from "./current-values.ts";
import { installed } from "./home.ts";

const plan = (current: Current, choice = choose(near)) => planNpm(current, choice, knowledge);

describe("the registry that is written", () => {
  it.each([
    ["nothing", {}, []],
    ["an old mirror", { registry: "https://old.example" }, []],
    ["npm's own", { registry: "https://upstream.example/" }, []],
    ["one of the person's own, and that is said", { registry: "https://corp.example/npm/" }, ["own-replaced"]],
    ["an empty one", { registry: "" }, []],
  ])("over %s", (_, stored, messages) => {
    const planned = plan(currentWith(stored));
    expect(edits(planned)).toEqual({ registry: near });
    expect(said(planned)).toEqual([...messages, "npm-read-only"]);
  });

  it("is not written again, and nothing is said again", () => {
    const wanted = [{ key: "registry", value: near }];
    expect(plan(currentWith({ registry: near }))).toEqual({ ok: true, changes: [], wanted, messages: [] });
  });

  it("leaves registries of scopes alone, and sets those that are asked for", () => {
    const current = currentWith({ registry: far, "@corp:registry": "https://corp.example/" });
    expect(edits(plan(current))).toEqual({ registry: near });
    const scoped = { "@corp": "https://new.example/", "@team": "https://team.example/" };
    const planned = plan(current, choose(near, [], scoped));
    expect(edits(planned)).toEqual({
      registry: near,
      "@corp:registry": "https://new.example/",
      "@team:registry": "https://team.example/",
    });
    expect(said(planned)).toContain("own-replaced");
  });

  it("makes a new file of the user's that only its owner can read, and a project's that all can", () => {
    const mode = (current: Current, url = near) => {
      const planned = plan(current, choose(url));
      return planned.ok ? planned.changes[0]?.newFileMode : null;
    };
    expect(mode(currentWith({}))).toBe(0o600);
    expect(mode(currentWith({}, { scope: "project" }))).toBe(0o644);
    expect(mode(currentWith({}, { scope: "project" }), "https://u:p@near.example/")).toBe(0o600);
  });
});

describe("a reset", () => {
  const reset = (current: Current) => planNpm(current, { kind: "reset" }, knowledge);

  it("removes a mirror, and nothing else", () => {
    const scoped = { "@corp:registry": "https://corp.example/" };
    expect(edits(reset(currentWith({ registry: near, ...scoped })))).toEqual({ registry: null });
    expect(edits(reset(currentWith(scoped)))).toEqual({});
  });

  it("keeps a registry of the person's own, and names it", () => {
    const planned = reset(currentWith({ registry: "https://corp.example/" }));
    expect(edits(planned)).toEqual({});
    expect(said(planned)).toEqual(["kept-own"]);
  });

  it("wants any mirror gone, so that it is told what still sets one", () => {
    const wanted = [{ key: "registry", value: null }];
    expect(reset(currentWith({}, { chain: [near] }))).toMatchObject({ wanted });
    expect(reset(currentWith({ registry: "https://corp.example/" }))).toMatchObject({ wanted, changes: [] });
  });
});

describe("what is said of a registry to be set", () => {
  const locked = [
    { file: "/p/package-lock.json", registry: "https://old.example/", packages: 3 },
    { file: "/p/package-lock.json", registry: near, packages: 1 },
    { file: "/p/package-lock.json", registry: "https://corp.example/", packages: 1 },
    { file: "/p/package-lock.json", registry: "https://upstream.example/", packages: 9 },
  ];

  it("names lock files that are tied to another mirror, and how npm takes that", () => {
    const [old, now] = ["11.19.1", "12.0.0"].map((version) =>
      plan(currentWith({}, { locked, installation: installed(version) })),
    );
    expect(old).toMatchObject({ messages: [{}, { code: "npm-lock-elsewhere", args: { count: 3 } }] });
    expect(now).toMatchObject({
      messages: [{}, { code: "npm-lock-refused", args: { registry: "https://old.example/" } }],
    });
    const reset = planNpm(currentWith({ registry: near }, { locked }), { kind: "reset" }, knowledge);
    expect(said(reset)).toEqual(["npm-lock-elsewhere", "npm-lock-elsewhere"]);
  });

  it("warns of tarballs on another host from npm 12 on", () => {
    const choice = choose(near, ["foreign-tarball-host"]);
    const by = (version: string) => said(plan(currentWith({}, { installation: installed(version) }), choice));
    expect(by("11.19.1")).toEqual(["npm-read-only"]);
    expect(by("12.0.0")).toEqual(["npm-read-only", "npm-foreign-tarballs"]);
  });
});

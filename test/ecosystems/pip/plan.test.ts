import { describe, expect, it } from "vitest";
import { pipTool } from "../../../src/ecosystems/pip/pip.ts";
import type { Choice, Knowledge } from "../../../src/ecosystems/types.ts";
import { draft } from "../../../src/plan/draft.ts";
import { textOf } from "../../../src/plan/stored.ts";
import { describeWith } from "../../lab/tools.ts";
import { homeWith } from "./home.ts";

const [old, wanted, corp] = ["https://old.example/simple", "https://new.example/simple", "https://corp.example/simple"];
const knowledge: Knowledge = { isMirror: (url) => url === old || url === wanted, probes: {} };
const mirror: Choice = {
  kind: "mirrors",
  chain: [{ url: wanted, mirror: null, traits: null }],
  privatePatterns: [],
  scopeRegistries: [],
};
const user = ".config/pip/pip.conf";

/** What the files would hold, and what would be said. */
async function planned(files: Readonly<Record<string, string>>, choice: Choice = mirror, installed = false) {
  const { home, read } = await homeWith(files);
  const current = await pipTool.current(read, "user", installed ? await pipTool.detect(read) : null);
  const plan = pipTool.plan(current, choice, knowledge);
  if (!plan.ok) throw new Error(plan.message.code);
  const { plan: drafted } = await draft(plan.changes, read);
  const texts = Object.fromEntries(
    drafted.files.map(({ path, after }) => [path.slice(home.length + 1), textOf(after)]),
  );
  return { texts, codes: plan.messages.map(({ code }) => code), via: drafted.files.map(({ via }) => via) };
}

describe("pip's plan", () => {
  it("changes the value and not one other byte", async () => {
    const before = `# mine\r\n[global]\r\nIndex_URL:   ${old}\r\n    \r\ntimeout = 60\r\n[install]\r\nindex-url = ${corp}\r\n`;
    const { texts, codes } = await planned({ [user]: before });
    expect(texts[user]).toBe(before.replace(old, wanted));
    expect(codes).toEqual([]);
  });

  it("takes an old mirror out of a command's own section too, and says what it replaced of the person's own", async () => {
    const { texts } = await planned({ [user]: `[install]\nindex-url = ${old}\n` });
    expect(texts[user]).toContain(`[install]\nindex-url = ${wanted}\n`);
    const own = await planned({ [user]: `[global]\nindex-url = ${corp}\n` });
    expect(own.codes).toEqual(["own-replaced"]);
  });

  it("is empty where all is as it should be", async () => {
    expect((await planned({ [user]: `[global]\nindex-url = ${wanted}\n` })).texts).toEqual({});
    expect((await planned({ [user]: `[global]\nindex-url = ${wanted}/\n` })).texts).toEqual({});
    expect((await planned({}, { kind: "reset" })).texts).toEqual({});
  });

  it("to reset removes mirrors from both of the person's files, and keeps what is their own", async () => {
    const files = {
      ".pip/pip.conf": `[global]\nindex-url = ${old}\n`,
      [user]: `[global]\nindex-url = ${wanted}\ntimeout = 9\n`,
    };
    const { texts } = await planned(files, { kind: "reset" });
    expect(texts[user]).toBe("[global]\ntimeout = 9\n");
    expect(texts[".pip/pip.conf"]).not.toContain("index-url");
    const own = await planned({ [user]: `[global]\nindex-url = ${corp}\n` }, { kind: "reset" });
    expect(own).toMatchObject({ texts: {}, codes: ["kept-own"] });
  });
});

describeWith("pip", "pip's own command", () => {
  it("makes a new file, and is not taken where it would lose a comment", async () => {
    expect(await planned({}, mirror, true)).toMatchObject({ via: ["native"] });
    const { texts, via } = await planned({ [user]: `# mine\n[global]\nindex-url = ${old}\n` }, mirror, true);
    expect(via).toEqual(["span"]);
    expect(texts[user]).toBe(`# mine\n[global]\nindex-url = ${wanted}\n`);
  });
});

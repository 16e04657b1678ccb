import { describe, expect, it } from "vitest";
import { asciiJson, wantsColour } from "../../src/cli/output.ts";

describe("JSON in ASCII", () => {
  it("says the same", () => {
    const document = { path: "C:\\Users\\张三\\.npmrc", text: "镜像 😀 → –" };
    const text = asciiJson(JSON.stringify(document, null, 2));
    expect([JSON.parse(text), /^[\n -~]*$/.test(text)]).toEqual([document, true]);
  });
});

describe("colours", () => {
  const flags = { json: false, quiet: false, verbose: false, yes: false, language: null, noColour: false };

  it.each([
    ["on a terminal of Windows, which names no TERM", {}, true, true],
    ["on any terminal", { TERM: "xterm-256color" }, true, true],
    ["on a dumb one", { TERM: "dumb" }, true, false],
    ["in a pipe", { TERM: "xterm" }, false, false],
    ["in a pipe by force", { FORCE_COLOR: "1" }, false, true],
    ["where they are declined", { NO_COLOR: "1", FORCE_COLOR: "1" }, true, false],
  ])("%s", (_, env, isTerminal, wanted) => {
    expect(wantsColour(flags, env, isTerminal)).toBe(wanted);
  });
});

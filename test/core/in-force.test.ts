import { describe, expect, it } from "vitest";
import { shadowMessages } from "../../src/core/in-force.ts";
import type { Current, Setting } from "../../src/ecosystems/types.ts";

const [mirror, corp] = ["https://mirror.example/npm", "https://corp.example/npm"];
const isMirror = (url: string) => url.startsWith("https://mirror.example");

/** What is said after a reset, where this is in force. */
function afterReset(setting: Partial<Setting>, chain: readonly string[]) {
  const full = { key: "registry", stored: null, value: null, source: "default", line: null, shadowedBy: null };
  const base = { tool: "yarn", scope: "user", installation: null, file: "/h/.npmrc", upstreamHosts: [] } as const;
  const current: Current = { ...base, settings: [{ ...full, ...setting }], chain, messages: [], obstacle: null };
  return shadowMessages(current, [{ key: "registry", value: null }], isMirror);
}

describe("after a reset", () => {
  it.each([
    ["a file that we do not write", "/h/.yarnrc"],
    ["a variable", "env:YARN_REGISTRY"],
  ])("a mirror that comes from %s is named, with its place", (_, source) => {
    const args = { tool: "yarn", key: "registry", value: mirror, winner: source };
    expect(afterReset({ value: mirror, source }, [mirror])).toEqual([{ code: "still-set", level: "warn", args }]);
  });

  it("so is one that wins over the person's own, which stays", () => {
    const said = afterReset({ stored: corp, value: mirror, source: "env:X", shadowedBy: "env:X" }, [mirror]);
    expect(said).toMatchObject([{ code: "not-in-force", args: { winner: "env:X" } }]);
  });

  it("and one in a list", () => {
    const said = afterReset({ value: `${corp},${mirror},direct`, source: "env:GOPROXY" }, [corp, mirror]);
    expect(said).toMatchObject([{ code: "still-set" }]);
  });

  it.each(["env:PIP_INDEX_URL", "/etc/pip.conf", "default"])(
    "what is the person's own from %s is no failure",
    (source) => {
      expect(afterReset({ value: corp, source }, [corp])).toEqual([]);
      expect(afterReset({ stored: corp, value: corp, source }, [corp])).toEqual([]);
    },
  );
});

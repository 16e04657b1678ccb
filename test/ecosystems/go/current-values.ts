import type { ChosenMirror, Current, Installation, Knowledge, Setting } from "../../../src/ecosystems/types.ts";

export const database = "sum.example+0123abcd+AAAA";
export const reference = "https://sums.example";
export const near = "https://near.example";
export const far = "https://far.example/goproxy/";

export const knowledge: Knowledge = {
  isMirror: (url) => [near, "https://far.example/goproxy", far, "https://old.example"].includes(url),
  probes: { go: { sumdb: { key: database, lookup: "a.example@v1.0.0", reference } } },
};

/** A state in which these keys are stored and in force. */
export function currentWith(stored: Readonly<Record<string, string>>, more: Partial<Current> = {}): Current {
  const settings = ["GOPROXY", "GOSUMDB", "GOPRIVATE"].map((key): Setting => {
    const value = stored[key] ?? null;
    return { key, stored: value, value, source: value === null ? "default" : "/f", line: null, shadowedBy: null };
  });
  const base = { tool: "go", scope: "user", installation: null, file: "/f", settings, chain: [] } as const;
  return { ...base, upstreamHosts: ["upstream.example"], messages: [], obstacle: null, ...more };
}

export function go(version: string): Installation {
  return { path: "/go", version };
}

export function mirror(url: string, traits: readonly string[] | null = ["sumdb"]): ChosenMirror {
  return { url, mirror: null, traits };
}

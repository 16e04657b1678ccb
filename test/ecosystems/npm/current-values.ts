import type { Choice, ChosenMirror, Current, Knowledge, Planned, Setting } from "../../../src/ecosystems/types.ts";

export const near = "https://near.example/npm/";
export const far = "https://far.example/";

export const knowledge: Knowledge = {
  isMirror: (url) => [near, far, "https://old.example/"].some((known) => bare(known) === bare(url)),
  probes: {},
};

function bare(url: string): string {
  return url.replace(/\/$/, "");
}

/** A state in which these keys are stored and in force. */
export function currentWith(stored: Readonly<Record<string, string>>, more: Partial<Current> = {}): Current {
  const settings = ["registry", "@corp:registry"].map((key): Setting => {
    const value = stored[key] ?? null;
    return { key, stored: value, value, source: value === null ? "default" : "/f", line: null, shadowedBy: null };
  });
  const base = { tool: "npm", scope: "user", installation: null, file: "/f", settings, chain: [] } as const;
  return { ...base, upstreamHosts: ["upstream.example"], messages: [], obstacle: null, ...more };
}

/** The choice of one mirror. */
export function choose(url: string, traits: ChosenMirror["traits"] = [], scoped: Record<string, string> = {}): Choice {
  const scopeRegistries = Object.entries(scoped).map(([scope, address]) => ({ scope, url: address }));
  return { kind: "mirrors", chain: [{ url, mirror: null, traits }], privatePatterns: [], scopeRegistries };
}

/** What a plan writes, by file and key; null removes. */
export function edits(planned: Planned): Record<string, string | null> {
  if (!planned.ok) throw new Error(`refused: ${planned.message.code}`);
  return Object.fromEntries(planned.changes.flatMap((change) => change.edits).map(({ key, value }) => [key, value]));
}

/** The codes of what a plan says. */
export function said(planned: Planned): string[] {
  return planned.ok ? planned.messages.map(({ code }) => code) : [planned.message.code];
}

import { expect, it } from "vitest";
import type { Mirror } from "../../src/catalog/types.ts";
import { loadDictionary } from "../../src/report/language.ts";
import { makeScreen } from "../../src/report/screen.ts";
import type { InForce } from "../../src/report/types.ts";
import { listView } from "../../src/report/views/catalog.ts";
import { statusView } from "../../src/report/views/lists.ts";

const dictionary = await loadDictionary("en");
const screen = (verbose = false) =>
  makeScreen({ colour: false, unicode: true, columns: 80, home: "/home/me" }, dictionary, verbose);

function row(tool: string, key: string, value: string | null, source = "default"): InForce {
  const about = { ecosystem: tool === "go" ? "go" : "npm", tool, scope: "user", key, value } as const;
  return { ...about, mirror: null, source, line: null, shadowedBy: null };
}

function mirror(id: string, status: Mirror["status"], offer: boolean): Mirror {
  const about = { id, ecosystem: "go", name: { zh: id, en: `The ${id}` }, url: `https://${id}.example`, status, offer };
  return { ...about, closedOn: status === "closed" ? "2024-01" : null, restriction: null } as unknown as Mirror;
}

it("shows what is set by ecosystem, tools that say the same in one row, and what is not set in one line a tool", () => {
  const npmrc = "/home/me/.npmrc";
  const rows = [
    row("go", "GOPROXY", "https://corp.example,direct", "/home/me/.config/go/env"),
    row("go", "GOSUMDB", null),
    row("go", "GOPRIVATE", ""),
    row("npm", "registry", "https://one.example", npmrc),
    row("pnpm", "registry", "https://one.example", npmrc),
    row("bun", "registry", "https://two.example", "env:BUN_CONFIG_REGISTRY"),
  ];
  expect(statusView(rows, [], screen())).toEqual([
    "go",
    "  go  GOPROXY=https://corp.example,direct  ~/.config/go/env",
    "  go  GOSUMDB, GOPRIVATE not set: go's own default",
    "",
    "npm",
    "  npm, pnpm  registry=https://one.example  ~/.npmrc",
    "  bun        registry=https://two.example",
    "             environment variable BUN_CONFIG_REGISTRY",
  ]);
});

it("lists what can be used, counts what is closed, and shows that too on wish", () => {
  const mirrors = [mirror("one", "active", true), mirror("two", "degraded", false), mirror("old", "closed", false)];
  expect(listView(mirrors, screen())).toEqual([
    "go",
    "  id   status    address",
    "  one  active *  https://one.example  The one",
    "  two  degraded  https://two.example  The two",
    "",
    "* takes part in --fastest",
    "closed mirrors, not shown: 1 (--verbose shows them)",
  ]);
  const all = listView(mirrors, screen(true)).join("\n");
  expect(all).toMatch(/old +closed 2024-01 +https/);
  expect(all).not.toContain("--verbose");
});

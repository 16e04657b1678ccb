import { join } from "node:path";
import { expect, it } from "vitest";
import { type Home, makeHome, put, trustingAll, useLab, withOnly } from "../cli/driver.ts";
import type { HostSpec } from "../lab/index.ts";
import { describeWith } from "../lab/tools.ts";
import { startTerminal } from "../wizard/tmux.ts";
import { seen } from "./seen.ts";

/** Many runs of the tools in each: the usual half minute is short on a busy machine. */
const slow = { timeout: 240_000 };

const hosts: readonly HostSpec[] = (["go", "pip", "npm"] as const).flatMap((ecosystem): HostSpec[] => [
  { id: `${ecosystem}-near`, mirrorId: "near", ecosystem, rttMs: 5, bytesPerSecond: 30e6 },
  { id: `${ecosystem}-far`, mirrorId: "far", ecosystem, rttMs: 80, bytesPerSecond: 0.5e6 },
  { id: `${ecosystem}-stale`, mirrorId: "stale", ecosystem, fault: "stale" },
]);

/** What each pane shows. The wizard is left where it has made its proposals. */
const panes = {
  help: ["pip", "--help"],
  list: ["list", "go"],
  test: ["test", "npm"],
  preview: ["go", "near", "far", "--no-probe", "--dry-run"],
  // Of docker the machine itself would be seen.
  status: ["status", "go"],
  doctor: ["doctor", "npm"],
  wizard: [],
} as const;

type Pane = keyof typeof panes;
type Language = "en" | "zh";

const proposed = { en: /→ Go on[\s\S]*Ctrl-C/, zh: /→ 继续[\s\S]*Ctrl-C/ };

describeWith("tmux", "what a person sees", () => {
  const lab = useLab(hosts);

  /** A home in which every tool has a mirror, each in a file of its own. */
  const settle = async (): Promise<Home> => {
    const home = await makeHome(`GOPROXY=${lab().host("go-far").mirrorUrl},direct\nGOSUMDB=${lab().sumdb.key}\n`);
    await put(home.pipConf, `[global]\nindex-url = ${lab().host("pip-far").mirrorUrl}\n`);
    await put(home.npmrc, `registry=${lab().host("npm-near").mirrorUrl}/\n`);
    return home;
  };

  const see = async (pane: Pane, language: Language, columns: number, more: Record<string, string>) => {
    const home = await settle();
    const { PATH } = await withOnly(home, "go", "pip", "npm");
    const env = { ...trustingAll(lab()), PATH, LANG: language === "zh" ? "zh_CN.UTF-8" : "C.UTF-8", ...more };
    const catalog = pane === "help" ? [] : ["--catalog", lab().catalogFile];
    const stage = { home, env, columns, rows: columns === 80 ? 24 : 40 };
    const terminal = await startTerminal([...panes[pane], ...catalog], stage);
    try {
      await (pane === "wizard" ? terminal.see(proposed[language]) : terminal.ended());
      return `==== ${pane}\n${masked(await terminal.whole())}\n`;
    } finally {
      await terminal.close();
    }
  };

  const seeAll = async (wanted: readonly Pane[], language: Language, columns: number, more = {}) => {
    const seen: string[] = [];
    for (const pane of wanted) seen.push(await see(pane, language, columns, more));
    return seen.join("\n");
  };

  const all = Object.keys(panes) as Pane[];

  it.each([
    ["en", 80, all],
    ["zh", 80, all],
    ["en", 120, ["test", "status", "wizard"]],
    ["zh", 120, ["test", "status", "wizard"]],
  ] as const)("is that, in %s, in %i columns", slow, async (language, columns, wanted) => {
    const golden = join(import.meta.dirname, "golden", `${language}-${columns}`);
    const coloured = await seeAll(wanted, language, columns);
    expect(coloured).toMatch(/‹\d+›/);
    await expect(coloured).toMatchFileSnapshot(`${golden}.txt`);
    for (const pane of ["test", "status"] as const) {
      const plain = await see(pane, language, columns, { NO_COLOR: "1" });
      expect(plain).not.toContain("‹");
      expect(coloured.replace(/‹[\d;]*›/g, "")).toContain(plain);
    }
  });
});

/** What differs from run to run is masked, and the blanks that depend on it; colours become visible, wherever their codes were sent. */
function masked(screen: string): string {
  return seen(screen)
    .replace(/127\.0\.0\.1:\d{5}/g, "HOST")
    .replace(/sum\.golang\.org\+\S+/g, "KEY")
    .replace(/\/tmp\/[^/]+\/(home|tmp)/g, "HOME")
    .replace(/[≥≤]?\d+(\.\d+)? (ms|s|kB\/s|MB\/s|秒)(?!\w)/g, "N")
    .replace(/\b\d+(\.\d+){1,3}\b/g, "VERSION")
    .replace(/^.*≥ ≤.*\n/gm, "")
    .replace(/(\S) {2,}/g, "$1  ")
    .replace(/ +N/g, "  N")
    .trimEnd();
}

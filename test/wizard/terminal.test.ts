import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  databaseLine,
  type Home,
  makeHome,
  put,
  run,
  snapshot,
  trusting,
  trustingAll,
  useLab,
  withOnly,
} from "../cli/driver.ts";
import type { HostSpec } from "../lab/index.ts";
import { describeWith } from "../lab/tools.ts";
import { masked, type Stage, startTerminal, type Terminal } from "./tmux.ts";

/** More than one run of a tool in each: the usual half minute is short on a busy machine. */
const slow = { timeout: 120_000 };

const hosts: readonly HostSpec[] = (["go", "pip", "npm"] as const).flatMap((ecosystem): HostSpec[] => [
  { id: `${ecosystem}-near`, mirrorId: "near", ecosystem, rttMs: 5, bytesPerSecond: 30e6 },
  { id: `${ecosystem}-far`, mirrorId: "far", ecosystem, rttMs: 80, bytesPerSecond: 0.5e6 },
  { id: `${ecosystem}-login`, mirrorId: "login", ecosystem, fault: "login-page" },
]);

const goOn = /→ Go on: see what would be written/;

/** The terminal ends with the test. */
async function openTerminal(args: readonly string[], stage: Stage): Promise<Terminal> {
  const terminal = await startTerminal(args, stage);
  onTestFinished(terminal.close);
  return terminal;
}

describeWith("tmux", "the wizard in a real terminal", () => {
  const lab = useLab(hosts);
  const url = (id: string) => lab().host(id).mirrorUrl;
  const all = (...more: readonly string[]) => ["--catalog", lab().catalogFile, ...more];
  const go = (...more: readonly string[]) => ["go", ...all(...more)];

  const requests = () => hosts.reduce((sum, { id }) => sum + lab().host(id).log.length, 0);

  /** A home with settings in it, and just these tools. */
  const stage = async (env: Readonly<Record<string, string>> = {}): Promise<Stage & { home: Home }> => {
    const home = await makeHome(databaseLine(lab()));
    await put(home.npmrc, "; mine\nsave-exact=true\n");
    const { PATH } = await withOnly(home, "go", "pip", "npm");
    return { home, env: { ...trustingAll(lab()), PATH, ...env } };
  };

  it("proposes the best, shows the diff, asks once, writes, proves it, and can be undone", slow, async () => {
    const { home, env } = await stage();
    const before = await snapshot(home.path, { times: false });
    const terminal = await openTerminal(all(), { home, env });
    const opening = await terminal.see(goOn);
    expect(opening).toContain("go 2 of 3, pip 2 of 3, npm 2 of 3");
    expect(await snapshot(home.path, { times: false })).toEqual(before);
    const asked = requests();
    await terminal.keys("Enter");
    const shown = await terminal.see(/Write this\?\n→ Yes, write it/);
    for (const id of ["go-near", "pip-near", "npm-near"]) expect(shown).toContain(url(id));
    expect(shown).toMatch(/^\+GOPROXY=/m);
    expect(shown).toContain("by `pip config");
    expect(await snapshot(home.path, { times: false })).toEqual(before);
    await terminal.keys("Enter");
    expect(await terminal.ended()).toBe(0);
    // What has just proved good is not asked again.
    expect(requests()).toBe(asked);
    const done = await terminal.see("to undo: mirror-setup undo");
    for (const key of ["GOPROXY", "global.index-url", "registry"]) expect(done).toContain(`in force ${key}=`);
    expect(await readFile(home.goenv, "utf8")).toContain(`GOPROXY=${url("go-near")}|`);
    expect(await readFile(home.pipConf, "utf8")).toContain(url("pip-near"));
    expect(await readFile(home.npmrc, "utf8")).toBe(`; mine\nsave-exact=true\nregistry=${url("npm-near")}\n`);
    expect((await run(["undo"], { home, env })).code).toBe(0);
    const files = [home.goenv, home.npmrc].map((file) => readFile(file, "utf8"));
    expect(await Promise.all(files)).toEqual([databaseLine(lab()), "; mine\nsave-exact=true\n"]);
  });

  it("fits 80 columns and 24 rows, in both languages", slow, async () => {
    const { home, env } = await stage();
    const opened = await Promise.all(
      (["en", "zh"] as const).map(async (lang) => {
        const own = await makeHome(databaseLine(lab()));
        const terminal = await openTerminal(all("--lang", lang), { home: lang === "en" ? home : own, env });
        await terminal.see(lang === "en" ? goOn : /→ 继续/);
        await terminal.keys("Down", "Enter");
        await terminal.see(/→ near/);
        return terminal.screen();
      }),
    );
    const [english = "", chinese = ""] = opened.map(masked);
    expect(english.slice(english.indexOf("go: which"))).toBe(
      [
        "go: which mirror?",
        "  mirror  latency  speed  behind  verdict",
        "→ near N ms N MB/s  nothing  good",
        "  far N ms N kB/s  nothing  good",
        "  Keep it as it is (proxy.golang.org)",
        "  Back to upstream (reset)",
        "  Another address …",
        "  Back",
        "  not to be chosen:",
        "- login N ms – –  rejected: not a mirror (answers …",
        "",
        "Lab near  https://HOST",
        "If it fails, go goes on to far.",
        "Up/Down: move  Enter: choose  Esc: back  Ctrl-C: leave, nothing changed",
      ].join("\n"),
    );
    expect(chinese).toMatch(/go：选用哪个镜像？\n.*延迟.*落后.*结论\n→ near/);
    expect(chinese).toMatch(/- login.*不合格：不是镜像/);
    expect(chinese).toContain("失败时 go 会改用 far。");
    for (const screen of opened) expect(screen.split("\n").length).toBeLessThanOrEqual(24);
  });

  it("goes back from everywhere, and changes what is chosen", slow, async () => {
    const { home, env } = await stage();
    const terminal = await openTerminal(all(), { home, env });
    await terminal.see(goOn);
    await terminal.keys("Down", "Enter");
    await terminal.see(/→ near/);
    await terminal.keys("Down", "Enter");
    expect(masked(await terminal.see(/go: which mirror\? far[\s\S]*→ Go on/))).toMatch(/go +far, then near/);
    await terminal.keys("Down", "Down", "Enter");
    await terminal.see(/pip: which mirror\?\n[\s\S]*→ near/);
    await terminal.keys(...Array<string>(5).fill("Down"), "Enter");
    await terminal.see(/pip: which mirror\? Back/);
    await terminal.keys(...Array<string>(3).fill("Down"), "Enter");
    await terminal.see(/npm: which mirror\?\n[\s\S]*→ near/);
    await terminal.keys("Down", "Down", "Enter");
    await terminal.see(/npm +as it is:/);
    await terminal.keys("Enter");
    await terminal.see(/Write this\?\n→/);
    await terminal.keys("Down", "Enter");
    await terminal.see(/Write this\? back[\s\S]*→ Go on/);
    await terminal.keys("Enter");
    await terminal.see(/Write this\? back[\s\S]*Write this\?\n→/);
    await terminal.keys("Enter");
    expect(await terminal.ended()).toBe(0);
    expect(await readFile(home.goenv, "utf8")).toContain(`GOPROXY=${url("go-far")}|${url("go-near")},direct`);
    expect(await readFile(home.pipConf, "utf8")).toContain(url("pip-near"));
    expect(await readFile(home.npmrc, "utf8")).toBe("; mine\nsave-exact=true\n");
  });

  it("goes one step back with Esc, and from the first step nowhere", slow, async () => {
    const { home, env } = await stage();
    const terminal = await openTerminal(go(), { home, env });
    await terminal.see(goOn);
    await terminal.keys("Escape", "Down", "Enter");
    await terminal.see(/→ near[\s\S]*Esc: back/);
    await terminal.keys("Down", "Escape");
    const list = await terminal.see(/go: which mirror\? Back[\s\S]*→ Go on/);
    expect(masked(list)).toMatch(/go +near, then far/);
    expect(list.slice(list.indexOf("? Back"))).not.toContain("Esc");
    await terminal.keys("Down", "Enter");
    await terminal.see(/→ near/);
    await terminal.keys("Down", "Down", "Down", "Down", "Enter");
    await terminal.see("Address for go");
    await terminal.keys("https://some", "Escape");
    await terminal.see(/another address\ngo: which mirror\?\n[\s\S]*→ near/);
    await terminal.keys("Escape");
    await terminal.see(/(go: which mirror\? Back[\s\S]*){2}→ Go on/);
    await terminal.keys("Enter");
    await terminal.see(/Write this\?\n→/);
    await terminal.keys("Escape");
    await terminal.see(/Write this\? back[\s\S]*→ Go on/);
    await terminal.keys("C-c");
    expect(await terminal.ended()).toBe(130);
    expect(await readFile(home.goenv, "utf8")).toBe(databaseLine(lab()));
  });

  it("fits a list to a window that is made narrower meanwhile, and stays where it was in it", slow, async () => {
    const { home, env } = await stage();
    const terminal = await openTerminal(go(), { home, env });
    await terminal.see(goOn);
    await terminal.keys("Down", "Enter");
    await terminal.see(/→ near/);
    await terminal.keys("Down");
    await terminal.see(/→ far +.*nothing/);
    await terminal.resize(44, 24);
    await terminal.see(/mirror +latency +verdict\n +near .*\n→ far/);
    const lines = (await terminal.screen()).split("\n");
    expect(lines.filter((line) => line.includes("login"))).toEqual([expect.stringMatching(/^- login .*rejected.*…$/)]);
    expect(lines.filter((line) => line.startsWith("go: which"))).toHaveLength(1);
    await terminal.resize(100, 30);
    await terminal.see(/behind +verdict\n +near .*\n→ far/);
    await terminal.keys("Enter");
    expect(masked(await terminal.see(/go: which mirror\? far[\s\S]*→ Go on/))).toMatch(/go +far, then near/);
  });

  it("still shows what would be written after the window was changed", slow, async () => {
    const { home, env } = await stage();
    const terminal = await openTerminal(go(), { home, env });
    await terminal.see(goOn);
    await terminal.keys("Enter");
    await terminal.see(/Write this\?\n→/);
    await terminal.resize(70, 24);
    await terminal.see(/Ctrl-C: leave,\n? *nothing/);
    expect(await terminal.screen()).toMatch(/^\+GOPROXY=[\s\S]*Write this\?\n→ Yes/m);
  });

  it("leaves a tool as it is that was left out", slow, async () => {
    const { home, env } = await stage();
    await writeFile(join(env.PATH ?? "", "yarn"), "#!/bin/sh\necho 4.9.1\n", { mode: 0o755 });
    const terminal = await openTerminal(["npm", ...all()], { home, env });
    await terminal.see(goOn);
    await terminal.keys("Down", "Enter");
    await terminal.see(/→ near[\s\S]*Which tools: npm, yarn …/);
    await terminal.keys("Down", "Down", "Down", "Down", "Enter");
    await terminal.see(/→ Done\n +npm +set as chosen\n +yarn +set as chosen/);
    await terminal.keys("Down", "Enter");
    await terminal.see(/→ npm +left as it is\n +yarn +set as chosen/);
    await terminal.keys("Escape");
    await terminal.see(/Which tools: yarn …/);
    await terminal.keys("Escape");
    await terminal.see(/npm +near .*good, without npm/);
    await terminal.keys("Enter");
    await terminal.see(/Write this\?\n→/);
    await terminal.keys("Enter");
    expect(await terminal.ended()).toBe(0);
    expect(await readFile(join(home.path, ".yarnrc.yml"), "utf8")).toContain(url("npm-near"));
    expect(await readFile(home.npmrc, "utf8")).toBe("; mine\nsave-exact=true\n");
  });

  it("takes an address of one's own once it proves good, and says why another does not", slow, async () => {
    const { home, env } = await stage();
    const catalog = lab().catalog as { mirrors: readonly { readonly id: string }[] };
    const file = join(home.path, "..", "own.json");
    await writeFile(file, JSON.stringify({ ...catalog, mirrors: catalog.mirrors.filter(({ id }) => id !== "near") }));
    const terminal = await openTerminal(["go", "--catalog", file], { home, env });
    await terminal.see(goOn);
    await terminal.keys("Down", "Enter");
    await terminal.see(/→ far/);
    await terminal.keys("Down", "Down", "Down", "Enter");
    await terminal.see("Address for go (empty: back):");
    await terminal.keys("proxy.corp.example", "Enter");
    await terminal.see("An address begins with https://");
    await terminal.keys("http://proxy.corp.example", "Enter");
    await terminal.see(/plain http/);
    await terminal.keys(url("go-login"), "Enter");
    await terminal.see(/login cannot be taken, rejected: not a mirror/);
    await terminal.keys(url("go-near"), "Enter");
    await terminal.see(/proved good\.[\s\S]*→ Go on/);
    await terminal.keys("Enter");
    await terminal.see(/Write this\?\n→/);
    await terminal.keys("Enter");
    expect(await terminal.ended()).toBe(0);
    // An address of one's own may hold what nobody else is to be asked for.
    expect(await readFile(home.goenv, "utf8")).toContain(`GOPROXY=${url("go-near")},direct\n`);
  });

  it("leaves all as it was when nothing is chosen to change", slow, async () => {
    const { home, env } = await stage();
    const before = await snapshot(home.path);
    const terminal = await openTerminal(go(), { home, env });
    await terminal.see(goOn);
    await terminal.keys("Down", "Down", "Enter");
    expect(await terminal.ended()).toBe(0);
    await terminal.see("nothing was changed");
    expect(await snapshot(home.path)).toEqual(before);
  });

  describe("at Ctrl-C ends with 130 and has changed nothing", () => {
    const steps: Readonly<Record<string, readonly (readonly [RegExp, ...string[]])[]>> = {
      "while it looks": [[/Nothing is written before/]],
      "at the proposals": [[goOn]],
      "in a list": [[goOn, "Down", "Enter"], [/→ near/]],
      "while an address is typed": [
        [goOn, "Down", "Enter"],
        [/→ near/, "Down", "Down", "Down", "Down", "Enter"],
        [/Address for go/, "https://some"],
      ],
      "at the last question": [[goOn, "Enter"], [/Write this\?\n→/]],
    };
    it.each(Object.keys(steps))("%s", slow, async (name) => {
      const { home, env } = await stage();
      const before = await snapshot(home.path);
      const terminal = await openTerminal(go(), { home, env });
      for (const [text, ...keys] of steps[name] ?? []) {
        await terminal.see(text);
        if (keys.length > 0) await terminal.keys(...keys);
      }
      await terminal.keys("C-c");
      expect(await terminal.ended()).toBe(130);
      await terminal.see("interrupted; nothing was changed");
      expect(await snapshot(home.path)).toEqual(before);
    });

    it("and so at the end of the input", slow, async () => {
      const { home, env } = await stage();
      const terminal = await openTerminal(go(), { home, env });
      await terminal.see(goOn);
      await terminal.keys("C-d");
      expect(await terminal.ended()).toBe(130);
    });
  });

  it("stops where a file was changed after it was shown, and loses nothing", slow, async () => {
    const { home, env } = await stage();
    const terminal = await openTerminal(go(), { home, env });
    await terminal.see(goOn);
    await terminal.keys("Enter");
    await terminal.see(/Write this\?\n→/);
    await appendFile(home.goenv, "GOPRIVATE=git.corp.example\n");
    await terminal.keys("Enter");
    expect(await terminal.ended()).toBe(5);
    expect(await readFile(home.goenv, "utf8")).toBe(`${databaseLine(lab())}GOPRIVATE=git.corp.example\n`);
  });

  it("says what wins over the setting, before and after", slow, async () => {
    const { home, env } = await stage({ GOPROXY: "https://elsewhere.example" });
    const terminal = await openTerminal(go(), { home, env });
    const shown = await terminal.see(goOn);
    expect(shown).toContain("environment variable GOPROXY");
    await terminal.keys("Enter");
    await terminal.see(/Write this\?\n→/);
    await terminal.keys("Enter");
    expect(await terminal.ended()).toBe(7);
  });

  it("asks plain questions where TERM=dumb, and draws nothing", slow, async () => {
    const { home, env } = await stage({ TERM: "dumb" });
    const terminal = await openTerminal(go(), { home, env });
    const list = await terminal.see(/Number \[1\]:$/);
    expect(list).toMatch(/1\. +Go on[\s\S]*2\. +go +near, then far[\s\S]*3\. +Leave everything/);
    await terminal.keys("2", "Enter");
    const mirrors = await terminal.see(/6\. +Back[\s\S]*Number \[1\]:$/);
    expect(mirrors).toMatch(/ - +login.*rejected: not a mirror/);
    await terminal.keys("2", "Enter");
    await terminal.see(/far, then near[\s\S]*Number \[1\]:$/);
    await terminal.keys("Enter");
    await terminal.see(/Write this\?[\s\S]*Number \[1\]:$/);
    await terminal.keys("1", "Enter");
    expect(await terminal.ended()).toBe(0);
    expect(await readFile(home.goenv, "utf8")).toContain(url("go-far"));
    expect(await terminal.coloured()).not.toContain("\u001b[");
  });

  it("has no colours where NO_COLOR is set", slow, async () => {
    const { home, env } = await stage({ NO_COLOR: "1" });
    const terminal = await openTerminal(go(), { home, env });
    await terminal.see(goOn);
    expect(await terminal.coloured()).not.toContain("\u001b[");
  });

  it("asks nothing where nothing may be asked", slow, async () => {
    const { home, env } = await stage();
    for (const flag of ["--json", "--quiet", "--yes"]) {
      const { home } = await stage();
      const terminal = await openTerminal(go(flag), { home, env });
      expect([flag, await terminal.ended()]).toEqual([flag, 2]);
    }
    const { code, stdout } = await run(all(), { home, env });
    expect(code).toBe(0);
    expect(stdout).toContain("Start with: mirror-setup all --fastest");
  });
});

describeWith("tmux", "the wizard where no mirror can be reached", () => {
  const lab = useLab(["one", "two", "three"].map((id): HostSpec => ({ id, fault: "refused" })));

  it("says what they have in common, offers the rest, and ends with 3", slow, async () => {
    const home = await makeHome(databaseLine(lab()));
    const before = await snapshot(home.path);
    const { PATH } = await withOnly(home, "go");
    const terminal = await openTerminal(["go", "--catalog", lab().catalogFile], {
      home,
      env: { ...trusting(lab()), PATH },
    });
    const shown = await terminal.see(/→ Done: everything stays as it is/);
    expect(shown).toContain("is this machine online?");
    expect(shown).toMatch(/go +as it is: no mirror proved good/);
    await terminal.keys("Enter");
    expect(await terminal.ended()).toBe(3);
    expect(await snapshot(home.path)).toEqual(before);
  });
});

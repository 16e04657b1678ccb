import { describe, expect, it } from "vitest";
import { mirrors, run } from "./driver.ts";
import { linux } from "./machines.ts";

/** What the driver puts beside the program at each run: all that may be new. */
const catalog = { "/pkg": "folder", "/pkg/mirrors.json": expect.any(String) };

describe("a home that Nix makes", () => {
  const store = "/nix/store/k3v-home-manager-files";
  const made = {
    ".npmrc": "save-exact=true\n",
    ".config/go/env": "GOPRIVATE=git.corp.example\n",
    ".config/pip/pip.conf": "[global]\ntimeout = 60\n",
  };
  const files = Object.fromEntries(Object.entries(made).map(([name, text]) => [`${store}/${name}`, text]));
  const links = Object.fromEntries(Object.keys(made).map((name) => [`/home/u/${name}`, `${store}/${name}`]));
  const nix = () => linux.make({ files, links, rules: { readOnly: ["/nix/store/"] } });

  it.each([
    ["go", "/home/u/.config/go/env", "programs.go.env"],
    ["pip", "/home/u/.config/pip/pip.conf", 'home.file.".config/pip/pip.conf"'],
    ["npm", "/home/u/.npmrc", "programs.npm.npmrc"],
  ])("is left alone for %s, and the option to set is named, in a preview too", async (id, file, option) => {
    const machine = nix();
    const untouched = machine.disk.snapshot();
    for (const line of [`${id} near --no-probe`, `${id} near --no-probe --dry-run`]) {
      const english = await run(machine, line);
      expect([english.code, english.err]).toEqual([5, expect.stringContaining(`${file} is made by Nix`)]);
      expect(english.err).toContain(option);
      const chinese = await run(machine, line, "zh");
      expect([chinese.code, chinese.err]).toEqual([5, expect.stringContaining(`${file} 由 Nix`)]);
      expect(chinese.err).toContain(option);
    }
    expect(machine.disk.snapshot()).toEqual({ ...untouched, ...catalog });
  });

  it("is nothing to complain of where it says what is wanted already", async () => {
    const machine = linux.make({
      files: { [`${store}/.npmrc`]: `registry=${mirrors.npm}\n` },
      links: { "/home/u/.npmrc": `${store}/.npmrc` },
    });
    expect((await run(machine, "npm near --no-probe")).code).toBe(0);
  });
});

it.each([
  ["en", "the file system is read-only"],
  ["zh", "文件系统只读"],
] as const)("is told in %s that a home is read-only, and nothing is tried", async (language, why) => {
  const files = { "/home/u/.npmrc": "save-exact=true\n" };
  const machine = linux.make({ files, rules: { readOnly: ["/home/u"] } });
  const untouched = machine.disk.snapshot();
  const { code, err } = await run(machine, "npm near --no-probe", language);
  expect([code, err]).toEqual([5, expect.stringContaining(why)]);
  expect(machine.disk.snapshot()).toEqual({ ...untouched, ...catalog });
});

it("follows the link of a dotfiles folder (stow, chezmoi), and leaves it a link", async () => {
  const machine = linux.make({
    files: { "/home/u/dotfiles/npmrc": "save-exact=true\n" },
    links: { "/home/u/.npmrc": "dotfiles/npmrc" },
  });
  expect((await run(machine, "npm near --no-probe")).code).toBe(0);
  const { disk } = machine;
  expect([disk.real("/home/u/.npmrc"), disk.snapshot()["/home/u/.npmrc"]]).toEqual([
    "/home/u/dotfiles/npmrc",
    "→ dotfiles/npmrc",
  ]);
});

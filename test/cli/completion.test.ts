import { mkdtemp, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { describeWith } from "../lab/tools.ts";
import { exampleCatalog, type Home, makeHome, put, run } from "./driver.ts";

/** What would fit: words alone. */
async function words(home: Home, ...line: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await run(["__complete", "--", ...line], { home });
  expect([code, stderr]).toEqual([0, ""]);
  return stdout
    .split("\n")
    .filter(Boolean)
    .map((row) => row.split("\t")[0] ?? "");
}

describe("completion", () => {
  it.each([
    [[""], ["go", "docker", "all", "list", "status", "doctor", "undo", "completion"], ["__complete"]],
    [["st"], ["status"], ["go", "list"]],
    [["go", "ali"], ["aliyun"], ["goproxy-cn"]],
    [["golang", "goproxy-cn", ""], ["aliyun"], ["goproxy-cn", "npmmirror"]],
    [["go", "--f"], ["--fastest"], ["--no-probe"]],
    [
      ["go", "--fastest", "--"],
      ["--chain", "--private", "--json"],
      ["--fastest", "--scope-registry"],
    ],
    [["go", "--scope", ""], ["user", "project", "system"], ["aliyun"]],
    [["npm", "--only", "p"], ["pnpm"], ["pip", "npm"]],
    [["status", "--lang=z"], ["--lang=zh"], ["zh"]],
    [["list", ""], ["go", "pip", "npm"], ["aliyun"]],
    [["test", "pip", "tu"], ["tuna"], ["goproxy-cn"]],
    [["list", "--catalog", ""], [":files"], ["go"]],
    [["catalog", ""], ["add", "validate", "path"], ["go"]],
    [["catalog", "remove", ""], ["go", "docker"], []],
    [["completion", ""], ["bash", "zsh", "fish", "powershell"], []],
    [["frobnicate", ""], [], ["go"]],
  ] as const)("%j", async (line, some, none) => {
    const found = await words(await makeHome(), ...line);
    expect(found).toEqual(expect.arrayContaining([...some]));
    for (const word of none) expect(found).not.toContain(word);
  });

  it("is asked by PowerShell with a quoted --, which would be dropped on its way through npm's script", async () => {
    const { stdout } = await run(["completion", "powershell"], { home: await makeHome() });
    expect(stdout).toContain("__complete '--' @before $word");
  });

  it("knows your own mirrors, and the changes that can be undone", async () => {
    const home = await makeHome("");
    const catalog = await exampleCatalog(home);
    expect(await words(home, "go", "--catalog", catalog, "n")).toEqual(["near"]);
    await run(["catalog", "add", "go", "corp", "https://goproxy.corp.example"], { home });
    expect(await words(home, "go", "co")).toEqual(["corp"]);
    expect(await words(home, "catalog", "remove", "go", "")).toEqual(["corp"]);
    await run(["go", "near", "--no-probe", "--catalog", catalog, "--allow-missing"], { home });
    const [id] = await words(home, "undo", "");
    expect(id).toMatch(/^\d{8}T\d{6}Z-/);
    expect((await run(["undo", id ?? ""], { home })).code).toBe(0);
    expect(await words(home, "undo", "")).toEqual([]);
  });

  it("shows nothing of what a file smuggles in", async () => {
    const home = await makeHome();
    const name = "\u001b[31mred\nmore\tx";
    const mirrors = [{ id: "evil", ecosystem: "go", url: "https://evil.example", name }];
    await put(join(home.path, ".config", "mirror-setup", "mirrors.json"), JSON.stringify({ version: 1, mirrors }));
    const { stdout } = await run(["__complete", "--", "go", "evil"], { home });
    expect(stdout).not.toContain("\u001b");
    expect(stdout.split("\n").length).toBeLessThanOrEqual(2);
  });

  it("names the shells there are", async () => {
    const { code, stderr } = await run(["completion", "tcsh"], { home: await makeHome() });
    expect([code, stderr]).toEqual([2, expect.stringContaining("bash, zsh, fish, powershell")]);
  });
});

/** The program on a PATH of its own, for a shell to call. */
async function inShell(home: Home, shell: string, script: string): Promise<string> {
  const bin = await mkdtemp(join(home.path, "..", "bin-"));
  const program = fileURLToPath(new URL("../../bin/mirror-setup.cjs", import.meta.url));
  await symlink(process.execPath, join(bin, "node"));
  await writeFile(join(bin, "mirror-setup"), `#!/bin/sh\nexec node ${program} "$@"\n`, { mode: 0o755 });
  const file = join(home.path, `script.${shell}`);
  await writeFile(file, script);
  const flags = shell === "bash" ? ["--norc", file] : shell === "zsh" ? ["-f", file] : ["--no-config", file];
  const env = { PATH: `${bin}:/usr/bin:/bin`, HOME: home.path, LANG: "C.UTF-8", TERM: "dumb" };
  const { stdout, stderr } = await execa(shell, flags, { env, extendEnv: false, cwd: home.path, reject: false });
  return `${stdout}\n${stderr}`;
}

describeWith("bash", "completion in bash", () => {
  it("completes by its own rules", async () => {
    const script = `set -e
eval "$(mirror-setup completion bash)"
complete -p mirror-setup
COMP_WORDS=(mirror-setup go goproxy-c); COMP_CWORD=2
_mirror_setup; printf 'one:%s\\n' "\${COMPREPLY[@]}"
COMP_WORDS=(mirror-setup go --lang = z); COMP_CWORD=4
_mirror_setup; printf 'two:%s\\n' "\${COMPREPLY[@]}"
COMP_WORDS=(mirror-setup ""); COMP_CWORD=1
_mirror_setup; printf 'three:%s\\n' "\${COMPREPLY[@]}"`;
    const said = await inShell(await makeHome(), "bash", script);
    expect(said).toContain("complete -F _mirror_setup mirror-setup\none:goproxy-cn\ntwo:zh\nthree:go\n");
  });
});

describeWith("zsh", "completion in zsh", () => {
  it("hands words and what they mean to _describe", async () => {
    const script = `autoload -Uz compinit; compinit -u -d "$HOME/dump"
eval "$(mirror-setup completion zsh)"
_describe() { print -rl -- "\${(@P)2}" }
words=(mirror-setup go goproxy-c); CURRENT=3; PREFIX=goproxy-c; _mirror_setup
words=(mirror-setup ""); CURRENT=2; PREFIX=""; _mirror_setup
print -r -- "$_comps[mirror-setup]"`;
    const said = await inShell(await makeHome(), "zsh", script);
    expect(said).toMatch(/^goproxy-cn:Goproxy\.cn \(Qiniu\)\ngo:set the mirror for go: [\s\S]*_mirror_setup\n/);
  });
});

describeWith("fish", "completion in fish", () => {
  it("completes, with what words mean", async () => {
    const script = `mirror-setup completion fish | source
complete -C'mirror-setup go goproxy-c'
complete -C'mirror-setup stat'
complete -C'mirror-setup '`;
    const said = await inShell(await makeHome(), "fish", script);
    expect(said).toMatch(/^goproxy-cn\tGoproxy\.cn \(Qiniu\)\nstatus\tshow what is in force/);
    expect(said).toMatch(/\ncompletion\t/);
  });
});

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { type HostSpec, startLab } from "../lab/index.ts";
import { type Stage, setStage, type Tool } from "./stage.ts";

/**
 * `npm run demo`: the main job, offline, on the lab, in a throw-away home. It touches nothing outside its own temporary folder, and ends with a
 * non-zero exit code if anything is not as it says.
 */
const hosts: readonly HostSpec[] = (["go", "pip", "npm", "docker"] as const).flatMap((ecosystem): HostSpec[] => [
  { id: `${ecosystem}-fast`, mirrorId: "fast", ecosystem, rttMs: 10, bytesPerSecond: 12e6 },
  { id: `${ecosystem}-slow`, mirrorId: "slow", ecosystem, rttMs: 70, bytesPerSecond: 0.6e6 },
  { id: `${ecosystem}-dead`, mirrorId: "dead", ecosystem, fault: "refused" },
  { id: `${ecosystem}-login`, mirrorId: "login", ecosystem, fault: "login-page" },
  {
    id: `${ecosystem}-tampered`,
    mirrorId: "tampered",
    ecosystem,
    fault: ecosystem === "go" ? "tampered-zip" : "tampered",
  },
  { id: `${ecosystem}-stale`, mirrorId: "stale", ecosystem, fault: "stale" },
]);

const program = join(process.cwd(), "bin", "mirror-setup.cjs");
const lab = await startLab(hosts);
const home = await mkdtemp(join(tmpdir(), "mirror-setup-demo-"));
try {
  await play(await setStage(lab, home));
} finally {
  await lab.close();
  await rm(home, { recursive: true, force: true });
}

async function play(stage: Stage): Promise<void> {
  const before = await contents(stage);
  tell(
    "For Go, Python, npm and Docker each six mirrors on this machine: one fast, one slow, one dead, one a login page, one that serves altered files, one stale.",
  );
  tell("These are the settings of the tools, as a person left them:");
  for (const [name, text] of Object.entries(before)) process.stdout.write(`  ${name}\n${indent(text)}`);
  // Docker's daemon is the machine's own, so its mirrors are looked at, and nothing is written for it.
  const always = ["all", "--fastest", "--only", "go,pip,npm", "--catalog", "lab.json"];
  expect((await run(stage, always)).exitCode === 0, "the fast mirrors were chosen and written");
  for (const tool of stage.tools) await showProof(tool, stage);
  tell("Docker's mirrors are proved in the same way, by pulling from them. Here that is only looked at:");
  expect((await run(stage, ["test", "docker", "--catalog", "lab.json"])).exitCode === 0, "a mirror proved good");
  tell("Again: the mirrors in use still prove good, so nothing is written.");
  const written = await contents(stage);
  expect((await run(stage, [...always, "--quiet"])).exitCode === 0, "the second run went well");
  expect(same(await contents(stage), written), "the second run changed nothing");
  tell("And back, all three:");
  expect((await run(stage, ["undo"])).exitCode === 0, "the undo went well");
  expect(same(await contents(stage), before), "the settings are what they were, byte for byte");
}

async function contents({ files }: Stage): Promise<Record<string, string>> {
  const texts = Object.entries(files).map(async ([name, path]) => [name, await readFile(path, "utf8")] as const);
  return Object.fromEntries(await Promise.all(texts));
}

function same(a: object, b: object): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The real tool says what is in force, and fetches something through it. */
async function showProof({ name, asks, fetches }: Tool, { lab, home, env }: Stage): Promise<void> {
  const fast = lab.host(`${name}-fast`);
  process.stdout.write(`$ ${name} ${asks.join(" ")}\n`);
  const { stdout } = await execa(name, asks, { env, extendEnv: false, cwd: home });
  process.stdout.write(`${stdout}\n`);
  expect(stdout.includes(fast.mirrorUrl), `${name} itself says that the fast mirror is in force`);
  const asked = fast.log.length;
  process.stdout.write(`$ ${name} ${fetches.join(" ")}\n`);
  await execa(name, fetches, { env, extendEnv: false, cwd: home });
  expect(fast.log.length > asked, `${name} fetched it from the fast mirror`);
}

async function run(stage: Stage, args: readonly string[]): Promise<{ exitCode?: number }> {
  process.stdout.write(`$ mirror-setup ${args.join(" ")}\n`);
  const options = { env: stage.env, extendEnv: false, cwd: stage.home, reject: false, stdio: "inherit" } as const;
  const result = await execa(process.execPath, [program, ...args], options);
  process.stdout.write("\n");
  return result.exitCode === undefined ? {} : { exitCode: result.exitCode };
}

function tell(text: string): void {
  process.stdout.write(`${text}\n\n`);
}

function indent(text: string): string {
  return `${text.replace(/^(?=.)/gm, "    ")}\n`;
}

function expect(holds: boolean, what: string): void {
  process.stdout.write(`${holds ? "ok" : "NOT OK"}: ${what}\n\n`);
  if (!holds) process.exitCode = 1;
}

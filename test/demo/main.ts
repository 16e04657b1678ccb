import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { type HostSpec, type Lab, startLab } from "../lab/index.ts";

/**
 * `npm run demo`: the main job, offline, on the lab, in a throw-away home. It touches nothing outside its own temporary folder, and ends with a
 * non-zero exit code if anything is not as it says.
 */
const hosts: readonly HostSpec[] = [
  { id: "fast", rttMs: 10, bytesPerSecond: 12e6 },
  { id: "slow", rttMs: 70, bytesPerSecond: 0.6e6 },
  { id: "dead", fault: "refused" },
  { id: "login", fault: "login-page" },
  { id: "tampered", fault: "tampered-zip" },
  { id: "stale", fault: "stale" },
];

const program = join(process.cwd(), "bin", "mirror-setup.cjs");

/** The stage of the demo: a home with a settings file that a person has written comments into. */
interface Stage {
  readonly lab: Lab;
  readonly home: string;
  readonly envFile: string;
  readonly env: Record<string, string>;
  readonly hasGo: boolean;
}

const lab = await startLab(hosts);
const home = await mkdtemp(join(tmpdir(), "mirror-setup-demo-"));
try {
  await play(await setStage(lab, home));
} finally {
  await lab.close();
  await rm(home, { recursive: true, force: true });
}

async function setStage(lab: Lab, home: string): Promise<Stage> {
  const envFile = join(home, ".config", "go", "env");
  await mkdir(dirname(envFile), { recursive: true });
  await writeFile(envFile, `# my settings\nGOSUMDB=${lab.sumdb.key}\nGOPRIVATE=git.corp.example\n`);
  await copyFile(lab.catalogFile, join(home, "lab.json"));
  const { PATH = "", LANG = "C.UTF-8", TERM = "dumb", NO_COLOR = "" } = process.env;
  const { SSL_CERT_FILE = "" } = lab.env;
  const colour = process.stdout.isTTY ? { FORCE_COLOR: "1" } : {};
  // macOS and Windows keep go's settings elsewhere; naming the file makes the demo the same everywhere.
  const env = { PATH, LANG, TERM, NO_COLOR, ...colour, SSL_CERT_FILE, HOME: home, USERPROFILE: home, GOENV: envFile };
  const hasGo = (await execa("go", ["version"], { reject: false, env, extendEnv: false })).exitCode === 0;
  return { lab, home, envFile, env, hasGo };
}

async function play(stage: Stage): Promise<void> {
  const before = await readFile(stage.envFile, "utf8");
  tell(
    "Six Go mirrors on this machine: one fast, one slow, one dead, one a login page, one with a tampered module, one stale.",
  );
  tell("This is the settings file of go, as a person left it:");
  process.stdout.write(indent(before));
  const always = ["--catalog", "lab.json", ...(stage.hasGo ? [] : ["--allow-missing"])];
  const first = await run(stage, ["go", "--fastest", ...always]);
  expect(first.exitCode === 0, "the fast mirror was chosen and written");
  await showProof(stage);
  tell("Again: the mirror in use still proves good, so nothing is written.");
  const written = await readFile(stage.envFile, "utf8");
  expect((await run(stage, ["go", "--fastest", ...always])).exitCode === 0, "the second run went well");
  expect((await readFile(stage.envFile, "utf8")) === written, "the second run changed nothing");
  tell("And back:");
  expect((await run(stage, ["undo"])).exitCode === 0, "the undo went well");
  expect((await readFile(stage.envFile, "utf8")) === before, "the settings file is what it was, byte for byte");
}

/** The real go, where it is installed, says what is in force and fetches a module through it. */
async function showProof({ lab, home, env, hasGo }: Stage): Promise<void> {
  if (!hasGo) return tell("(go is not installed here, so nobody can be asked what is in force.)");
  process.stdout.write("$ go env GOPROXY\n");
  const { stdout } = await execa("go", ["env", "GOPROXY"], { env, extendEnv: false, cwd: home });
  process.stdout.write(`${stdout}\n\n`);
  expect(stdout.startsWith(lab.host("fast").url), "go itself says that the fast mirror is in force");
  const asked = lab.host("fast").log.length;
  const cache = { ...env, GOPATH: join(home, "gopath"), GOCACHE: join(home, "cache"), GOFLAGS: "-modcacherw" };
  const module = `${lab.module.path}@${lab.module.version}`;
  process.stdout.write(`$ go mod download ${module}\n`);
  await execa("go", ["mod", "download", module], { env: cache, extendEnv: false, cwd: home });
  const served = lab
    .host("fast")
    .log.slice(asked)
    .map(({ path }) => path);
  expect(served.length > 0, `go fetched ${module} from the fast mirror, checked against the checksum database`);
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

import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import type { LabEcosystem } from "../lab/faults.ts";
import type { HostSpec, Lab } from "../lab/index.ts";
import type { Report } from "./documents.ts";
import { databaseLine, type Home, makeHome, put, run, trustingAll, withOnly } from "./driver.ts";

/** One set-up. In all texts `{good}` is a mirror's address, `{GOOD}` its host and port; the same for the others of the lab, `{gone}` is closed. */
export interface SetUp {
  readonly name: string;
  /** By path below the home. */
  readonly files: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** The folder below the home that we are in. */
  readonly cwd?: string;
  /** Tools that only say their version, and are asked no more. */
  readonly others?: Readonly<Record<string, string>>;
}

/** One that is broken, and what doctor has to say of it. */
export interface Broken extends SetUp {
  readonly code: string;
  readonly stage?: string;
  /** `clean`: with --fix all is well afterwards, and the tool itself has fetched from the lab. `changed`: it is repaired, and something else is left. */
  readonly fix: "clean" | "changed" | "by-hand";
}

/** What the hosts of such a lab are. */
export function hostsFor(ecosystem: LabEcosystem): HostSpec[] {
  const faulty = (["denied", "refused", "tls-expired", "error-500"] as const).map((fault): HostSpec => {
    return { id: fault, ecosystem, fault, offer: false };
  });
  const untrusted: HostSpec = { id: "untrusted", ecosystem, fault: "tls-untrusted", offer: false };
  const own: HostSpec[] = [];
  if (ecosystem === "docker") own.push({ id: "token", ecosystem, fault: "token", offer: false });
  if (ecosystem === "go") own.push({ id: "bare", ecosystem, fault: "no-sumdb", offer: false }, untrusted);
  return [{ id: "good", ecosystem }, { id: "corp", ecosystem, offer: false }, ...own, ...faulty];
}

interface Finding {
  readonly code: string;
  readonly args: Readonly<Record<string, string | number>>;
  readonly stage: string;
  readonly where: string | null;
  readonly repair: string | null;
  readonly detail: string | null;
  readonly fixable: boolean;
  readonly fixed: boolean;
}

/** What the document of doctor says of the one ecosystem. */
export interface Said {
  readonly code: number | null;
  readonly home: Home;
  readonly transaction: string | null;
  readonly changes: readonly { readonly key: string; readonly before: string | null }[];
  readonly findings: readonly Finding[];
  readonly stages: Readonly<Record<string, boolean | null>>;
  readonly messages: Report["messages"];
}

/** Runs doctor in a home with that set-up. */
export async function examine(
  lab: Lab,
  ecosystem: LabEcosystem,
  { files, env = {}, cwd = "", others = {} }: SetUp,
  ...args: string[]
): Promise<Said> {
  const home = await makeHome();
  const filled = (text: string) => fill(text, lab, ecosystem);
  for (const [path, text] of Object.entries(files)) await put(join(home.path, path), filled(text));
  const own = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, filled(value)]));
  const found = await onPath(home, ecosystem, lab);
  for (const [name, version] of Object.entries(others))
    await writeFile(join(found.PATH, name), `#!/bin/sh\necho ${version}\n`, { mode: 0o755 });
  const way = { home, cwd: join(home.path, cwd), env: { ...trustingAll(lab), ...found, ...own } };
  const line = ["doctor", ecosystem, ...args, "--catalog", await catalogOf(lab, ecosystem, home), "--json"];
  const { code, stdout, stderr } = await run(line, way);
  expect(stderr).toBe("");
  const { transaction, changes, ecosystems, exitCode, messages } = JSON.parse(stdout);
  expect(exitCode).toBe(code);
  const [seen] = ecosystems ?? [{ findings: [], stages: [] }];
  const stages = Object.fromEntries(
    seen.stages.map((each: { stage: string; ok: boolean | null }) => [each.stage, each.ok]),
  );
  return { code, home, transaction, changes, findings: seen.findings, stages, messages };
}

/** What a tool says of itself alone: no file and no variable of a case changes it. */
const sameForAll: Partial<Record<LabEcosystem, string>> = {
  pip: '--version | "help download" | "config debug"',
  npm: '--version | "config get registry"',
};

/** A PATH with the one tool. Those that take a third of a second to start say once for all cases what is the same in all; for the rest the tool itself is started. */
async function onPath(home: Home, ecosystem: LabEcosystem, lab: Lab): Promise<{ readonly PATH: string }> {
  const found = await withOnly(home, ecosystem);
  const same = sameForAll[ecosystem];
  if (same === undefined) return found;
  const tool = join(found.PATH, ecosystem);
  await rename(tool, `${tool}-itself`);
  // The lab's own folder goes with the lab.
  const remembered = dirname(lab.caFile);
  const script = `#!/bin/sh
case "$*" in ${same}) ;; *) exec "${tool}-itself" "$@" ;; esac
said="${remembered}/${ecosystem}$1"
[ -f "$said" ] || { "${tool}-itself" "$@" > "$said.$$" && /bin/mv "$said.$$" "$said"; } || exit 1
exec /bin/cat "$said"
`;
  await writeFile(tool, script, { mode: 0o755 });
  return found;
}

export function fill(text: string, lab: Lab, ecosystem: LabEcosystem): string {
  const known = hostsFor(ecosystem).map(({ id }) => [id, lab.host(id)] as const);
  const named = known.reduce(
    (rest, [id, { mirrorUrl, url }]) =>
      rest.replaceAll(`{${id}}`, mirrorUrl).replaceAll(`{${id.toUpperCase()}}`, url.replace("https://", "")),
    text,
  );
  return named
    .replaceAll("{gone}", goneUrl(ecosystem))
    .replaceAll("{database}", ecosystem === "go" ? databaseLine(lab) : "")
    .replaceAll("{key}", ecosystem === "go" ? lab.sumdb.key : "");
}

/** An old daemon takes no path. */
function goneUrl(ecosystem: LabEcosystem): string {
  return ecosystem === "docker" ? "https://gone.example" : `https://gone.example/${ecosystem}`;
}

/** The lab's, without the company's own host, and with one that was closed. */
export async function catalogOf(lab: Lab, ecosystem: LabEcosystem, home: Home): Promise<string> {
  const catalog = JSON.parse(await readFile(lab.catalogFile, "utf8"));
  const mirrors = catalog.mirrors.filter(({ id }: { id: string }) => id !== "corp");
  const gone = {
    ...mirrors[0],
    id: "gone",
    ecosystem,
    url: goneUrl(ecosystem),
    status: "closed",
    closedOn: "2024-01",
  };
  const file = join(home.path, "..", "doctor.json");
  await writeFile(file, JSON.stringify({ ...catalog, mirrors: [...mirrors, { ...gone, offer: false }] }));
  return file;
}

/** Milliseconds for one case, which starts a tool some times: on a machine with much else to do, too. */
export const patience = 120_000;

/** Whether the broken set-up is named rightly, and repaired as far as that is safe. */
export async function judge(lab: Lab, ecosystem: LabEcosystem, broken: Broken, agent: RegExp): Promise<void> {
  const seen = lab.host("good").log.length;
  const said = await examine(lab, ecosystem, broken, "--fix");
  const about = JSON.stringify(said.findings, null, 1);
  const found = said.findings.find(({ code }) => code === broken.code);
  expect(found, about).toBeDefined();
  if (broken.stage !== undefined) expect(found?.stage, about).toBe(broken.stage);
  expect([found?.fixed, said.transaction !== null], about).toEqual(
    broken.fix === "by-hand" ? [false, said.transaction !== null] : [true, true],
  );
  if (broken.fix !== "clean") return;
  expect([said.code, said.stages.fetch], about).toEqual([0, true]);
  const agents = lab
    .host("good")
    .log.slice(seen)
    .map(({ userAgent }) => userAgent);
  expect(agents.some((each) => agent.test(each) && !each.includes("mirror-setup"))).toBe(true);
}

/** Whether a sound set-up is left in peace. */
export async function acquit(lab: Lab, ecosystem: LabEcosystem, sound: SetUp): Promise<void> {
  const said = await examine(lab, ecosystem, sound);
  expect([said.code, said.findings]).toEqual([0, []]);
  const tops = new Set(Object.keys(sound.files).map((path) => path.split("/")[0]));
  expect(new Set(await readdir(said.home.path))).toEqual(tops);
  expect(said.stages).toMatchObject({ tool: true, config: true, environment: true, protocol: true, fetch: true });
}

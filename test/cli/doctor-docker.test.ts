import { copyFile, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { expect, it, onTestFinished } from "vitest";
import type { Lab } from "../lab/index.ts";
import { findTool } from "../lab/tools.ts";
import { type Daemon, describeWithDaemon } from "./dockerd.ts";
import { catalogOf, fill, hostsFor, patience } from "./doctor-cases.ts";
import { ask, codesOf, makeHome, put, run, trusting, useLab } from "./driver.ts";

const key = (value: string) => `{\n  "debug": false,\n  "registry-mirrors": ${value}\n}\n`;
const list = (...mirrors: string[]) => key(`[\n    ${mirrors.map((each) => `"${each}"`).join(",\n    ")}\n  ]`);

interface Case {
  readonly name: string;
  /** What the daemon started with; absent: nothing. */
  readonly running?: string;
  /** The file as it is found. */
  readonly file: string;
  /** By path below the home. */
  readonly home?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

interface Broken extends Case {
  readonly code: string;
  readonly line?: number | string;
  /** What the daemon has in force after `--fix`, as ids of hosts; null: it is left to the person. */
  readonly ends: readonly string[] | null;
}

const good = list("{good}");

const broken: readonly Broken[] = [
  {
    name: "a closed mirror",
    file: list("{gone}"),
    running: list("{gone}"),
    code: "odd-closed",
    line: 4,
    ends: ["good"],
  },
  { name: "a closed mirror before a good one", file: list("{gone}", "{good}"), code: "odd-closed", ends: ["good"] },
  { name: "no scheme", file: list("{GOOD}"), code: "wrong-scheme", line: 4, ends: ["good"] },
  {
    name: "half a scheme, on its own line",
    file: list("{corp}", "https:/{GOOD}"),
    code: "wrong-scheme",
    line: 5,
    ends: ["corp", "good"],
  },
  { name: "a version's path", file: list("{good}/v2/"), code: "wrong-docker-version", line: 4, ends: ["good"] },
  { name: "a path, before 25", file: list("{good}/hub"), code: "wrong-docker-path", line: 4, ends: ["good"] },
  { name: "a question", file: list("{good}/?ns=hub"), code: "wrong-docker-query", line: 4, ends: ["good"] },
  { name: "a login", file: list("https://user:secret@{GOOD}"), code: "wrong-docker-login", line: 4, ends: ["good"] },
  { name: "a blank", file: list(" {good}"), code: "wrong-docker-blank", line: 4, ends: ["good"] },
  {
    name: "the flag's name",
    file: key('["{good}"]').replace("mirrors", "mirror"),
    code: "wrong-docker-key",
    line: 3,
    ends: ["good"],
  },
  {
    name: "the flag's name and a text",
    file: key('"{good}"').replace("mirrors", "mirror"),
    code: "wrong-docker-key",
    ends: ["good"],
  },
  {
    name: "capitals",
    file: key('["{good}"]').replace("registry-m", "Registry-M"),
    code: "wrong-docker-case",
    line: 3,
    ends: ["good"],
  },
  { name: "a text for a list", file: key('"{good}"'), code: "odd-docker-list", line: 3, ends: ["good"] },
  {
    name: "another registry's mirror",
    file: list("https://ghcr.mirror.example", "{good}"),
    code: "wrong-docker-other",
    line: 4,
    ends: ["good"],
  },
  {
    name: "the registry itself",
    file: list("{good}", "https://registry-1.docker.io"),
    code: "wrong-docker-upstream",
    line: 5,
    ends: ["good"],
  },
  {
    name: "a comment",
    file: '{\n  "debug": false, // mine\n  "registry-mirrors": ["{good}"]\n}\n',
    code: "odd-file",
    line: "2:19",
    ends: null,
  },
  {
    name: "a comma too many",
    file: '{\n  "registry-mirrors": ["{good}",]\n}\n',
    code: "odd-file",
    line: "2:",
    ends: null,
  },
  { name: "a file that was not taken up", file: good, code: "docker-reload", ends: null },
  {
    name: "too many",
    file: list("{good}", "{corp}", "https://a.example", "https://b.example"),
    code: "odd-docker-many",
    line: 3,
    ends: null,
  },
  {
    name: "a dead mirror in front",
    file: list("{refused}", "{good}"),
    running: list("{refused}", "{good}"),
    code: "odd-mirror",
    ends: ["good"],
  },
  {
    name: "a mirror that refuses files",
    file: list("{denied}"),
    running: list("{denied}"),
    code: "odd-mirror",
    ends: ["good"],
  },
  {
    name: "another Docker's file",
    file: good,
    running: good,
    home: { ".docker/daemon.json": list("{corp}") },
    code: "odd-docker-place",
    ends: null,
  },
  {
    name: "a proxy of the daemon's that is not there",
    file: good.replace('"debug": false', '"proxies": {"https-proxy": "http://127.0.0.1:1"}'),
    code: "odd-proxy",
    line: 2,
    ends: null,
  },
  {
    name: "a shell's proxy alone",
    file: "{}\n",
    env: { HTTPS_PROXY: "{good}" },
    code: "odd-docker-proxyless",
    ends: null,
  },
];

const sound: readonly Case[] = [
  { name: "a mirror", file: good, running: good },
  {
    name: "a company's in front, a slash, an empty login file",
    file: list("{corp}", "{good}/"),
    running: list("{corp}", "{good}/"),
    home: { ".docker/config.json": "{}" },
  },
  {
    name: "another engine's file without mirrors",
    file: good,
    running: good,
    home: { ".config/docker/daemon.json": '{"registry-mirrors": []}' },
  },
];

describeWithDaemon("doctor docker", {}, (daemon) => {
  const lab = useLab(hostsFor("docker"));

  it.each(broken)(
    "names $name",
    async (each) => {
      const { said, code } = await examine(daemon(), lab(), each, ...(each.ends === null ? [] : ["--fix"]));
      const about = JSON.stringify(said, null, 1);
      const found = said.ecosystems[0].findings.find((finding: { code: string }) => finding.code === each.code);
      expect(found, about).toBeDefined();
      if (each.line !== undefined) expect(found.where, about).toContain(`/etc/docker/daemon.json:${each.line}`);
      expect(about).not.toContain("secret");
      if (each.ends === null) return expect([code, said.transaction]).toEqual([6, null]);
      expect([code, found.fixed, said.transaction === null], about).toEqual([0, true, false]);
      expect(await daemon().mirrors()).toEqual(each.ends.map((id) => `${lab().host(id).mirrorUrl}/`));
    },
    patience,
  );

  it.each(sound)(
    "leaves $name in peace",
    async (each) => {
      const { said, code } = await examine(daemon(), lab(), each);
      expect([code, said.ecosystems[0].findings]).toEqual([0, []]);
    },
    patience,
  );

  it(
    "takes the repair back, and the daemon forgets it",
    async () => {
      const text = key('["{good}"]').replace("mirrors", "mirror");
      const { way } = await examine(daemon(), lab(), { name: "", file: text }, "--fix");
      expect((await run(["undo"], way)).code).toBe(0);
      expect([await daemon().text(), await daemon().mirrors()]).toEqual([fill(text, lab(), "docker"), []]);
    },
    patience,
  );

  it(
    "asks for the rights that the file needs, or says which command has them",
    async () => {
      await daemon().begin("{}\n");
      const text = fill(list("{GOOD}"), lab(), "docker");
      await writeFile(daemon().file, text);
      const home = await makeHome();
      const PATH = await dockerAlone();
      const authority = join(home.path, "..", "ca.pem");
      await copyFile(lab().caFile, authority);
      const way = daemon().way(home, { SSL_CERT_FILE: authority, PATH });
      const catalog = await catalogOf(lab(), "docker", home);
      await execa("chown", ["-R", "65534", join(home.path, ".."), PATH]);
      await execa("chmod", ["711", dirname(daemon().socket.replace("unix://", ""))]);
      const nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] as const;
      const through = [...(way.through ?? ["sh"]), ...nobody] as [string, ...string[]];
      const { code, report } = await ask(["doctor", "docker", "--fix", "--catalog", catalog], { ...way, through });
      expect([code, await daemon().text()], JSON.stringify(report)).toEqual([5, text]);
      expect(codesOf(report)).toContain("needs-root");
      expect(JSON.stringify(report)).toContain("doctor docker --fix");
    },
    patience,
  );

  it(
    "changes nothing without --fix, and where a login would go to a mirror that asks for one",
    async () => {
      const home = {
        ".docker/config.json": JSON.stringify({ auths: { "https://index.docker.io/v1/": { auth: "YTpi" } } }),
      };
      const { said } = await examine(daemon(), lab(), { name: "", file: list("{TOKEN}"), home }, "--fix");
      expect(await daemon().mirrors()).not.toContain(`${lab().host("token").mirrorUrl}/`);
      expect(JSON.stringify(said)).not.toContain("YTpi");
      const looked = await examine(daemon(), lab(), { name: "", file: list("{GOOD}") });
      expect([looked.code, await daemon().mirrors(), looked.said.transaction]).toEqual([6, [], null]);
    },
    patience,
  );
});

/** Runs doctor beside the daemon, on a PATH with Docker alone. */
async function examine(daemon: Daemon, lab: Lab, { file, running, home = {}, env = {} }: Case, ...args: string[]) {
  const filled = (text: string) => fill(text, lab, "docker");
  await daemon.begin(running === undefined ? "{}\n" : filled(running));
  await writeFile(daemon.file, filled(file));
  const place = await makeHome();
  for (const [path, text] of Object.entries(home)) await put(join(place.path, path), filled(text));
  const own = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, filled(value)]));
  const way = daemon.way(place, { ...trusting(lab), ...own, PATH: await dockerAlone() });
  const catalog = await catalogOf(lab, "docker", place);
  const { code, report } = await ask(["doctor", "docker", ...args, "--catalog", catalog], way);
  // biome-ignore lint/suspicious/noExplicitAny: a document as it is printed
  return { code, said: report as any, way };
}

async function dockerAlone(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "mirror-setup-docker-bin-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const tool of ["docker", "dockerd", "nsenter", "setpriv"])
    await symlink(findTool(tool) ?? tool, join(folder, tool));
  await symlink(process.execPath, join(folder, "node"));
  return folder;
}

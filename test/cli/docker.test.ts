import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, it, onTestFinished } from "vitest";
import { describeWithDaemon } from "./dockerd.ts";
import { changeDocument, faultsOf } from "./documents.ts";
import { ask, codesOf, makeHome, put, run, snapshot, trusting, useLab, withoutGo } from "./driver.ts";

const own = "https://corp.example";
const [near, far] = ["https://near.example", "https://far.example"];
const slashed = (urls: readonly string[]) => urls.map((url) => `${url}/`);
/** podman, where it is, is another matter. */
const engine = ["--only", "docker"];
const noProbe = ["--no-probe", ...engine];

describeWithDaemon("Docker's daemon", {}, (daemon) => {
  const way = async (env = {}) => daemon().way(await makeHome(), env);

  it("goes by what was written at once, as the same process, and undo and reset take it back live", async () => {
    const text = `{\n  "debug": false,\n  "registry-mirrors": ["${own}"]\n}\n`;
    await daemon().begin(text);
    const here = await way();
    const { code, report } = await ask(["docker", near, far, ...noProbe], here);
    expect(code, JSON.stringify(report.messages)).toBe(0);
    expect(faultsOf(changeDocument, report)).toEqual([]);
    expect(await daemon().mirrors()).toEqual(slashed([near, far, own]));
    const value = JSON.stringify([near, far, own]);
    const file = "/etc/docker/daemon.json";
    expect(report.changes).toMatchObject([{ scope: "system", file, before: JSON.stringify([own]), after: value }]);
    expect(report.inForce).toMatchObject([{ value, source: file, line: 3, shadowedBy: null }]);
    expect(codesOf(report)).toContain("docker-own-behind");

    const again = await ask(["docker", near, far, ...noProbe], here);
    expect([again.code, codesOf(again.report).at(-1)]).toEqual([0, "nothing-to-do"]);

    expect((await run(["reset", "docker", ...engine], here)).code).toBe(0);
    // The addresses are no catalog's: what was written as mirrors is known from the journal.
    expect(await daemon().mirrors()).toEqual(slashed([own]));
    expect((await run(["undo"], here)).code).toBe(0);
    expect(await daemon().mirrors()).toEqual(slashed([near, far, own]));
    expect((await run(["undo"], here)).code).toBe(0);
    expect([await daemon().text(), await daemon().mirrors()]).toEqual([text, slashed([own])]);
    expect(await daemon().pidFile()).toBe(String(daemon().pid));
  });

  it("makes the file, forgets what it said once it is gone, and leaves a container alone", async () => {
    await daemon().begin(null);
    const container = await startContainer(daemon().docker);
    const here = await way();
    const before = await snapshot(here.home.path);
    expect((await run(["docker", near, ...noProbe, "--dry-run"], here)).code).toBe(0);
    expect([await daemon().text(), await snapshot(here.home.path)]).toEqual([null, before]);
    expect((await run(["docker", near, ...noProbe], here)).code).toBe(0);
    expect(await daemon().mirrors()).toEqual(slashed([near]));
    expect((await run(["undo"], here)).code).toBe(0);
    expect([await daemon().text(), await daemon().mirrors()]).toEqual([null, []]);
    expect(await daemon().docker("inspect", "--format", "{{.State.Running}} {{.RestartCount}}", container)).toBe(
      "true 0",
    );
  });

  it("is not told with --no-reload, and what it goes by, and how to tell it, is said", async () => {
    await daemon().begin("{}\n");
    const here = await way();
    const { code, report } = await ask(["docker", near, ...noProbe, "--no-reload"], here);
    expect([code, await daemon().mirrors()]).toEqual([7, []]);
    expect(report.messages.filter(({ text }) => text.includes("kill -HUP"))).toHaveLength(1);
    const status = await ask(["status", "docker"], here);
    expect(codesOf(status.report)).toContain("docker-reload");
    expect(status.report.inForce).toContainEqual(
      expect.objectContaining({ tool: "docker", value: null, source: "default" }),
    );
    // The file says it all by now: the same command once more is about the daemon alone, and is none to undo.
    const shown = await ask(["docker", near, ...noProbe, "--dry-run"], here);
    expect([codesOf(shown.report).includes("docker-unread"), await daemon().mirrors()]).toEqual([true, []]);
    const left = await ask(["docker", near, ...noProbe, "--no-reload"], here);
    expect([left.code, await daemon().mirrors()]).toEqual([7, []]);
    const again = await ask(["docker", near, ...noProbe], here);
    expect([again.code, again.report.transaction, again.report.changes]).toEqual([0, null, []]);
    expect(codesOf(again.report)).toContain("docker-unread");
    expect(codesOf(again.report)).not.toContain("nothing-to-do");
    expect(await daemon().mirrors()).toEqual(slashed([near]));
    expect((await run(["undo"], here)).code).toBe(0);
    expect([await daemon().text(), await daemon().mirrors()]).toEqual(["{}\n", []]);
  });

  it.each([
    ["its key", "{}\n"],
    ["its file", null],
  ])("forgets live what somebody took away with %s, by a reset that leaves every byte as it is", async (_, text) => {
    await daemon().begin(`{"registry-mirrors": ["${own}"]}`);
    if (text === null) await rm(daemon().file);
    else await writeFile(daemon().file, text);
    const here = await way();
    const { report } = await ask(["status", "docker"], here);
    expect(report.messages.filter(({ text }) => text.includes("mirror-setup reset docker"))).toHaveLength(1);
    expect((await run(["reset", "docker", ...engine], here)).code).toBe(0);
    expect([await daemon().text(), await daemon().mirrors()]).toEqual([text, []]);
  });

  it.each([
    ["a login in it", ["https://u:secret@near.example"], "docker-bad-mirror"],
    ["a path, for a daemon before 25.0", [`${near}/hub`], "docker-bad-mirror"],
    ["no room", [near, far, "https://c.example", "https://d.example"], "chain-too-long"],
    ["the daemon's own registry", ["https://index.docker.io"], "mirror-is-upstream"],
  ])("is given no mirror with %s", async (_, mirrors, said) => {
    await daemon().begin("{}\n");
    const { code, report } = await ask(["docker", ...mirrors, ...noProbe], await way());
    expect([code === 0, codesOf(report), await daemon().text()]).toEqual([false, [said], "{}\n"]);
    expect(JSON.stringify(report)).not.toContain("secret");
  });

  it.each([
    ["a file that it cannot read", '{"debug": false, // mine\n}\n'],
    ["a list that is none", `{"registry-mirrors": "${own}"}\n`],
    ["a byte order mark, for a daemon before 23.0", '\ufeff{"debug": false}\n'],
    ["an entry that it would not start with", '{"registry-mirrors": ["corp.example"]}\n'],
  ])("keeps %s, and the line is named", async (_, text) => {
    await daemon().begin("{}\n");
    await writeFile(daemon().file, text);
    const { code, stderr } = await run(["docker", near, ...noProbe], await way());
    expect([code, await daemon().text()]).toEqual([5, text]);
    expect(stderr).toMatch(/line 1|corp\.example/);
  });

  it("with a login in the person's file is given no mirror that may ask for one, unless that is allowed", async () => {
    await daemon().begin("{}\n");
    const here = await way();
    const login = { auths: { "https://index.docker.io/v1/": { auth: "aHVidXNlcjpodWJwYXNz" } } };
    await put(join(here.home.path, ".docker", "config.json"), JSON.stringify(login));
    const { code, report } = await ask(["docker", near, ...noProbe], here);
    expect([code, codesOf(report)]).toEqual([3, ["named-barred", "docker-credentials"]]);
    expect(JSON.stringify(report)).not.toContain("aHVidXNlcjpodWJwYXNz");
    expect((await run(["docker", near, ...noProbe, "--allow-credentials"], here)).code).toBe(0);
    expect(await daemon().mirrors()).toEqual(slashed([near]));
  });

  it("has the scope that it has", async () => {
    const { code, report } = await ask(["docker", near, ...noProbe, "--scope", "user"], await way());
    expect([code, codesOf(report)]).toEqual([5, ["docker-scope"]]);
  });
});

/** A container of one static program that does nothing for an hour; gives back its id. */
async function startContainer(docker: (...args: string[]) => Promise<string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "mirror-setup-image-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const source = 'package main\nimport "time"\nfunc main() { time.Sleep(time.Hour) }\n';
  await writeFile(join(folder, "main.go"), source);
  const env = { CGO_ENABLED: "0", GOCACHE: join(folder, "cache"), GOENV: "off", GO111MODULE: "off" };
  await execa("go", ["build", "-o", join(folder, "idle"), join(folder, "main.go")], { env, cwd: folder });
  await execa("tar", ["-C", folder, "-cf", join(folder, "image.tar"), "idle"]);
  await docker("import", join(folder, "image.tar"), "idle:test");
  return docker("run", "-d", "--network", "none", "idle:test", "/idle");
}

describe("without Docker", () => {
  it("says that it is not installed, and --allow-missing would write its file", async () => {
    const home = await makeHome();
    const env = await withoutGo(home);
    const missing = await ask(["docker", near, ...noProbe], { home, env });
    expect([missing.code, codesOf(missing.report)]).toEqual([4, ["tool-missing"]]);
    const later = await ask(["docker", near, ...noProbe, "--allow-missing", "--dry-run"], { home, env });
    expect(later.report.changes).toMatchObject([{ file: "/etc/docker/daemon.json", scope: "system" }]);
    const rootless = [...noProbe, "--allow-missing", "--scope", "user"];
    const { code, report } = await ask(["docker", near, ...rootless], { home, env });
    expect([code, codesOf(report).includes("unconfirmed")]).toEqual([0, true]);
    expect(report.changes).toMatchObject([{ file: join(home.path, ".config/docker/daemon.json"), scope: "user" }]);
  });
});

const hosts = [
  { id: "swift", ecosystem: "docker", rttMs: 4 },
  { id: "steady", ecosystem: "docker", rttMs: 12 },
  { id: "third", ecosystem: "docker", rttMs: 30 },
  { id: "stale", ecosystem: "docker", fault: "stale" },
  { id: "denied", ecosystem: "docker", fault: "denied" },
  { id: "asks", ecosystem: "docker", rttMs: 1, fault: "token", offer: false },
] as const;

describeWithDaemon("Docker's daemon and the best mirrors", {}, (daemon) => {
  const lab = useLab(hosts);

  it("gets the two best, keeps them, and pulls through the first", async () => {
    await daemon().begin(null);
    const here = daemon().way(await makeHome(), trusting(lab()));
    const fastest = ["docker", "--fastest", ...engine, "--catalog", lab().catalogFile];
    const { code, report } = await ask(fastest, here);
    expect(code, JSON.stringify(report.messages)).toBe(0);
    const inForce = await daemon().mirrors();
    expect(inForce).toHaveLength(2);
    const good = ["swift", "steady", "third"].map((id) => `${lab().host(id).mirrorUrl}/`);
    for (const url of inForce) expect(good).toContain(url);
    const first = ["swift", "steady", "third"].find((id) => inForce[0] === `${lab().host(id).mirrorUrl}/`) ?? "";
    const seen = lab().host(first).log.length;
    await daemon().docker("pull", "hello-world");
    const pulled = lab().host(first).log.slice(seen);
    expect(pulled.some(({ path, userAgent }) => /blobs/.test(path) && /^docker\//.test(userAgent))).toBe(true);
    const again = await ask(fastest, here);
    expect([again.code, codesOf(again.report).at(-1)]).toEqual([0, "nothing-to-do"]);
    const three = await ask([...fastest, "--chain", "3"], here);
    expect([three.code, (await daemon().mirrors()).length]).toEqual([0, 3]);
    expect((await ask(["test", "docker", "--catalog", lab().catalogFile], here)).code).toBe(0);
    expect((await run(["reset", "docker", ...engine, "--catalog", lab().catalogFile], here)).code).toBe(0);
    expect(await daemon().mirrors()).toEqual([]);
  });

  it("is given none that asks for a login while there is one to send; the others race for it", async () => {
    await daemon().begin("{}\n");
    const here = daemon().way(await makeHome(), trusting(lab()));
    const login = { auths: { "https://index.docker.io/v1/": { auth: "aHVidXNlcjpodWJwYXNz" } } };
    await put(join(here.home.path, ".docker", "config.json"), JSON.stringify(login));
    const catalog = [...engine, "--catalog", lab().catalogFile];
    const race = ["docker", "asks", "swift", "--fastest", "--no-cache", ...catalog];
    const { code, report } = await ask(race, here);
    expect([code, await daemon().mirrors()], JSON.stringify(report.messages)).toEqual([
      0,
      [`${lab().host("swift").mirrorUrl}/`],
    ]);
    expect(report.messages.find(({ code: said }) => said === "passed-over")?.args).toEqual({ ids: "asks" });
    const named = await ask(["docker", "asks", ...catalog], here);
    expect([named.code, codesOf(named.report)]).toEqual([3, ["named-barred", "docker-credentials"]]);
    const alone = await ask(["docker", "asks", "--fastest", ...catalog], here);
    expect([alone.code, codesOf(alone.report)]).toEqual([3, ["passed-over", "docker-credentials"]]);
    const broken = await ask(["docker", "asks", "--allow-credentials", ...catalog], here);
    expect([broken.code, await daemon().mirrors()]).toEqual([0, [`${lab().host("asks").mirrorUrl}/`]]);
  });
});

import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { describeWith } from "../lab/tools.ts";
import { acquit, type Broken, examine, hostsFor, judge, patience, type SetUp } from "./doctor-cases.ts";
import { run, useLab } from "./driver.ts";

const file = ".config/go/env";
/** Keeps from the outside what would look there: loopback goes through no proxy. */
const closed = { HTTPS_PROXY: "http://127.0.0.1:1" };
const goenv = (text: string) => ({ [file]: `${text}\n{database}` });

const broken: readonly Broken[] = [
  { name: "quotes", files: goenv('GOPROXY="{good},direct"'), code: "wrong-quotes", fix: "clean" },
  { name: "a comment behind it", files: goenv("GOPROXY={good},direct  # fast"), code: "wrong-comment", fix: "clean" },
  { name: "a semicolon", files: goenv("GOPROXY={good};direct"), code: "wrong-separator", fix: "clean" },
  { name: "a Chinese comma", files: goenv("GOPROXY={good}，direct"), code: "wrong-separator", fix: "clean" },
  { name: "a blank for a comma", files: goenv("GOPROXY={good} direct"), code: "wrong-separator", fix: "clean" },
  { name: "a bare word", files: goenv("GOPROXY=goproxy|direct"), code: "wrong-go-word", fix: "clean" },
  { name: "another scheme", files: goenv("GOPROXY=ftp://goproxy.example,direct"), code: "wrong-scheme", fix: "clean" },
  { name: "half a scheme", files: goenv("GOPROXY=https:/{GOOD},direct"), code: "wrong-scheme", fix: "clean" },
  { name: "direct in front", files: goenv("GOPROXY=direct,{good}"), code: "wrong-go-direct-first", fix: "clean" },
  { name: "a slash before direct", files: goenv("GOPROXY={good}/direct"), code: "wrong-go-slash-direct", fix: "clean" },
  {
    name: "full-width signs",
    files: goenv("GOPROXY=https：//{GOOD},direct"),
    code: "wrong-full-width",
    fix: "clean",
  },
  {
    name: "vendor folders everywhere",
    files: goenv("GOPROXY={good},direct\nGOFLAGS=-mod=vendor"),
    code: "wrong-go-vendor",
    fix: "by-hand",
  },
  {
    name: "a flag of the old days",
    files: goenv("GOPROXY={good},direct\nGOFLAGS=-insecure"),
    code: "wrong-go-flag",
    fix: "clean",
  },
  { name: "a key by another name", files: goenv("GO_PROXY={good},direct"), code: "wrong-go-key", fix: "clean" },
  {
    name: "a database by its name alone",
    env: closed,
    files: { [file]: "GOPROXY={good},direct\nGOSUMDB=sum.example.com\n" },
    code: "wrong-go-sumdb-name",
    fix: "changed",
  },
  { name: "off", files: goenv("GOPROXY=off"), code: "wrong-go-off", fix: "by-hand" },
  {
    name: "no check",
    env: closed,
    files: { [file]: "GOPROXY={good},direct\nGOSUMDB=off\n" },
    code: "wrong-go-sumdb-off",
    fix: "changed",
  },
  {
    name: "a mirror for a database",
    env: closed,
    files: { [file]: "GOPROXY={good},direct\nGOSUMDB={key} https://{GOOD}\n" },
    code: "wrong-go-sumdb-root",
    fix: "changed",
  },
  {
    name: "a database that is gone",
    env: closed,
    files: {
      [file]: "GOPROXY={good},direct\nGOSUMDB=gosum.io+ce6e7565+AY5qEHUk/qmHc5btzW45JVoENfazw8LielDsaI+lEbq6\n",
    },
    code: "wrong-go-sumdb-gone",
    fix: "changed",
  },
  { name: "no database", files: goenv("GOPROXY={good},direct\nGONOSUMDB=*"), code: "wrong-go-nosumdb", fix: "clean" },
  { name: "a closed mirror", files: goenv("GOPROXY={gone},direct"), code: "odd-closed", fix: "clean" },
  {
    name: "Windows line ends",
    files: goenv("GOPROXY={good},direct\nGOTOOLCHAIN=local\r"),
    code: "wrong-carriage-return",
    fix: "clean",
  },
  { name: "a blank before the sign", files: goenv("GOPROXY ={good},direct"), code: "wrong-key-blank", fix: "clean" },
  {
    name: "a line of a shell",
    files: goenv('export GOPROXY="{good},direct"'),
    code: "odd-go-line",
    fix: "clean",
  },
  {
    name: "a line that would take a protection away",
    files: { [file]: "GOPROXY={good},direct\n{database}\nexport GONOSUMDB=*\n" },
    code: "odd-go-line",
    fix: "by-hand",
  },
  {
    name: "a variable that wins",
    files: goenv("GOPROXY={good},direct"),
    env: { GOPROXY: "{corp},direct" },
    code: "odd-shadowed",
    stage: "environment",
    fix: "by-hand",
  },
  {
    name: "a mirror that is down",
    files: goenv("GOPROXY={refused},direct"),
    code: "odd-mirror",
    stage: "connect",
    fix: "clean",
  },
  {
    name: "a certificate that has ended",
    files: goenv("GOPROXY={tls-expired},direct"),
    code: "odd-mirror",
    stage: "tls",
    fix: "clean",
  },
  {
    name: "a mirror that fails",
    files: goenv("GOPROXY={error-500},direct"),
    code: "odd-mirror",
    stage: "http",
    fix: "clean",
  },
  {
    name: "a mirror that refuses files",
    files: goenv("GOPROXY={denied},direct"),
    code: "odd-mirror",
    stage: "http",
    fix: "clean",
  },
  {
    name: "no such host",
    files: goenv("GOPROXY=https://goproxy.invalid,direct"),
    code: "odd-mirror",
    stage: "dns",
    fix: "by-hand",
  },
  {
    name: "modules switched off",
    files: goenv("GOPROXY={good},direct"),
    env: { GO111MODULE: "off" },
    code: "wrong-go-modules-off",
    stage: "environment",
    fix: "by-hand",
  },
  {
    name: "a proxy that is not there",
    files: goenv("GOPROXY={good},direct"),
    env: { HTTPS_PROXY: "http://127.0.0.1:1" },
    code: "odd-proxy",
    stage: "proxy",
    fix: "by-hand",
  },
];

const sound: readonly SetUp[] = [
  { name: "a mirror and direct", files: goenv("GOPROXY={good},direct") },
  { name: "no scheme, a slash, blanks", files: goenv("# mine\nGOPROXY={GOOD}/ | direct\nGOPRIVATE=*.corp.example") },
  { name: "a company's proxy in front", files: goenv("GOPROXY={corp},{good}|direct\nGONOSUMDB=git.corp.example") },
  { name: "a variable alone", files: goenv("GOFLAGS=-mod=mod"), env: { GOPROXY: "{good},direct" } },
];

describeWith("go", "doctor go", () => {
  const lab = useLab(hostsFor("go"));

  it.each(broken)("names $name", (each) => judge(lab(), "go", each, /^Go-http-client/), patience);
  it.each(sound)("leaves $name in peace", (each) => acquit(lab(), "go", each), patience);

  it("writes nothing without --fix, and one change with it, which undo takes back", async () => {
    const [first] = broken;
    if (first === undefined) return;
    const looked = await examine(lab(), "go", first);
    expect([looked.code, looked.transaction, looked.findings[0]?.fixed]).toEqual([6, null, false]);
    const fixed = await examine(lab(), "go", first, "--fix");
    expect((await run(["undo"], { home: fixed.home })).code).toBe(0);
  });

  it(
    "brings the checksum database back only with a way to it: beside a mirror without one, at its own address",
    async () => {
      const files = { [file]: "GOPROXY={bare},direct\nGOSUMDB=off\n" };
      const { home, findings } = await examine(lab(), "go", { name: "", env: closed, files }, "--fix");
      expect(findings.find(({ code }) => code === "wrong-go-sumdb-off")?.fixed).toBe(true);
      expect(await readFile(home.goenv, "utf8")).toContain(`GOSUMDB=${new URL(lab().sumdb.url).host}\n`);
    },
    patience,
  );

  it(
    "says who signed a certificate that is not trusted",
    async () => {
      const { findings } = await examine(lab(), "go", { name: "", files: goenv("GOPROXY={untrusted},direct") });
      expect(findings.find(({ code }) => code === "odd-mirror")?.detail).toMatch(/signed by .*CA/);
    },
    patience,
  );

  it(
    "names exceptions from the proxy that go does not read, and those that keep a mirror from it",
    async () => {
      const env = { ...closed, NO_PROXY: "localhost;https://127.0.0.1" };
      const { findings } = await examine(lab(), "go", { name: "", env, files: goenv("GOPROXY={good},direct") });
      const found = findings.find(({ code }) => code === "odd-no-proxy-form");
      expect(found).toMatchObject({ where: "env:NO_PROXY", repair: "export NO_PROXY='localhost,127.0.0.1'" });
      const kept = { ...closed, NO_PROXY: ".invalid" };
      const other = await examine(lab(), "go", { name: "", env: kept, files: goenv("GOPROXY=https://proxy.invalid") });
      expect(other.findings.map(({ code }) => code)).toContain("odd-no-proxy");
    },
    patience,
  );

  it(
    "puts right what a variable hides, and says that the variable has to go first",
    async () => {
      const set = { name: "", env: { GOPROXY: "{gone},direct" }, files: goenv("GOPROXY={refused},direct") };
      const { home, findings, messages } = await examine(lab(), "go", set, "--fix");
      expect(findings.map(({ code, fixed }) => [code, fixed])).toEqual([
        ["odd-stored", true],
        ["odd-closed", false],
        ["odd-shadowed", false],
      ]);
      expect(await readFile(home.goenv, "utf8")).toContain(`GOPROXY=${lab().host("good").mirrorUrl},direct\n`);
      const hidden = { code: "doctor-hidden", args: { names: "GOPROXY", command: "unset GOPROXY" } };
      expect(messages).toContainEqual(expect.objectContaining(hidden));
    },
    patience,
  );

  it("ends with 3 where nothing serves at all", async () => {
    lab().host("good").setFault("denied");
    const said = await examine(lab(), "go", { name: "", files: goenv("GOPROXY={refused},direct") }, "--fix");
    lab().host("good").setFault(null);
    expect([said.code, said.transaction]).toEqual([3, null]);
  });
});

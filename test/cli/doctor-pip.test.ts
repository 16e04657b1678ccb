import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { describeWith } from "../lab/tools.ts";
import { socksProxy } from "../ports/proxies.ts";
import { acquit, type Broken, examine, hostsFor, judge, patience, type SetUp } from "./doctor-cases.ts";
import { useLab } from "./driver.ts";

const conf = (text: string) => ({ ".config/pip/pip.conf": `${text}\n` });
const global = (text: string) => conf(`[global]\n${text}`);
const good = "index-url = {good}";

const broken: readonly Broken[] = [
  { name: "half an address", files: global("index-url = https://{GOOD}/"), code: "odd-address", fix: "clean" },
  { name: "a page's path behind it", files: global("index-url = {good}/pip"), code: "odd-address", fix: "clean" },
  { name: "quotes", files: global('index-url = "{good}"'), code: "wrong-quotes", fix: "clean" },
  { name: "a comment behind it", files: global(`${good}  ; fast`), code: "wrong-comment", fix: "clean" },
  { name: "no scheme", files: global("index-url = {GOOD}/simple"), code: "wrong-scheme", fix: "clean" },
  { name: "a unit", files: global(`${good}\ntimeout = 60s`), code: "wrong-number", fix: "clean" },
  {
    name: "an exception from TLS",
    files: global(`${good}\ntrusted-host = 127.0.0.1`),
    code: "wrong-pip-trusted",
    fix: "clean",
  },
  {
    name: "mirrors as a reserve",
    files: global(`${good}\nextra-index-url = {denied}`),
    code: "wrong-pip-extra",
    fix: "clean",
  },
  { name: "a section by another name", files: conf(`[Global]\n${good}`), code: "wrong-pip-section", fix: "clean" },
  { name: "a key by another name", files: global("index-urls = {good}"), code: "wrong-pip-key", fix: "clean" },
  { name: "no sign", files: global("index-url {good}"), code: "wrong-pip-equals", fix: "clean" },
  { name: "a folder for the file", files: { ".config/pip/pip.conf/x": "" }, code: "file-blocked", fix: "by-hand" },
  {
    name: "Chinese where Python knows only ASCII",
    files: global(`# \u6E05\u534E\n${good}`),
    env: { LC_ALL: "C", PYTHONUTF8: "0", PYTHONCOERCECLOCALE: "0" },
    code: "odd-pip-encoding",
    fix: "by-hand",
  },
  {
    name: "a key of the old days",
    files: conf(`[global]\n${good}\n[install]\nuse-mirrors = true`),
    code: "wrong-pip-mirrors",
    fix: "clean",
  },
  { name: "a byte order mark", files: conf(`\uFEFF[global]\n${good}`), code: "odd-file", fix: "clean" },
  {
    name: "a section twice",
    files: conf(`[global]\n${good}\n[global]\ntimeout = 60`),
    code: "odd-file",
    fix: "clean",
  },
  { name: "a key before any section", files: conf(good), code: "odd-file", fix: "clean" },
  {
    name: "full-width signs",
    files: global("index-url = https：//{GOOD}/simple"),
    code: "wrong-full-width",
    fix: "clean",
  },
  {
    name: "full-width signs in an exception",
    files: global(`${good}\ntrusted-host = corp．example`),
    code: "wrong-full-width",
    fix: "by-hand",
  },
  { name: "two addresses", files: global(`${good},{denied}`), code: "wrong-two", fix: "clean" },
  { name: "a closed mirror", files: global("index-url = {gone}"), code: "odd-closed", fix: "clean" },
  {
    name: "a certificate file that is missing",
    files: global(`${good}\ncert = /nowhere/ca.pem`),
    code: "odd-missing-file",
    fix: "clean",
  },
  {
    name: "a proxy that is not there",
    files: global(`${good}\nproxy = http://127.0.0.1:1`),
    code: "odd-proxy",
    stage: "proxy",
    fix: "clean",
  },
  {
    name: "a file for Windows",
    files: { ...global(good), "pip/pip.ini": "[global]\nindex-url = {corp}\n" },
    code: "odd-pip-place",
    fix: "by-hand",
  },
  { name: "two spellings", files: global(`index_url = {corp}\n${good}`), code: "odd-pip-twice", fix: "by-hand" },
  { name: "no index at all", files: global(`${good}\nno-index = true`), code: "wrong-pip-no-index", fix: "by-hand" },
  {
    name: "a variable that wins",
    files: global(good),
    env: { PIP_INDEX_URL: "{corp}" },
    code: "odd-shadowed",
    stage: "environment",
    fix: "by-hand",
  },
  {
    name: "a mirror that refuses files",
    files: global("index-url = {denied}"),
    code: "odd-mirror",
    stage: "http",
    fix: "clean",
  },
];

const sound: readonly SetUp[] = [
  { name: "a mirror", files: global(good) },
  {
    name: "a slash, comments, another section",
    files: conf(`# mine\n[install]\ntimeout = 30\n[global]\nindex-url={good}/\n`),
  },
  { name: "Chinese in the plain locale", files: global(`# \u6E05\u534E\n${good}`), env: { LC_ALL: "C" } },
  {
    name: "a company's index besides",
    files: global(`${good}\nextra-index-url = {corp}\ntrusted-host = pypi.corp.example`),
  },
];

describeWith("pip", "doctor pip", () => {
  const lab = useLab(hostsFor("pip"));

  it.each(broken)("names $name", (each) => judge(lab(), "pip", each, /^pip\//), patience);
  it.each(sound)("leaves $name in peace", (each) => acquit(lab(), "pip", each), patience);

  it(
    "puts right a file that names the person's own index, which stays, whether it proves good or not",
    async () => {
      const files = conf("\uFEFF[global]\nindex-url = https://pypi.corp.example/simple\n");
      const { home, findings, changes } = await examine(lab(), "pip", { name: "", files }, "--fix");
      expect(findings.find(({ code }) => code === "odd-file")?.fixed).toBe(true);
      const [path = ""] = Object.keys(files);
      expect(await readFile(join(home.path, path), "utf8")).toBe(
        "[global]\nindex-url = https://pypi.corp.example/simple\n\n",
      );
      expect(changes).toMatchObject([{ key: "global.index-url", before: null }]);
    },
    patience,
  );

  it(
    "puts no mirror in the place of the person's own index, whatever is wrong with its spelling",
    async () => {
      const set = { name: "", files: global('index-url = "https://pypi.corp.example/simple"') };
      const { transaction, findings } = await examine(lab(), "pip", set, "--fix");
      expect([transaction, findings.map(({ code }) => code)]).toEqual([null, ["wrong-quotes"]]);
    },
    patience,
  );

  it(
    "merely warns of certificates that it does without",
    async () => {
      const set = { name: "", files: global(good), env: { SSL_CERT_FILE: "/nowhere/ca.pem" } };
      const { findings, stages } = await examine(lab(), "pip", set);
      expect([findings.map(({ code }) => code), stages.fetch]).toEqual([["odd-spare-file"], true]);
    },
    patience,
  );

  it(
    "names pip's own proxy where that is the one which pip cannot use",
    async () => {
      const set = { name: "", files: global(`${good}\nproxy = socks5://{GOOD}`) };
      const { findings } = await examine(lab(), "pip", set);
      expect(findings).toMatchObject([
        { code: "odd-pip-socks", args: { key: "global.proxy" }, repair: "pip config --user unset global.proxy" },
      ]);
    },
    patience,
  );

  it("names a proxy that pip cannot use, once", async () => {
    const proxy = await socksProxy();
    onTestFinished(proxy.close);
    const env = { ALL_PROXY: `socks5://127.0.0.1:${proxy.port}` };
    const wanted = { code: "odd-pip-socks", stage: "proxy", fix: "by-hand" } as const;
    await judge(lab(), "pip", { name: "a SOCKS proxy", files: global(good), env, ...wanted }, /^pip\//);
    const { findings } = await examine(lab(), "pip", { name: "a SOCKS proxy", files: global(good), env });
    expect(findings.map(({ code }) => code)).toEqual(["odd-pip-socks"]);
  });
});

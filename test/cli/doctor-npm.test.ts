import { expect, it } from "vitest";
import { describeWith } from "../lab/tools.ts";
import { acquit, type Broken, examine, hostsFor, judge, patience, type SetUp } from "./doctor-cases.ts";
import { useLab } from "./driver.ts";

const rc = (text: string) => ({ ".npmrc": `; mine\n${text}\n` });
const good = "registry={good}";

const broken: readonly Broken[] = [
  { name: "capitals", files: rc("Registry={good}"), code: "wrong-npm-case", fix: "clean" },
  { name: "another key", files: rc("registry-url={good}"), code: "wrong-npm-key", fix: "clean" },
  {
    name: "a section",
    env: { HTTPS_PROXY: "http://127.0.0.1:1" },
    files: rc(`[global]\n${good}`),
    code: "wrong-npm-section",
    fix: "by-hand",
  },
  { name: "no scheme", files: rc("registry={GOOD}"), code: "wrong-scheme", fix: "clean" },
  { name: "half a scheme", files: rc("registry=https:/{GOOD}"), code: "wrong-scheme", fix: "clean" },
  { name: "a colon for the sign", files: rc("registry: {good}"), code: "odd-npm-line", fix: "clean" },
  { name: "npm's own command", files: rc("npm config set registry {good}"), code: "odd-npm-line", fix: "clean" },
  { name: "a line of a shell", files: rc("export npm_config_registry={good}"), code: "wrong-npm-key", fix: "clean" },
  { name: "a quote that is never closed", files: rc('registry="{good}'), code: "wrong-quotes", fix: "clean" },
  { name: "two addresses", files: rc("registry={good},{denied}"), code: "wrong-two", fix: "clean" },
  { name: "no address", files: rc("registry="), code: "wrong-npm-empty", fix: "clean" },
  {
    name: "a registry of a scope's that is down",
    files: rc(`${good}\n@corp:registry={refused}`),
    code: "odd-scope",
    stage: "connect",
    fix: "by-hand",
  },
  {
    name: "a mirror of another tool's that is down",
    files: { ...rc(good), ".bunfig.toml": '[install]\nregistry = "{refused}"\n' },
    others: { bun: "1.4.5" },
    code: "odd-mirror",
    stage: "connect",
    fix: "clean",
  },
  {
    name: "a lock file of pnpm's",
    files: {
      ...rc(good),
      "package.json": "{}",
      "pnpm-lock.yaml": "packages:\n  a@1.0.0:\n    resolution: {tarball: https://gone.example/npm/a/-/a-1.0.0.tgz}\n",
    },
    others: { pnpm: "10.0.0" },
    code: "odd-locked",
    fix: "by-hand",
  },
  {
    name: "binaries from where there are none, by a variable",
    files: rc(good),
    env: { ELECTRON_MIRROR: "https://npm.taobao.org/mirrors/electron/" },
    code: "wrong-npm-binaries",
    stage: "environment",
    fix: "by-hand",
  },
  {
    name: "certificates unchecked",
    files: rc(`${good}\nstrict-ssl=false`),
    code: "wrong-npm-strict-ssl",
    fix: "clean",
  },
  { name: "a closed mirror", files: rc("registry={gone}"), code: "odd-closed", fix: "clean" },
  {
    name: "binaries from where there are none",
    files: rc(
      `${good}\ndisturl=https://npm.taobao.org/dist\nsass_binary_site=https://npm.taobao.org/mirrors/node-sass`,
    ),
    code: "wrong-npm-binaries",
    fix: "clean",
  },
  {
    name: "a proxy that is not there",
    files: rc(`${good}\nhttps-proxy=http://127.0.0.1:1`),
    code: "odd-proxy",
    stage: "proxy",
    fix: "clean",
  },
  {
    name: "a variable that is not set",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: npm fills it in, not JavaScript
    files: rc("registry=${COMPANY_REGISTRY}"),
    code: "wrong-variable",
    fix: "by-hand",
  },
  {
    name: "a credential for anybody",
    files: rc(`${good}\n_authToken=abc`),
    code: "odd-npm-credential",
    fix: "by-hand",
  },
  {
    name: "a certificate file that is missing",
    files: rc(good),
    env: { npm_config_cafile: "/nowhere/ca.pem" },
    code: "odd-missing-file",
    stage: "environment",
    fix: "by-hand",
  },
  {
    name: "a variable that wins",
    files: rc(good),
    env: { npm_config_registry: "{corp}" },
    code: "odd-shadowed",
    stage: "environment",
    fix: "by-hand",
  },
  { name: "cache alone", files: rc(`${good}\noffline=true`), code: "wrong-npm-offline", fix: "by-hand" },
  {
    name: "a lock file of a closed mirror's",
    files: {
      ...rc(good),
      "package.json": "{}",
      "package-lock.json": JSON.stringify({
        lockfileVersion: 3,
        packages: { "node_modules/a": { version: "1.0.0", resolved: "https://gone.example/npm/a/-/a-1.0.0.tgz" } },
      }),
    },
    code: "odd-locked",
    fix: "by-hand",
  },
  {
    name: "a mirror that refuses files",
    files: rc("registry={denied}"),
    code: "odd-mirror",
    stage: "http",
    fix: "clean",
  },
  {
    name: "no such host",
    files: rc("registry=https://registry.invalid/"),
    code: "odd-mirror",
    stage: "dns",
    fix: "by-hand",
  },
];

const sound: readonly SetUp[] = [
  { name: "a mirror", files: rc(good) },
  {
    name: "a slash, a scope of a company's, and its token",
    files: rc(`registry = {good}/\n@corp:registry={corp}\n//{CORP}/:_authToken=abc\nproxy=null`),
  },
  {
    name: "a project's own registry, which goes before the person's",
    files: { ...rc(good), "app/.npmrc": "registry={corp}\n", "app/package.json": "{}" },
    cwd: "app",
  },
  {
    name: "other mirrors of binaries",
    files: rc(`${good}\nfund=false\nelectron_mirror=https://npmmirror.com/mirrors/electron/`),
  },
];

describeWith("npm", "doctor npm", () => {
  const lab = useLab(hostsFor("npm"));

  it.each(broken)("names $name", (each) => judge(lab(), "npm", each, /^npm\//), patience);
  it(
    "does not send anybody to --fix for what --fix has just left",
    async () => {
      const set = { name: "", files: rc("registry={refused}\nhttps-proxy=http://127.0.0.1:1") };
      lab().host("good").setFault("denied");
      const { findings } = await examine(lab(), "npm", set, "--fix");
      lab().host("good").setFault(null);
      const left = findings.find(({ code }) => code === "odd-proxy");
      expect(left).toMatchObject({ fixed: false, repair: "npm config delete https-proxy --location=user" });
    },
    patience,
  );
  it(
    "sends the person to the project's file where that is what is wrong, and leaves it to them",
    async () => {
      const files = { ...rc(good), "app/.npmrc": "registry={gone}\n", "app/package.json": "{}" };
      const { findings, transaction } = await examine(lab(), "npm", { name: "", files, cwd: "app" }, "--fix");
      expect(findings).toMatchObject([{ code: "odd-closed", repair: "mirror-setup npm --fastest --scope project" }]);
      expect(transaction).toBeNull();
    },
    patience,
  );
  it.each(sound)("leaves $name in peace", (each) => acquit(lab(), "npm", each), patience);
});

import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith } from "../lab/tools.ts";
import { connectProxy, socksProxy, type TestProxy } from "../ports/proxies.ts";
import { ask, codesOf, databaseLine, exampleCatalog, makeHome, trusting, useLab, withOnly } from "./driver.ts";

describeWith("go", "a mirror that only a proxy can reach", () => {
  // It shows a certificate for `other.invalid`, a name that nobody but the proxy can look up.
  const lab = useLab([{ id: "one", fault: "tls-wrong-name" }]);
  const proxies: TestProxy[] = [];
  beforeAll(async () => {
    proxies.push(await connectProxy(), await socksProxy(), await socksProxy({ login: "me:p@ss" }));
  });
  afterAll(() => {
    for (const proxy of proxies) proxy.close();
  });

  it.each([
    ["http://", 0],
    ["socks5://", 1],
    ["socks5://me:p%40ss@", 2],
  ])("at %s is proved through it, as the real go then fetches", async (scheme, index) => {
    const home = await makeHome(databaseLine(lab()));
    const proxy = proxies[index];
    const url = `https://other.invalid:${lab().host("one").port}`;
    const env = { ...trusting(lab()), HTTPS_PROXY: `${scheme}127.0.0.1:${proxy?.port}` };
    const { code, report } = await ask(["go", url, "--verify", "--catalog", lab().catalogFile], { home, env });
    expect([code, report.probe?.ecosystems[0]?.mirrors[0]?.verdict]).toEqual([0, "ok"]);
    expect(codesOf(report)).toContain("verified");
    expect(await readFile(home.goenv, "utf8")).toContain(`GOPROXY=${url}`);
    expect(new Set(proxy?.asked)).toEqual(new Set([new URL(url).host]));
  });

  it("is rejected where the proxy wants another login, and no password is shown", async () => {
    const home = await makeHome(databaseLine(lab()));
    const url = `https://other.invalid:${lab().host("one").port}`;
    const env = { ...trusting(lab()), HTTPS_PROXY: `socks5://me:secret@127.0.0.1:${proxies[2]?.port}` };
    const { code, report } = await ask(["go", url, "--catalog", lab().catalogFile], { home, env });
    expect([code, report.probe?.ecosystems[0]?.mirrors[0]?.verdict]).toEqual([3, "rejected"]);
    expect(JSON.stringify(report)).toMatch(/user name and password/);
    expect(JSON.stringify(report)).not.toContain("secret");
  });
});

describeWith("pip", "a SOCKS proxy, which pip may not be able to use", () => {
  it.each([
    ["test", { ALL_PROXY: "socks5://127.0.0.1:1" }, true],
    ["test", { HTTPS_PROXY: "http://127.0.0.1:1", ALL_PROXY: "socks5://127.0.0.1:1" }, false],
    ["status", { ALL_PROXY: "socks5://127.0.0.1:1" }, true],
  ])("is said by %s with %j: %s", async (command, proxies, isSaid) => {
    const home = await makeHome();
    const [catalog, env] = [await exampleCatalog(home), { ...(await withOnly(home, "pip")), ...proxies }];
    const names = command === "test" ? ["near"] : [];
    const { report } = await ask([command, "pip", ...names, "--catalog", catalog], { home, env });
    expect(codesOf(report).includes("pip-socks")).toBe(isSaid);
  });
});

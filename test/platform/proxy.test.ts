import { expect, it } from "vitest";
import { exceptionFor, proxyVariable } from "../../src/platform/proxy.ts";

const facts = (env: Record<string, string>) => ({ os: "linux", env, home: null, uid: null, cwd: "/" }) as const;
const [http, other, socks] = ["http://one:1", "http://two:2", "socks5://three:3"];

/**
 * `ALL_PROXY` in both spellings: `pip download` 23.2.1 was seen to ask the proxy, `go list -m` 1.19.8 and `npm view` 11 not to. Which of two names wins was
 * read in the sources of requests and of golang.org/x/net/http/httpproxy.
 */
it.each([
  ["one for all schemes is pip's alone", { all_proxy: http }, null, "all_proxy"],
  ["in capitals, too", { ALL_PROXY: http }, null, "ALL_PROXY"],
  ["one for the scheme goes before it", { https_proxy: http, all_proxy: socks }, "https_proxy", "https_proxy"],
  ["of two names, go takes the capitals", { HTTPS_PROXY: http, https_proxy: other }, "HTTPS_PROXY", "https_proxy"],
  ["an empty one in small letters is none to pip", { HTTPS_PROXY: http, https_proxy: "" }, "HTTPS_PROXY", null],
  ["of another scheme", { http_proxy: http }, null, null],
] as const)("the proxy of https: %s", (_, env, go, pip) => {
  expect(proxyVariable(facts(env), "https:", "go")?.key ?? null).toBe(go);
  expect(proxyVariable(facts(env), "https:", "pip")?.key ?? null).toBe(pip);
  expect(proxyVariable(facts(env), "https:", "none")).toBeNull();
});

it.each([
  ["mirror.example", "mirror.example"],
  ["other.example, .example", ".example"],
  ["*.example:443", "*.example:443"],
  ["mirror.example:8443", null],
  ["rror.example", null],
  ["*", "*"],
] as const)("NO_PROXY=%s keeps a host from it by %s", (list, entry) => {
  const found = exceptionFor(facts({ no_proxy: list }), new URL("https://mirror.example/"), "go");
  expect(found?.value ?? null).toBe(entry);
});

it("takes of two lists that which the tool takes", () => {
  const target = new URL("https://mirror.example/");
  const both = facts({ NO_PROXY: "other.example", no_proxy: "mirror.example" });
  expect([exceptionFor(both, target, "go"), exceptionFor(both, target, "pip")?.key]).toEqual([null, "no_proxy"]);
  expect(exceptionFor(facts({ NO_PROXY: "mirror.example", no_proxy: "" }), target, "pip")?.key).toBe("NO_PROXY");
});

it("leaves networks to who can judge them", () => {
  const target = new URL("https://10.1.2.3/");
  expect(exceptionFor(facts({ NO_PROXY: "10.0.0.0/8" }), target, "go")).toBeNull();
  expect(exceptionFor(facts({ NO_PROXY: "10.0.0.0/8" }), target, "go", () => true)?.value).toBe("10.0.0.0/8");
});

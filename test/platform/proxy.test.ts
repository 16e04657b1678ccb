import { expect, it } from "vitest";
import { exceptionFor, exceptions, proxyVariable } from "../../src/platform/proxy.ts";

const facts = (env: Record<string, string>) => ({ os: "linux", env, home: null, uid: null, cwd: "/" }) as const;
const [http, other, socks] = ["http://one:1", "http://two:2", "socks5://three:3"];

/** As `pip download` 23.2 and `go mod download` 1.19 were seen to go. */
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

it("leaves networks to who can judge them", () => {
  const target = new URL("https://10.1.2.3/");
  expect(exceptionFor(facts({ NO_PROXY: "10.0.0.0/8" }), target, "go")).toBeNull();
  expect(exceptionFor(facts({ NO_PROXY: "10.0.0.0/8" }), target, "go", () => true)?.value).toBe("10.0.0.0/8");
});

it("of two lists takes the one that the tool takes", () => {
  const both = facts({ NO_PROXY: "a.example", no_proxy: "b.example" });
  expect([exceptions(both, "go")?.key, exceptions(both, "pip")?.key]).toEqual(["NO_PROXY", "no_proxy"]);
});

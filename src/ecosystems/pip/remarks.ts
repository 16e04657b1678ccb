import { isOn, variable } from "../../platform/paths.ts";
import { proxyVariable } from "../../platform/proxy.ts";
import type { HostFacts } from "../../platform/types.ts";
import type { Message } from "../../report/types.ts";
import { commandSections, type ReadFile } from "./claims.ts";

/** What a person who wonders where packages come from should know. */
export function pipRemarks(files: readonly ReadFile[], target: string, facts: HostFacts): Message[] {
  return [...extraIndexes(files, facts), ...noIndex(files, facts), ...perCommand(files, target), ...socks(facts)];
}

/**
 * What pip brings along speaks no SOCKS: unless PySocks is installed beside it, nothing comes through, "Missing dependencies for SOCKS support".
 * https://requests.readthedocs.io/en/latest/user/advanced/#socks
 */
function socks(facts: HostFacts): Message[] {
  const found = proxyVariable(facts, "https:", "pip");
  return found !== null && /^socks/i.test(found.value)
    ? [{ code: "pip-socks", level: "warn", args: { key: found.key } }]
    : [];
}

/** pip knows no order among indexes: it takes the highest version that any of them offers. */
function extraIndexes(files: readonly ReadFile[], facts: HostFacts): Message[] {
  const inFiles = valuesOf(files, "extra-index-url").flatMap(({ value }) => value.split(/\s+/));
  const outside = (variable(facts, "PIP_EXTRA_INDEX_URL") ?? "").split(/\s+/);
  const urls = [...new Set([...inFiles, ...outside])].filter((url) => url !== "");
  return urls.length === 0 ? [] : [{ code: "pip-extra-index", level: "info", args: { urls: urls.join(", ") } }];
}

function noIndex(files: readonly ReadFile[], facts: HostFacts): Message[] {
  const said = valuesOf(files, "no-index").find(({ value }) => isOn(value));
  const outside = variable(facts, "PIP_NO_INDEX");
  if (outside !== null && isOn(outside))
    return [{ code: "pip-no-index", level: "warn", args: { source: "env:PIP_NO_INDEX" } }];
  return said === undefined ? [] : [{ code: "pip-no-index", level: "warn", args: { source: said.path } }];
}

/** Keys for one command beat `[global]`; `install` counts as a shadow, the others are said. */
function perCommand(files: readonly ReadFile[], target: string): Message[] {
  return files.flatMap(({ path, entries }) => {
    const others = commandSections.filter((section) => section !== "install");
    const found = entries.filter(({ key }) => others.some((section) => key === `${section}.index-url`));
    return path === target
      ? []
      : found.map(
          ({ key, value }): Message => ({ code: "pip-command-index", level: "warn", args: { key, value, file: path } }),
        );
  });
}

function valuesOf(files: readonly ReadFile[], option: string): { path: string; value: string }[] {
  const keys = new Set(["global", ...commandSections].map((section) => `${section}.${option}`));
  return files.flatMap(({ path, entries }) =>
    entries.filter(({ key }) => keys.has(key)).map(({ value }) => ({ path, value })),
  );
}

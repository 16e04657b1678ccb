import { linesOf } from "./lines.ts";
import type { Format, KeyEdit, TextProblem } from "./types.ts";

const head = "# Written by mirror-setup, which changes this file as long as there is nothing else in it.\n";
const form =
  /^# .*\n\n\[\[registry\]\]\nprefix = "([^"\\\n]+)"\nlocation = "\1"\n((?:\n\[\[registry\.mirror\]\]\nlocation = "[^"\\\n]+"\n(?:insecure = true\n)?)+)$/;
const known = /^(?:# .*|\[\[registry\.mirror\]\]|(?:prefix|location) = "[^"\\]*"|insecure = true|)$/;

/**
 * A drop-in of containers-registries.conf that is wholly ours: one registry and its mirrors. The key is the registry's name, the value the list of its
 * mirrors' addresses as JSON. The file has them without a scheme, and says `insecure` for http. Without the key the file is empty; podman takes that for
 * no settings. https://github.com/containers/image/blob/main/docs/containers-registries.conf.5.md
 */
export const registries: Format = {
  entries: (text) => {
    const [, key, mirrors] = form.exec(unix(text)) ?? [];
    if (key === undefined || mirrors === undefined) return [];
    return [{ key, value: JSON.stringify(addressesIn(mirrors)), line: 3 }];
  },
  edit: (text, edits) => edits.reduce(editOne, text),
  problem: (text, keys) => problemOf(text) ?? otherRegistry(text, keys),
};

function problemOf(text: string): TextProblem | null {
  if (text.startsWith("\uFEFF")) return { code: "byte-order-mark", line: 1 };
  if (text.trim() === "" || form.test(unix(text))) return null;
  const lines = linesOf(text).map(({ start, end }) => text.slice(start, end));
  const first = lines.indexOf("[[registry]]");
  const odd = lines.findIndex((line, at) => at !== first && !known.test(line));
  return { code: "unsupported-form", line: Math.max(odd, 0) + 1 };
}

function otherRegistry(text: string, keys: readonly string[]): TextProblem | null {
  const other = registries.entries(text).find(({ key }) => !keys.includes(key));
  return other === undefined || keys.length === 0 ? null : { code: "unsupported-form", line: other.line };
}

function unix(text: string): string {
  return text.replaceAll("\r\n", "\n");
}

function addressesIn(mirrors: string): string[] {
  const tables = mirrors.matchAll(/location = "(.*)"\n(insecure = true)?/g);
  return [...tables].map(([, location, insecure]) => `${insecure === undefined ? "https" : "http"}://${location}`);
}

function editOne(text: string, { key, value }: KeyEdit): string {
  const stored = registries.entries(text).find((entry) => entry.key === key)?.value ?? null;
  if (stored === value) return text;
  const addresses: unknown = JSON.parse(value ?? "[]");
  if (!Array.isArray(addresses)) throw new TypeError(`no list: ${value}`);
  if (addresses.length === 0) return "";
  return `${head}\n[[registry]]\nprefix = "${key}"\nlocation = "${key}"\n${addresses.map(mirrorTable).join("")}`;
}

/** Location: a host, its port and a path; a slash at its end would be one too many. */
function mirrorTable(address: unknown): string {
  const { protocol, host, pathname } = new URL(String(address));
  const insecure = protocol === "http:" ? "insecure = true\n" : "";
  return `\n[[registry.mirror]]\nlocation = "${host}${pathname.replace(/\/+$/, "")}"\n${insecure}`;
}

import { createHash } from "node:crypto";
import type { PipProbe } from "../../../src/catalog/types.ts";
import { pipProtocol } from "../../../src/ecosystems/pip/protocol.ts";
import { type Asked, ask, type Reply, type Server } from "../asking.ts";

const zip = (text: string) => Buffer.from(`PK\u0003\u0004${text}`, "latin1");
export const wheels = { small: zip("small"), large: zip("large ".repeat(300_000)) };
export const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

const small: PipProbe = {
  project: "small",
  file: "small-1.0-py3-none-any.whl",
  size: wheels.small.length,
  sha256: hash(wheels.small),
};
const large: PipProbe = {
  project: "large.one",
  file: "large_one-1.0-py3-none-any.whl",
  size: wheels.large.length,
  sha256: hash(wheels.large),
  prefixes: { "65536": hash(wheels.large.subarray(0, 65536)) },
  canaries: ["canary", "other"],
};
export const pins: readonly PipProbe[] = [large, small];

/** A project's page in HTML, with one link. */
export function page({ file, sha256 }: PipProbe, { href = `../../packages/${file}#sha256=${sha256}`, head = "" } = {}) {
  const body = `<!DOCTYPE html><html><head>${head}</head><body><a href="${href}" data-core-metadata="sha256=1">${file}</a></body></html>`;
  return { body, headers: { "content-type": "text/html; charset=utf-8" } };
}

/** The same in JSON; `more` changes the file's entry. */
export function jsonPage({ file, sha256 }: PipProbe, more: object = {}, meta: object = { "api-version": "1.1" }) {
  const entry = {
    filename: file,
    url: `../../packages/${file}`,
    hashes: { sha256 },
    "upload-time": "2024-01-01T00:00:00Z",
  };
  const body = JSON.stringify({ meta, name: "x", files: [{ ...entry, ...more }] });
  return { body, headers: { "content-type": "application/vnd.pypi.simple.v1+json" } };
}

export const smallPage = (more: Parameters<typeof page>[1] = {}) => page(small, more);
export const smallJson = (more: object = {}, meta?: object) => jsonPage(small, more, meta);
export const tail = (serial: number) => ({ status: 206, body: `</html>\n<!--SERIAL ${serial}-->\n` });

/** Replies by path below the mirror's address. An index that has all. */
const sound: Readonly<Record<string, Reply>> = {
  "/simple/small/": smallPage(),
  "/simple/large-one/": page(large),
  "/packages/small-1.0-py3-none-any.whl": wheels.small,
  "/packages/large_one-1.0-py3-none-any.whl": wheels.large,
  "/simple/canary/": tail(32_000_100),
  "/simple/other/": tail(32_000_500),
};

export const soundServer: Server = ({ pathname }) => sound[pathname.replace("/root", "")];

/** Asks an index that differs from a sound one by what is given; null: it has not this. */
export async function askIndex(
  changes: Readonly<Record<string, Reply | null>> = {},
  { probes = pins, server }: { probes?: readonly PipProbe[]; server?: Server } = {},
): Promise<Asked> {
  const replies = { ...sound, ...changes };
  const byPath: Server = ({ host, pathname }) =>
    host === "mirror.example" ? (replies[pathname.replace("/root", "")] ?? undefined) : undefined;
  const whole: Server = (url, request) => server?.(url, request) ?? byPath(url, request);
  return ask(pipProtocol(probes), whole, "https://mirror.example/root/simple");
}

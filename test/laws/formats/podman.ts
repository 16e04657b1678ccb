import fc from "fast-check";
import { parse } from "smol-toml";
import type { LawFormat } from "../formats.ts";
import { choicesAmong } from "./choices.ts";

const hub = "docker.io";
const mirrors = ["https://near.example", "https://far.example:8443", "http://127.0.0.1:5000"];
const own = "https://corp.example";

/** A drop-in as the tool writes it, whatever its first line says: with anything else in it, it is not ours to change. */
function dropIn(head: string, urls: readonly string[], ends: string): Uint8Array {
  const tables = urls.map((url) => {
    const insecure = url.startsWith("http:") ? "insecure = true\n" : "";
    return `\n[[registry.mirror]]\nlocation = "${url.replace(/^https?:\/\//, "")}"\n${insecure}`;
  });
  const text = `# ${head}\n\n[[registry]]\nprefix = "${hub}"\nlocation = "${hub}"\n${tables.join("")}`;
  return new TextEncoder().encode(text.replaceAll("\n", ends));
}

const texts = fc.oneof(
  {
    arbitrary: fc
      .tuple(
        fc.constantFrom("Written by mirror-setup.", "since May", "测试 🚀"),
        fc.uniqueArray(fc.constantFrom(...mirrors, own), { minLength: 1 }),
        fc.constantFrom("\n", "\n", "\r\n"),
      )
      .map((parts) => dropIn(...parts)),
    weight: 6,
  },
  { arbitrary: fc.constantFrom("", "\n", " \r\n").map((text) => new TextEncoder().encode(text)), weight: 1 },
);

const choices = choicesAmong(mirrors, 3);

interface Table {
  readonly prefix: string;
  readonly mirror?: readonly { readonly location: string; readonly insecure?: boolean }[];
}

/** By a parser of TOML. The whole file is ours: there are no other lines to keep. */
export const podmanLaw: LawFormat = {
  file: ".config/containers/registries.conf.d/50-mirror-setup.conf",
  texts,
  choices,
  knowledge: {
    isMirror: (url) => mirrors.includes(url),
    probes: { docker: { registry: hub, repository: "library/redis", reference: "alpine" } },
  },
  runsWithTool: 3,
  parse: (bytes) => {
    const { registry = [] } = parse(Buffer.from(bytes).toString()) as { registry?: readonly Table[] };
    return new Map(
      registry.map(({ prefix, mirror = [] }) => {
        const urls = mirror.map(({ location, insecure }) => `${insecure === true ? "http" : "https"}://${location}`);
        return [prefix, JSON.stringify(urls)];
      }),
    );
  },
  otherLines: () => [],
};

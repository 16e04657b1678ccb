import { altered, hex, noise, utf8, zip } from "./archives.ts";
import { sha256 } from "./dirhash.ts";
import { daily, day, latest, longAgo } from "./releases.ts";

/** One wheel, ready to be served (https://packaging.python.org/en/latest/specifications/binary-distribution-format/). */
export interface Wheel {
  readonly project: string;
  readonly version: string;
  readonly file: string;
  /** When it was published, in milliseconds since 1970. */
  readonly at: number;
  readonly content: Uint8Array;
  /** In hexadecimal. */
  readonly sha256: string;
  /** The METADATA file, also served beside the wheel. */
  readonly metadata: Uint8Array;
}

/** The project that real tools install, its newer version, and the large one. */
export const greetWheel = { project: "lab-greet", version: "1.0.0" } as const;
export const newerWheel = { ...greetWheel, version: "1.1.0" } as const;
export const bulkWheel = { project: "lab-bulk", version: "1.0.0" } as const;
/** The projects that tell a mirror's age. */
export const pyCanaries = ["lab-canary", "lab-nightly"] as const;

/** What a wheel of the lab asks of Python. */
export const requiresPython = ">=3.7";

/** Size of the large wheel's one big file, in bytes: enough to measure a rate with. */
const bulkBytes = 4 * 1024 * 1024;

interface Source {
  readonly project: string;
  readonly version: string;
  readonly at: number;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
}

const greetPy = 'def greeting():\n    return "Hello, lab"\n';

/** Every wheel of the lab, of each project the oldest first. `tampered` alters one byte of one file in each. */
export function makeWheels(now: number, options: { readonly tampered: boolean }): readonly Wheel[] {
  return sources(now).map((source) => build(source, options.tampered));
}

function sources(now: number): readonly Source[] {
  const plain = { "__init__.py": greetPy };
  const [canary, nightly] = pyCanaries;
  return [
    { ...greetWheel, at: longAgo, files: plain },
    { ...newerWheel, at: latest(now), files: { "__init__.py": `${greetPy}# Second edition.\n` } },
    { ...bulkWheel, at: longAgo, files: { "bulk.bin": noise(bulkBytes), ...plain } },
    ...daily(now).map((at, index) => ({ project: canary, version: `1.0.${index + 1}`, at, files: plain })),
    ...daily(now).map((at) => ({ project: nightly, version: dated(at), at, files: plain })),
  ];
}

/** The date as a version: `2026.11.19`. */
function dated(at: number): string {
  return day(at).replace(/(....)(..)(..)/, (_, y: string, m: string, d: string) => `${y}.${Number(m)}.${Number(d)}`);
}

function build({ project, version, at, files }: Source, tampered: boolean): Wheel {
  const name = project.replaceAll("-", "_");
  const info = `${name}-${version}.dist-info`;
  const metadata = utf8(
    `Metadata-Version: 2.1\nName: ${project}\nVersion: ${version}\nRequires-Python: ${requiresPython}\n`,
  );
  const code = Object.entries(files).map(([path, content], index) => {
    return [`${name}/${path}`, tampered && index === 0 ? altered(content) : utf8(content)] as const;
  });
  const wheel = utf8("Wheel-Version: 1.0\nGenerator: lab\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
  const all = [...code, [`${info}/METADATA`, metadata], [`${info}/WHEEL`, wheel]] as const;
  const record = [...all.map(recordLine), `${info}/RECORD,,\n`].join("");
  const content = zip({ ...Object.fromEntries(all), [`${info}/RECORD`]: utf8(record) });
  const file = `${name}-${version}-py3-none-any.whl`;
  return { project, version, file, at, content, sha256: hex("sha256", content), metadata };
}

/** https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-record-file */
function recordLine([path, content]: readonly [string, Uint8Array]): string {
  return `${path},sha256=${sha256(content).toString("base64url")},${content.length}\n`;
}

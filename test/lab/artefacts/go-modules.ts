import { noise, utf8, zip } from "./archives.ts";
import { hash1 } from "./dirhash.ts";

/** A module version ready to be served (https://go.dev/ref/mod#module-cache, https://go.dev/ref/mod#zip-files). */
export interface GoModule {
  readonly path: string;
  readonly version: string;
  readonly goMod: Uint8Array;
  readonly zip: Uint8Array;
  /** What go.sum says of the go.mod file, and of the zip. */
  readonly modH1: string;
  readonly zipH1: string;
}

/** The module that real tools fetch, the large one, and one of middling size that can be checked whole. */
export const greet = { path: "lab.example/greet", version: "v1.0.0" } as const;
export const bulk = { path: "lab.example/bulk", version: "v1.0.0" } as const;
export const middling = { path: "lab.example/middling", version: "v1.0.0" } as const;

/** Size of the large module's one big file, in bytes: enough to measure a rate with. */
const bulkBytes = 4 * 1024 * 1024;
const middlingBytes = 192 * 1024;

interface Source {
  readonly path: string;
  readonly version: string;
  readonly requires?: string;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
}

const greetGo = `package greet

import "lab.example/words"

// Greeting is what a caller prints.
func Greeting() string { return words.Hello + ", lab" }
`;

/** Every module of the lab. `tampered` alters one file in each zip, and the go.mod served beside it. */
export function makeModules(options: { readonly tampered: boolean }): readonly GoModule[] {
  return sources().map((source) => build(source, options.tampered));
}

function sources(): readonly Source[] {
  const needsWords = "require lab.example/words v1.0.0";
  return [
    { ...greet, requires: needsWords, files: { "greet.go": greetGo } },
    { ...greet, version: "v1.1.0", requires: needsWords, files: { "greet.go": `${greetGo}\n// Second edition.\n` } },
    {
      path: "lab.example/words",
      version: "v1.0.0",
      files: { "words.go": 'package words\n\n// Hello opens.\nconst Hello = "Hello"\n' },
    },
    // A capital letter in the path is written !s in URLs (https://go.dev/ref/mod#goproxy-protocol).
    { path: "lab.example/Shout", version: "v1.0.0", files: { "shout.go": "package shout\n" } },
    { ...bulk, files: { "bulk.go": "package bulk\n", "bulk.bin": noise(bulkBytes) } },
    { ...middling, files: { "middling.go": "package middling\n", "middling.bin": noise(middlingBytes) } },
  ];
}

/** One file differs inside the zip; its go.mod does not. */
function tamper(source: Source): Source {
  const [first = "", content = ""] = Object.entries(source.files)[0] ?? [];
  return { ...source, files: { ...source.files, [first]: `${String(content)}\n// altered\n` } };
}

function build(source: Source, tampered: boolean): GoModule {
  const { path, version, requires } = source;
  const goMod = `module ${path}\n\ngo 1.19\n${requires ? `\n${requires}\n` : ""}`;
  const served = utf8(tampered ? `${goMod}\n// altered\n` : goMod);
  const contents = { "go.mod": goMod, ...(tampered ? tamper(source) : source).files };
  const files = Object.fromEntries(Object.entries(contents).map(([k, v]) => [`${path}@${version}/${k}`, utf8(v)]));
  return { path, version, goMod: served, zip: zip(files), modH1: hash1({ "go.mod": served }), zipH1: hash1(files) };
}

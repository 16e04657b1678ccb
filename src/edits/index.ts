import type { Format } from "./types.ts";

/** Every file format we edit, loaded when it is asked for: some bring a parser with them. */
export const formats = {
  goenv: async () => (await import("./goenv.ts")).goenv,
  ini: async () => (await import("./ini.ts")).ini,
  json: async () => (await import("./json/index.ts")).json,
  npmrc: async () => (await import("./npmrc.ts")).npmrc,
  registries: async () => (await import("./registries.ts")).registries,
  toml: async () => (await import("./toml/index.ts")).toml,
  yaml: async () => (await import("./yaml/index.ts")).yaml,
} satisfies Record<string, () => Promise<Format>>;

export type FormatId = keyof typeof formats;

/** The format of an id. */
export function formatOf(id: FormatId): Promise<Format> {
  return formats[id]();
}

import { variable } from "../../../platform/paths.ts";
import type { HostFacts } from "../../../platform/types.ts";
import type { Message } from "../../../report/types.ts";
import type { Read } from "./current.ts";

/** The keys of old, for all of uv and for `uv pip`. */
const oldKeys = ["index-url", "pip.index-url"];

/**
 * What a default index, in whichever file, puts out of force without a word: uv reads every `[[index]]` of all files first. The variable of old is read behind
 * them as well, but by `uv pip`. Source: crates/uv/src/settings.rs, ResolverSettings and PipSettings.
 */
export function oldRemarks(files: readonly Read[], facts: HostFacts): Message[] {
  const inFiles = files.flatMap(({ path, prefix, entries }) =>
    entries
      .filter(({ key }) => oldKeys.some((old) => key === prefix + old))
      .map(({ key, value, line }): Message => {
        return { code: "uv-old-index", level: "warn", args: { file: path, line, key, value } };
      }),
  );
  const value = variable(facts, "UV_DEFAULT_INDEX") === null ? variable(facts, "UV_INDEX_URL") : null;
  const outside: Message[] = value === null ? [] : [{ code: "uv-old-variable", level: "warn", args: { value } }];
  return [...inFiles, ...outside];
}

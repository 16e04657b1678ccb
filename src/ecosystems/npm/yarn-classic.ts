import type { Scope } from "../../plan/types.ts";
import { pathsOf } from "../../platform/paths.ts";
import type { ReadPort } from "../../ports/types.ts";
import { once } from "../once.ts";
import { textAt } from "../reading.ts";
import type { Installation } from "../types.ts";
import { npmCredentials } from "./credentials.ts";
import { configVariable } from "./environment.ts";
import { filesOf, type Layers, levelOf, openSource } from "./family.ts";
import { npmrcForm } from "./forms.ts";
import { envLevel, type Level } from "./levels.ts";
import { userFile } from "./places.ts";
import { askStaged, without } from "./staged.ts";

/**
 * Yarn 1: npm's files go before its own `.yarnrc`, whatever `yarn config get` says; so its word is taken only for what it would use without
 * any file. Tried with 1.22.
 */
export async function classicLayers(
  read: ReadPort,
  scope: Scope,
  installation: Installation | null,
  folder: string | null,
): Promise<Layers> {
  const { join } = pathsOf(read.facts);
  const userPath = userFile(read);
  const npmrc = folder === null ? null : join(folder, ".npmrc");
  const [project, user, standard, ...own] = await Promise.all([
    openSource(read, npmrc === userPath ? null : npmrc, npmrcForm),
    openSource(read, userPath, npmrcForm),
    askStandard(read, installation),
    ...[folder, read.facts.home].map((place) => (place === null ? [] : yarnrcLevel(read, join(place, ".yarnrc")))),
  ]);
  const files = [project, user].flatMap((source) => levelOf(source, read));
  return {
    levels: [
      ...envLevel(configVariable(read.facts, "registry")),
      ...envLevel(yarnVariable(read)),
      ...files,
      ...own.flat(),
    ],
    files: [project, user],
    target: { user, project, system: null }[scope],
    credentials: npmCredentials(filesOf([project, user]), read.facts),
    told: null,
    standard,
  };
}

/** `YARN_REGISTRY`, in any case. */
function yarnVariable({ facts }: ReadPort): { name: string; value: string } | null {
  const found = Object.entries(facts.env).find(
    ([name, value]) => /^yarn_registry$/i.test(name) && (value ?? "") !== "",
  );
  return found?.[1] === undefined ? null : { name: found[0], value: found[1] };
}

/** `registry "https://…"`, a line of yarn's own format, which is only read. */
async function yarnrcLevel(read: ReadPort, path: string): Promise<Level[]> {
  const lines = (await textAt(read, path)).split("\n");
  return lines.flatMap((text, index) => {
    const [, value] = /^"?registry"?:?\s+"?([^"\s]+)"?\s*$/.exec(text) ?? [];
    return value === undefined ? [] : [{ source: path, line: index + 1, value }];
  });
}

async function askStandard(read: ReadPort, installation: Installation | null): Promise<string | null> {
  if (installation === null) return null;
  const bare = without(read, /^(?:npm_config|yarn)_(?:registry|userconfig|globalconfig)$/i);
  const { path } = installation;
  return once(read, "yarn", () => askStaged(read, [path, "config", "get", "registry"], bare, {}));
}

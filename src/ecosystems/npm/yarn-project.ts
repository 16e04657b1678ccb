import { pathsOf } from "../../platform/paths.ts";
import type { ReadPort } from "../../ports/types.ts";
import { textAt } from "../reading.ts";
import { upwards } from "./project.ts";

/**
 * The version of yarn that the project names, in `packageManager` or as a copy in its own folder. Read and not asked: yarn would run the
 * project's copy. https://yarnpkg.com/configuration/yarnrc#yarnPath
 */
export async function yarnOfProject(read: ReadPort): Promise<string | null> {
  const { join } = pathsOf(read.facts);
  for (const folder of upwards(read)) {
    const [manifest, settings] = await Promise.all([
      textAt(read, join(folder, "package.json")),
      textAt(read, join(folder, ".yarnrc.yml")),
    ]);
    const named =
      /"packageManager"\s*:\s*"yarn@(\d[^"+]*)/.exec(manifest) ??
      /^yarnPath:.*\byarn-(\d[\w.-]*)\.[cm]?js/m.exec(settings);
    if (named?.[1] !== undefined) return named[1];
  }
  return null;
}

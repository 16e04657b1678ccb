import { mirrorsOf } from "../../catalog/find.ts";
import { type EcosystemId, ecosystemIds } from "../../catalog/types.ts";
import { type LoadedCatalog, loadCatalog } from "../../core/catalog.ts";
import { done } from "../../core/outcome.ts";
import type { Outcome } from "../../core/types.ts";
import { listView } from "../../report/views/catalog.ts";
import type { Session } from "../session.ts";
import { parseEcosystems } from "../values.ts";

/** As Commander gives them. */
export interface ListOptions {
  readonly catalog?: string;
  readonly env?: true;
}

/** `mirror-setup list [ECOSYSTEM]` */
export async function list(session: Session, name: string | undefined, options: ListOptions): Promise<void> {
  const looked = await lookUp(session, name, options);
  if (!looked.ok) return session.fail("list", looked);
  const { loaded } = looked.value;
  if (options.env === true) {
    return (await import("./environment.ts")).listEnvironment(session, looked.value.ids, loaded);
  }
  const ids = name === undefined ? ecosystemIds : looked.value.ids;
  const mirrors = ids.flatMap((id) => mirrorsOf(loaded.catalog, id));
  session.finish({ command: "list", exitCode: 0, messages: loaded.messages, body: { mirrors } }, (screen) =>
    listView(mirrors, screen),
  );
}

/** The catalog to look at, and the ecosystems that a name stands for. */
export async function lookUp(
  session: Session,
  name: string | undefined,
  options: ListOptions,
): Promise<Outcome<{ ids: readonly EcosystemId[]; loaded: LoadedCatalog }>> {
  const found = parseEcosystems(name);
  if (!found.ok) return found;
  const loaded = await loadCatalog(session.services, options.catalog ?? null);
  return loaded.ok ? done({ ids: found.value, loaded: loaded.value }) : loaded;
}

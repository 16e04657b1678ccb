import type { EcosystemId } from "../../catalog/types.ts";
import type { LoadedCatalog } from "../../core/catalog.ts";
import { companionsOf } from "../../core/companions.ts";
import { setCommand } from "../../platform/shell.ts";
import { environmentView } from "../../report/views/environment.ts";
import type { Session } from "../session.ts";

/** `mirror-setup list [ECOSYSTEM] --env` */
export async function listEnvironment(
  session: Session,
  ids: readonly EcosystemId[],
  { catalog, messages }: LoadedCatalog,
): Promise<void> {
  const found = await Promise.all(ids.map((id) => companionsOf(id, catalog, session.services)));
  const environment = found.filter((each) => each !== null);
  const { facts } = session.services.read;
  session.finish({ command: "list", exitCode: 0, messages, body: { environment } }, (screen) =>
    environmentView(environment, (name, value) => setCommand(facts, name, value), screen),
  );
}

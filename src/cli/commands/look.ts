import { mirrorsOf } from "../../catalog/find.ts";
import { type EcosystemId, ecosystemIds } from "../../catalog/types.ts";
import { type LoadedCatalog, loadCatalog } from "../../core/catalog.ts";
import { companionsOf } from "../../core/companions.ts";
import { test } from "../../core/inspect.ts";
import { done } from "../../core/outcome.ts";
import { worst } from "../../core/prepare.ts";
import { status } from "../../core/status.ts";
import type { Outcome } from "../../core/types.ts";
import { raceBody } from "../../report/document.ts";
import type { Message } from "../../report/types.ts";
import { environmentView } from "../../report/views/environment.ts";
import { listView, statusView } from "../../report/views/lists.ts";
import { raceView } from "../../report/views/race.ts";
import type { Session } from "../session.ts";
import { parseDuration, parseEcosystems } from "../values.ts";

/** As Commander gives them. */
export interface LookOptions {
  readonly catalog?: string;
  readonly timeout?: string;
  readonly env?: true;
}

/** `mirror-setup list [ECOSYSTEM]` */
export async function list(session: Session, name: string | undefined, options: LookOptions): Promise<void> {
  const looked = await prepare(session, name, options);
  if (!looked.ok) return session.fail("list", looked);
  const { loaded } = looked.value;
  if (options.env === true) return listEnvironment(session, looked.value.ids, loaded);
  const ids = name === undefined ? ecosystemIds : looked.value.ids;
  const mirrors = ids.flatMap((id) => mirrorsOf(loaded.catalog, id));
  session.finish({ command: "list", exitCode: 0, messages: loaded.messages, body: { mirrors } }, (screen) =>
    listView(mirrors, screen),
  );
}

/** `mirror-setup list [ECOSYSTEM] --env` */
async function listEnvironment(
  session: Session,
  ids: readonly EcosystemId[],
  { catalog, messages }: LoadedCatalog,
): Promise<void> {
  const found = await Promise.all(ids.map((id) => companionsOf(id, catalog, session.services)));
  const environment = found.filter((each) => each !== null);
  const windows = session.services.read.facts.os === "win32";
  session.finish({ command: "list", exitCode: 0, messages, body: { environment } }, (screen) =>
    environmentView(environment, windows, screen),
  );
}

/** `mirror-setup status [ECOSYSTEM]`; `extra` is said below it. */
export async function showStatus(
  session: Session,
  name: string | undefined,
  options: LookOptions,
  extra: readonly Message[] = [],
): Promise<void> {
  const looked = await prepare(session, name, options);
  if (!looked.ok) return session.fail("status", looked);
  const { ids, loaded } = looked.value;
  const found = await status(ids, loaded.catalog, session.services);
  if (!found.ok) return session.fail("status", found);
  const { inForce } = found.value;
  const messages = [...loaded.messages, ...found.value.messages, ...extra];
  session.finish({ command: "status", exitCode: 0, messages, body: { inForce } }, (screen) => {
    return statusView(inForce, loaded.catalog.mirrors, screen);
  });
}

/** `mirror-setup test [ECOSYSTEM] [MIRROR…]` */
export async function showTest(
  session: Session,
  name: string | undefined,
  names: readonly string[],
  options: LookOptions,
): Promise<void> {
  const timeout = parseDuration(options.timeout);
  if (!timeout.ok) return session.fail("test", timeout);
  const looked = await prepare(session, name, options);
  if (!looked.ok) return session.fail("test", looked);
  const { ids, loaded } = looked.value;
  const tested = await test(ids, { names, timeoutMs: timeout.value }, loaded.catalog, session.services);
  const exitCode = worst(tested.map((each) => each.exitCode));
  const messages = [...loaded.messages, ...tested.flatMap((each) => each.messages)];
  const races = tested.flatMap(({ ecosystem, race }) => (race === null ? [] : [{ ecosystem, race }]));
  const ecosystems = races.map(({ ecosystem, race }) => raceBody(ecosystem, race, session.dictionary));
  session.finish({ command: "test", exitCode, messages, body: races.length === 0 ? {} : { ecosystems } }, (screen) =>
    races.flatMap(({ ecosystem, race }, index) => [...(index === 0 ? [] : [""]), ...raceView(ecosystem, race, screen)]),
  );
}

async function prepare(
  session: Session,
  name: string | undefined,
  options: LookOptions,
): Promise<Outcome<{ ids: readonly EcosystemId[]; loaded: LoadedCatalog }>> {
  const found = parseEcosystems(name);
  if (!found.ok) return found;
  const loaded = await loadCatalog(session.services, options.catalog ?? null);
  return loaded.ok ? done({ ids: found.value, loaded: loaded.value }) : loaded;
}

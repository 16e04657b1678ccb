import { test } from "../../core/inspect.ts";
import { interrupted } from "../../core/outcome.ts";
import { worst } from "../../core/prepare.ts";
import { status } from "../../core/status.ts";
import { checkStatus } from "../../core/status-check.ts";
import { raceBody } from "../../report/document.ts";
import type { Message } from "../../report/types.ts";
import { statusView } from "../../report/views/lists.ts";
import { raceView } from "../../report/views/race.ts";
import type { Session } from "../session.ts";
import { parseDuration } from "../values.ts";
import { type ListOptions, lookUp } from "./list.ts";

/** As Commander gives them. */
export interface LookOptions extends ListOptions {
  readonly timeout?: string;
  readonly check?: true;
}

/** `mirror-setup status [ECOSYSTEM]`; `extra` is said below it. */
export async function showStatus(
  session: Session,
  name: string | undefined,
  options: LookOptions,
  extra: readonly Message[] = [],
): Promise<void> {
  const looked = await lookUp(session, name, options);
  if (!looked.ok) return session.fail("status", looked);
  const { ids, loaded } = looked.value;
  session.looking();
  const found = await status(ids, loaded.catalog, session.services);
  if (!found.ok) return session.fail("status", found);
  const { inForce, parts } = found.value;
  const nothing = { exitCode: 0, races: [], messages: [] } as const;
  const checked = options.check === true ? await checkStatus(parts, loaded.catalog, session.services) : nothing;
  if (session.services.signal.aborted) return session.fail("status", interrupted);
  const { races, exitCode } = checked;
  const messages = [...loaded.messages, ...found.value.messages, ...checked.messages, ...extra];
  const ecosystems = races.map(({ ecosystem, race }) => raceBody(ecosystem, race, session.dictionary));
  const body = { inForce, ...(options.check === true ? { probe: { ecosystems } } : {}) };
  session.finish({ command: "status", exitCode, messages, body }, (screen) => [
    ...statusView(inForce, loaded.catalog.mirrors, screen),
    ...races.flatMap(({ ecosystem, race }) => ["", ...raceView(ecosystem, race, screen)]),
  ]);
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
  const looked = await lookUp(session, name, options);
  if (!looked.ok) return session.fail("test", looked);
  const { ids, loaded } = looked.value;
  session.looking();
  const tested = await test(ids, { names, timeoutMs: timeout.value }, loaded.catalog, session.services);
  const exitCode = worst(tested.map((each) => each.exitCode));
  const messages = [...loaded.messages, ...tested.flatMap((each) => each.messages)];
  const races = tested.flatMap(({ ecosystem, race }) => (race === null ? [] : [{ ecosystem, race }]));
  const ecosystems = races.map(({ ecosystem, race }) => raceBody(ecosystem, race, session.dictionary));
  session.finish({ command: "test", exitCode, messages, body: races.length === 0 ? {} : { ecosystems } }, (screen) =>
    races.flatMap(({ ecosystem, race }, index) => [...(index === 0 ? [] : [""]), ...raceView(ecosystem, race, screen)]),
  );
}

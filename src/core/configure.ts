import type { Catalog, EcosystemId } from "../catalog/types.ts";
import type { Draft } from "../plan/draft.ts";
import type { HostFacts } from "../platform/types.ts";
import { makeLink } from "../probe/link.ts";
import type { Message } from "../report/types.ts";
import { carryOut } from "./carry-out.ts";
import { drawUp } from "./draw-up.ts";
import { sharedNames } from "./names.ts";
import { interrupted, refuse } from "./outcome.ts";
import { type Part, prepare } from "./prepare.ts";
import { shareOut } from "./share-out.ts";
import type { ChangeOutcome, ChangeRequest, Refusal, Services } from "./types.ts";

/**
 * The main job: look, decide, plan, write, and prove that it is in force. Several ecosystems are looked at and raced side by side, their downloads one
 * after another; what they want is written as one transaction.
 */
export async function change(request: ChangeRequest, catalog: Catalog, services: Services): Promise<ChangeOutcome> {
  const link = makeLink(services.clock);
  const shares = await shareOut(request.selection);
  if (!shares.ok) return nothing(shares, request);
  const ecosystems = shares.value.map(({ id }) => id);
  const names = sharedNames(request.wish?.names ?? [], ecosystems, catalog);
  if (!names.ok) return nothing(names, request);
  const parts = await Promise.all(
    shares.value.map(({ id, selection }) => {
      const wish = request.wish === null ? null : { ...request.wish, names: names.value.get(id) ?? [] };
      const isUnnamed = wish !== null && wish.names.length === 0 && request.wish?.names.length !== 0;
      if (isUnnamed) return notNamed(id);
      const seat = link.join();
      return prepare(id, { ...request, selection, wish }, catalog, services, seat).finally(seat.leave);
    }),
  );
  return conclude(parts, request, catalog, services);
}

/**
 * What looking and deciding has led to is shown, or written and proved.
 *
 * @param drafted what has been shown of it, where that was done before.
 */
export async function conclude(
  parts: readonly Part[],
  request: ChangeRequest,
  catalog: Catalog,
  services: Services,
  drafted?: Draft,
): Promise<ChangeOutcome> {
  // A Ctrl-C in a terminal ends the tools that we asked, too: what they could not say is not to be held against them.
  if (services.signal.aborted) return nothing(interrupted, request);
  const mistake = mistakeIn(parts);
  if (mistake !== null) return nothing(mistake, request);
  const outcome = await carryOut(
    parts,
    request,
    catalog,
    services,
    drafted ?? (await drawUp(parts, request, services)),
  );
  const isSaid = outcome.messages.some(({ code }) => code === "sudo-no-home");
  const isOwn = parts.some(({ tools }) => tools.some(({ scope }) => scope !== "system"));
  const remark = isOwn && !isSaid ? sudoRemark(services.read.facts) : [];
  return { ...outcome, messages: [...remark, ...outcome.messages] };
}

/** What one ecosystem cannot do does not hold back the others; a command that was wrong for one of them was not meant so for the others, either. */
function mistakeIn(parts: readonly Part[]): Refusal | null {
  const wrong = parts.flatMap(({ ecosystem, decision }) =>
    "ok" in decision && decision.exitCode === 2
      ? decision.messages.map((message): Message => ({ ...message, about: ecosystem }))
      : [],
  );
  return parts.length < 2 || wrong.length === 0 ? null : refuse(2, ...wrong);
}

/** Of the mirrors that were named, none carries this ecosystem: it stays as it is. */
function notNamed(ecosystem: EcosystemId): Part {
  const message: Message = { code: "not-named", level: "info", args: { ecosystem } };
  const decision = { ok: false, exitCode: 0, messages: [message] } as const;
  return { ecosystem, tools: [], skipped: [], remarks: [], probe: null, decision };
}

function nothing({ exitCode, messages }: Refusal, { dryRun }: ChangeRequest): ChangeOutcome {
  const empty = { changes: [], inForce: [], skipped: [], parts: [], files: [] };
  return { exitCode, messages, dryRun, transaction: null, ...empty };
}

/** Whose settings these are is said, where root does the work. */
function sudoRemark({ person, home }: HostFacts): Message[] {
  if (person === undefined) return [];
  if (home === null) return [{ code: "sudo-no-home", level: "warn", args: { user: person.name } }];
  return [{ code: "under-sudo", level: "info", args: { user: person.name, home } }];
}

import { ownCatalogPath } from "../../core/catalog.ts";
import { refuse } from "../../core/outcome.ts";
import { addMirror, removeMirror, validateCatalog } from "../../core/own-catalog.ts";
import type { Outcome } from "../../core/types.ts";
import type { Message } from "../../report/types.ts";
import type { Session } from "../session.ts";
import { parseEcosystem } from "../values.ts";

/** As Commander gives them. */
export interface AddOptions {
  readonly name?: string;
  readonly insecure?: true;
}

/** `mirror-setup catalog validate [FILE]` */
export async function validate(session: Session, file: string | undefined): Promise<void> {
  tell(session, await validateCatalog(file ?? null, session.services));
}

/** `mirror-setup catalog add ECOSYSTEM ID URL` */
export async function add(session: Session, name: string, id: string, url: string, options: AddOptions): Promise<void> {
  const ecosystem = parseEcosystem(name);
  if (!ecosystem.ok) return tell(session, ecosystem);
  const mirror = {
    ecosystem: ecosystem.value,
    id,
    url,
    name: options.name ?? null,
    insecure: options.insecure === true,
  };
  tell(session, await addMirror(mirror, session.services));
}

/** `mirror-setup catalog remove ECOSYSTEM ID` */
export async function remove(session: Session, name: string, id: string): Promise<void> {
  const ecosystem = parseEcosystem(name);
  tell(session, ecosystem.ok ? await removeMirror(ecosystem.value, id, session.services) : ecosystem);
}

/** `mirror-setup catalog path` */
export function showPath(session: Session): void {
  const file = ownCatalogPath(session.services);
  if (file === null) session.fail("catalog", refuse(5, { code: "no-home", level: "error", args: {} }));
  else session.finish({ command: "catalog", exitCode: 0, messages: [], body: { path: file } }, () => [file]);
}

function tell(session: Session, outcome: Outcome<Message[]>): void {
  if (outcome.ok) session.finish({ command: "catalog", exitCode: 0, messages: outcome.value, body: {} }, () => []);
  else session.fail("catalog", outcome);
}

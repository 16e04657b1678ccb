import { done } from "../../core/outcome.ts";
import type { Session } from "../session.ts";
import { parseEcosystem, parseScope } from "../values.ts";
import { runChange } from "./configure.ts";

/** As Commander gives them. */
export interface ResetOptions {
  readonly scope?: string;
  readonly only?: string;
  readonly dryRun?: true;
  readonly allowMissing?: true;
  readonly catalog?: string;
}

/** `mirror-setup reset [ECOSYSTEM]` */
export async function reset(session: Session, name: string | undefined, options: ResetOptions): Promise<void> {
  const ecosystem = name === undefined ? done("go" as const) : parseEcosystem(name);
  if (!ecosystem.ok) return session.fail("reset", ecosystem);
  const scope = parseScope(options.scope);
  if (!scope.ok) return session.fail("reset", scope);
  const only = options.only?.split(",") ?? null;
  const selection = {
    ecosystem: ecosystem.value,
    only,
    scope: scope.value,
    allowMissing: options.allowMissing === true,
  };
  const request = {
    selection,
    wish: null,
    privatePatterns: [],
    scopeRegistries: [],
    dryRun: options.dryRun === true,
    verify: false,
    command: session.typed,
  };
  await runChange(session, "reset", ecosystem.value, request, options.catalog);
}

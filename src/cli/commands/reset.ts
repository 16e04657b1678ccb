import type { Session } from "../session.ts";
import { parseEcosystems, parseScope, parseTools } from "../values.ts";
import { runChange } from "./configure.ts";

/** As Commander gives them. */
export interface ResetOptions {
  readonly scope?: string;
  readonly only?: string;
  readonly dryRun?: true;
  readonly allowMissing?: true;
  readonly reload?: boolean;
  readonly catalog?: string;
}

/** `mirror-setup reset [ECOSYSTEM]` */
export async function reset(session: Session, name: string | undefined, options: ResetOptions): Promise<void> {
  const ecosystems = parseEcosystems(name);
  if (!ecosystems.ok) return session.fail("reset", ecosystems);
  const scope = parseScope(options.scope);
  if (!scope.ok) return session.fail("reset", scope);
  const only = parseTools(options.only);
  const selection = {
    ecosystems: ecosystems.value,
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
    noReload: options.reload === false,
    command: session.typed,
    catalogFile: options.catalog ?? null,
  };
  await runChange(session, "reset", request);
}

import { type EcosystemId, ecosystemIds } from "../../catalog/types.ts";
import { loadCatalog } from "../../core/catalog.ts";
import { change } from "../../core/configure.ts";
import { done, refuse } from "../../core/outcome.ts";
import type { ChangeRequest, Outcome, Wish } from "../../core/types.ts";
import { raceBody } from "../../report/document.ts";
import { changeView } from "../../report/views/change.ts";
import { raceView } from "../../report/views/race.ts";
import type { Terminal } from "../../wizard/types.ts";
import type { Session } from "../session.ts";
import { parseCount, parseDuration, parsePatterns, parseScope, parseScopeRegistries, parseTools } from "../values.ts";

/** More than this many mirrors would be no fallback but a wait. */
const longestChain = 8;

/** As Commander gives them. */
export interface ConfigureOptions {
  readonly fastest?: true;
  readonly chain?: string;
  readonly probe?: boolean;
  readonly cache?: boolean;
  readonly ifBroken?: true;
  readonly dryRun?: true;
  readonly scope?: string;
  readonly only?: string;
  readonly allowMissing?: true;
  readonly verify?: true;
  readonly reload?: boolean;
  readonly private?: readonly string[];
  readonly scopeRegistry?: readonly string[];
  readonly allowCredentials?: true;
  readonly timeout?: string;
  readonly catalog?: string;
}

/** `mirror-setup go [MIRROR…]`, and the same for every ecosystem, and for `all` of them. */
export async function configure(
  session: Session,
  command: EcosystemId | "all",
  names: readonly string[],
  options: ConfigureOptions,
): Promise<void> {
  const terminal =
    names.length === 0 && options.fastest !== true && options.ifBroken !== true ? session.terminal() : null;
  if (terminal !== null) return choose(session, terminal, command, options);
  const request = understand(command, names, options, session);
  if (!request.ok) return session.fail(command, request);
  await runChange(session, command, request.value);
}

/** `mirror-setup go` alone, and `mirror-setup`, on a terminal: the choice is made there. What else the options say holds. */
export async function choose(
  session: Session,
  terminal: Terminal,
  command: EcosystemId | "all",
  options: ConfigureOptions,
): Promise<void> {
  const request = understand(command, [], { ...options, fastest: true }, session);
  if (!request.ok) return session.fail(command, request);
  const { wizard } = await import("./wizard.ts");
  await wizard(session, terminal, command, request.value);
}

/** Runs a command that changes something, and reports it. */
export async function runChange(session: Session, command: string, request: ChangeRequest): Promise<void> {
  const loaded = await loadCatalog(session.services, request.catalogFile);
  if (!loaded.ok) return session.fail(command, loaded);
  session.looking();
  const outcome = await change(request, loaded.value.catalog, session.services);
  const { exitCode, dryRun, transaction, changes, inForce, skipped, parts, files } = outcome;
  const messages = [...loaded.value.messages, ...outcome.messages];
  const races = parts.flatMap(({ ecosystem, probe }) => (probe === null ? [] : [{ ecosystem, race: probe }]));
  const bodies = races.map(({ ecosystem, race }) => raceBody(ecosystem, race, session.dictionary));
  const body = {
    ...{ dryRun, transaction, changes, inForce, skipped },
    outcomes: parts.map((part) => ({ ecosystem: part.ecosystem, exitCode: part.exitCode })),
    ...(races.length === 0 ? {} : { probe: { ecosystems: bodies } }),
  };
  session.finish({ command, exitCode, messages, body }, (screen) => [
    ...races.flatMap(({ ecosystem, race }) => [...raceView(ecosystem, race, screen), ""]),
    ...changeView(outcome, files, screen),
  ]);
}

function understand(
  command: EcosystemId | "all",
  names: readonly string[],
  options: ConfigureOptions,
  session: Session,
): Outcome<ChangeRequest & { readonly wish: Wish }> {
  const wish = understandWish(command, names, options);
  const scope = parseScope(options.scope);
  const patterns = parsePatterns(options.private ?? []);
  const scopeRegistries = parseScopeRegistries(options.scopeRegistry ?? []);
  if (!wish.ok) return wish;
  if (!scope.ok) return scope;
  if (!patterns.ok) return patterns;
  if (!scopeRegistries.ok) return scopeRegistries;
  const ecosystems = command === "all" ? ecosystemIds : [command];
  const only = parseTools(options.only);
  return done({
    selection: { ecosystems, only, scope: scope.value, allowMissing: options.allowMissing === true },
    wish: wish.value,
    privatePatterns: patterns.value,
    scopeRegistries: scopeRegistries.value,
    dryRun: options.dryRun === true,
    verify: options.verify === true && options.dryRun !== true,
    noReload: options.reload === false,
    command: session.typed,
    catalogFile: options.catalog ?? null,
  });
}

function understandWish(command: string, names: readonly string[], options: ConfigureOptions): Outcome<Wish> {
  const ifBroken = options.ifBroken === true;
  const fastest = options.fastest === true || (ifBroken && names.length === 0);
  if (names.length === 0 && !fastest) {
    return refuse(2, { code: "want-mirror", level: "error", args: { ecosystem: command } });
  }
  if (options.probe === false && fastest) return refuse(2, { code: "probe-needed", level: "error", args: {} });
  if (options.chain !== undefined && !fastest) {
    return refuse(2, { code: "option-alone", level: "error", args: { option: "--chain" } });
  }
  const chain = options.chain === undefined ? done(null) : parseCount(options.chain, longestChain);
  const timeoutMs = parseDuration(options.timeout);
  if (!chain.ok) return chain;
  if (!timeoutMs.ok) return timeoutMs;
  return done({
    names,
    fastest,
    chain: chain.value,
    noProbe: options.probe === false,
    noCache: options.cache === false || options.dryRun === true,
    ifBroken,
    allowCredentials: options.allowCredentials === true,
    timeoutMs: timeoutMs.value,
  });
}

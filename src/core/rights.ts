import { mirrorAt } from "../catalog/find.ts";
import type { Catalog } from "../catalog/types.ts";
import type { FileProblem, Receipt } from "../plan/types.ts";
import type { Needs } from "../ports/rights/types.ts";
import type { Message } from "../report/types.ts";
import type { Part } from "./prepare.ts";
import type { ChangeRequest, Refusal, Services } from "./types.ts";

type Concerned = Pick<Receipt, "ecosystem" | "path" | "activation">;

const closedCodes: readonly string[] = ["EACCES", "EPERM"];

/** Whether a file could not be written for want of rights that can be asked for: not on Windows, nor for root. */
export function wantsRights({ code, isLeft }: FileProblem, { read }: Services): boolean {
  return isLeft !== true && read.facts.os !== "win32" && read.facts.uid !== 0 && closedCodes.includes(code);
}

/** Of some files, those that we may not write: once more rights have been asked for, where somebody can be asked. */
export async function barredFiles(files: readonly Concerned[], services: Services): Promise<FileProblem[]> {
  const barred: FileProblem[] = [];
  for (const { ecosystem, path } of files) {
    const problem = { ecosystem, file: path, code: (await services.write.obstacle(path)) ?? "" };
    if (wantsRights(problem, services)) barred.push(problem);
  }
  const closed = files.filter(({ path }) => barred.some(({ file }) => file === path));
  const isFree = barred.length === 0 || (await gainRights(closed, services));
  // Who would rather stop than answer has no problem with a file.
  return isFree || services.signal.aborted ? [] : barred;
}

async function gainRights(files: readonly Concerned[], { rights, read, signal }: Services): Promise<boolean> {
  if (rights === undefined || rights.consent === "absent" || signal.aborted) return false;
  if ((await read.which("sudo")) === null) return false;
  const file = files.map(({ path }) => path).join(", ");
  const isAsked = rights.consent === "ask";
  if (isAsked && !(await rights.confirm({ code: "raise-question", level: "warn", args: { file } }))) return false;
  return rights.raise(needsOf(files), isAsked);
}

function needsOf(files: readonly Concerned[]): Needs {
  const activations = files.flatMap(({ activation }) => (activation === null ? [] : [activation]));
  const reloads = activations.map(({ reload }) => reload);
  return {
    files: files.map(({ path }) => path),
    hangUps: reloads.flatMap((reload) =>
      reload.kind === "hang-up" ? [{ pidFile: reload.pidFile, program: reload.program }] : [],
    ),
    commands: [
      ...reloads.flatMap((reload) => (reload.kind === "command" ? [reload.command] : [])),
      ...activations.flatMap(({ inForce, sights = [] }) => [inForce, ...sights]),
    ],
  };
}

/** With the command that does with more rights what we could not, where that is what was missing. `args`: what it would be. */
export async function withWayOut(
  refusal: Refusal,
  problems: readonly FileProblem[],
  args: readonly string[],
  services: Services,
): Promise<Refusal> {
  const { rights, read } = services;
  // Windows lets us see only by trying that we may not.
  const isClosed = ({ code, args }: Message) => code === "file-problem" && closedCodes.includes(String(args.why));
  if (read.facts.os === "win32" && refusal.messages.some(isClosed))
    return { ...refusal, messages: [...refusal.messages, { code: "needs-administrator", level: "error", args: {} }] };
  if (rights === undefined || !problems.some((problem) => wantsRights(problem, services))) return refusal;
  const sudo = (await read.which("sudo")) === null ? [] : ["sudo"];
  const command = [...sudo, ...rights.self, ...args].map(quoted).join(" ");
  const code = sudo.length > 0 ? "needs-rights" : "needs-root";
  return { ...refusal, messages: [...refusal.messages, { code, level: "error", args: { command } }] };
}

/** What one ecosystem's part of a command would be by itself, with the mirrors that were chosen: nobody has to race again. */
export function commandOf({ ecosystem, decision }: Part, request: ChangeRequest, catalog: Catalog): string[] {
  const { selection, wish } = request;
  const mirrors = "ok" in decision ? [] : decision.mirrors;
  // Chosen one by one, one may go back to upstream beside others that get mirrors.
  const isReset = !("ok" in decision) && mirrors.length === 0;
  const names = mirrors.map((url) => {
    const mirror = mirrorAt(catalog, ecosystem, url);
    return mirror === null || mirror.origin === "file" ? url : mirror.id;
  });
  const flag = (name: string, isSet: boolean) => (isSet ? [name] : []);
  return [
    ...(wish === null || isReset ? ["reset", ecosystem] : [ecosystem, ...names]),
    ...option("--scope", selection.scope),
    ...option("--only", selection.only?.join(",") ?? null),
    ...option("--catalog", request.catalogFile),
    ...option("--timeout", wish === null || wish.timeoutMs === null ? null : `${wish.timeoutMs}ms`),
    ...flag("--no-probe", wish?.noProbe === true),
    ...flag("--allow-credentials", wish?.allowCredentials === true),
    ...flag("--allow-missing", selection.allowMissing),
    ...flag("--verify", request.verify),
    ...flag("--no-reload", request.noReload),
    ...request.privatePatterns.flatMap((pattern) => ["--private", pattern]),
    ...request.scopeRegistries.flatMap(({ scope, url }) => ["--scope-registry", `${scope}=${url}`]),
  ];
}

/** An option with its value, where it has one. */
export function option(name: string, value: string | null): string[] {
  return value === null ? [] : [name, value];
}

/** As a shell takes it for one word. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

import type { Catalog, EcosystemId } from "../../catalog/types.ts";
import type { Change } from "../../plan/types.ts";
import { makeLink } from "../../probe/link.ts";
import type { ExitCode, Message } from "../../report/types.ts";
import { interrupted, refuse } from "../outcome.ts";
import { worst } from "../prepare.ts";
import type { Refusal, Services } from "../types.ts";
import { type Examined, examine, exitCodeOf, stageOutcome, stages } from "./examine.ts";
import { cure, type Typed } from "./fix.ts";
import type { Diagnosis, DoctorReport, Finding } from "./types.ts";

/** Finds out why installs fail, and with `fix` repairs what can be repaired safely; then everything is looked at once more. */
export async function doctor(
  ids: readonly EcosystemId[],
  { fix, ...command }: Typed & { readonly fix: boolean },
  catalog: Catalog,
  services: Services,
): Promise<DoctorReport | Refusal> {
  const before = await examineAll(ids, catalog, services);
  if (!Array.isArray(before)) return before as Refusal;
  const skipped = ids.filter((id) => before.every(({ patient }) => patient.ecosystem.id !== id));
  const mayFix = fix && before.some(({ chart }) => chart.findings.some((finding) => finding.fix !== null));
  if (!mayFix) return report(before, before, null, skipped, []);
  const cured = await cure(before, command, services);
  if (!cured.ok) return report(before, before, null, skipped, cured.messages, cured.exitCode);
  const after = cured.value.transaction === null ? before : await examineAll(ids, catalog, services);
  if (Array.isArray(after))
    return report(before, after, cured.value, skipped, cured.value.messages, cured.value.exitCode);
  // It is written all the same, and can be undone: that nobody looked again must not hide it.
  const { exitCode, messages } = after as Refusal;
  const unseen: readonly Message[] =
    exitCode === 130 ? [{ code: "interrupted-after", level: "warn", args: {} }] : messages;
  return report(before, before, cured.value, skipped, [...cured.value.messages, ...unseen], exitCode);
}

/** Those whose tools are installed; refused where none is. */
async function examineAll(
  ids: readonly EcosystemId[],
  catalog: Catalog,
  services: Services,
): Promise<Examined[] | Refusal> {
  const link = makeLink(services.clock);
  const found = await Promise.all(
    ids.map((id) => {
      const seat = link.join();
      return examine(id, catalog, services, seat).finally(seat.leave);
    }),
  );
  if (services.signal.aborted) return interrupted;
  const examined = found.flatMap((each) => (each.ok ? [each.value] : []));
  const refused = found.flatMap((each) => (each.ok ? [] : [each]));
  const [first] = refused;
  const isFatal = refused.find(({ exitCode }) => exitCode !== 4) ?? (examined.length === 0 ? first : undefined);
  if (isFatal === undefined) return examined;
  return refuse(isFatal.exitCode, ...refused.flatMap(({ messages }) => messages));
}

/** What `--fix` has just left as it is, it would leave again: there the person's own hand is named, where a command of the tool does it. */
function wayLeft({ repair, fix }: Finding, isTried: boolean): Pick<Finding, "repair"> {
  if (!isTried || repair === null || !repair.endsWith(" --fix")) return { repair };
  return { repair: fix?.kind === "change" ? byHand(fix.change) : null };
}

/** The tool's own command that takes a key out. */
function byHand({ tool, edits, scope }: Change): string | null {
  const [edit] = edits;
  if (edit === undefined || edit.value !== null) return null;
  const level = { user: "user", project: "project", system: "global" }[scope];
  if (tool === "npm") return `npm config delete ${edit.key} --location=${level}`;
  if (tool === "pip") return `pip config --${scope === "project" ? "site" : level} unset ${edit.key}`;
  return tool === "go" ? `go env -u ${edit.key}` : null;
}

/** Lines move when a file is mended: a finding is known again by what it says. */
function sameFinding({ message: { code, args } }: Finding): string {
  return JSON.stringify([code, args]);
}

function report(
  before: readonly Examined[],
  after: readonly Examined[],
  cured: DoctorReport["cured"],
  skipped: readonly EcosystemId[],
  messages: readonly Message[],
  refused: ExitCode = 0,
): DoctorReport {
  const isTried = cured !== null || refused !== 0;
  const diagnoses = after.map(({ patient, chart }): Diagnosis => {
    const left = new Set(chart.findings.map(sameFinding));
    const found = before.find((each) => each.patient.ecosystem.id === patient.ecosystem.id)?.chart.findings ?? [];
    const fixed = found.filter((finding) => !left.has(sameFinding(finding)));
    return {
      ecosystem: patient.ecosystem.id,
      tools: patient.tools.map(({ tool, installation }) => ({ id: tool.id, version: installation?.version ?? "" })),
      exitCode: exitCodeOf(chart),
      stages: stages.map((stage) => ({ stage, ok: stageOutcome(stage, chart) })),
      findings: [
        ...fixed.map((finding) => ({ ...finding, fixed: true })),
        ...chart.findings.map((finding) => ({ ...finding, ...wayLeft(finding, isTried), fixed: false })),
      ],
    };
  });
  const exitCode = worst([...diagnoses.map((each) => each.exitCode), refused]);
  return { exitCode, diagnoses, cured, skipped, messages };
}

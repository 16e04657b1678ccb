import type { Catalog, EcosystemId } from "../../catalog/types.ts";
import type { FilePlan } from "../../plan/types.ts";
import { unsetCommand } from "../../platform/shell.ts";
import { makeLink } from "../../probe/link.ts";
import type { ExitCode, Message } from "../../report/types.ts";
import { interrupted, refuse } from "../outcome.ts";
import { worst } from "../prepare.ts";
import type { Refusal, Services } from "../types.ts";
import { type Examined, examine, exitCodeOf, stageOutcome } from "./examine.ts";
import { cure, type Typed } from "./fix.ts";
import { stages } from "./stages.ts";
import type { Diagnosis, DoctorReport, Finding, Fix, Patient } from "./types.ts";

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
  if (Array.isArray(after)) {
    const hidden = cured.value.transaction === null ? [] : stillHidden(after, cured.value.files, services);
    return report(before, after, cured.value, skipped, [...cured.value.messages, ...hidden], cured.value.exitCode);
  }
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

/** What `--fix` has just left as it is, it would leave again: there the person's own hand is named, and no race that has found nothing. */
function wayOut({ repair, fix }: Finding, { ecosystem }: Patient, isTried: boolean) {
  if (!isOurs(fix)) return { repair, byFix: false };
  if (!isTried) return { repair: `mirror-setup doctor ${ecosystem.id} --fix`, byFix: true };
  return { repair: fix?.kind === "new-mirror" ? null : repair, byFix: false };
}

/** Whether there is more to it than to set a mirror, which has a command of its own. */
function isOurs(fix: Fix | null): boolean {
  return fix !== null && (fix.kind === "change" || fix.without !== null);
}

/** Lines move when a file is mended: a finding is known again by what it says; a variable that wins, whatever is stored meanwhile. */
function sameFinding({ message: { code, args } }: Finding): string {
  return JSON.stringify([code, code === "odd-shadowed" ? { ...args, stored: "" } : args]);
}

/** Files were put right, and a variable keeps them from having any effect. */
function stillHidden(after: readonly Examined[], files: readonly FilePlan[], { read }: Services): Message[] {
  const written = after.filter(({ patient }) => files.some(({ ecosystem }) => ecosystem === patient.ecosystem.id));
  const names = written.flatMap(({ chart }) =>
    chart.findings.flatMap(({ message, where }) =>
      message.code === "odd-shadowed" && where?.startsWith("env:") ? [where.slice("env:".length)] : [],
    ),
  );
  const unset = [...new Set(names)];
  if (unset.length === 0) return [];
  const args = { names: unset.join(", "), command: unsetCommand(read.facts, ...unset) };
  return [{ code: "doctor-hidden", level: "warn", args }];
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
        ...fixed.map((finding) => ({ ...finding, ...wayOut(finding, patient, false), fixed: true })),
        ...chart.findings.map((finding) => ({ ...finding, ...wayOut(finding, patient, isTried), fixed: false })),
      ],
    };
  });
  const exitCode = worst([...diagnoses.map((each) => each.exitCode), refused]);
  return { exitCode, diagnoses, cured, skipped, messages };
}

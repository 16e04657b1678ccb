import type { DoctorReport } from "../../core/doctor/types.ts";
import { cleanText } from "../clean.ts";
import { fill, say, sayDetail } from "../say.ts";
import type { Screen } from "../screen.ts";

type Diagnosis = DoctorReport["diagnoses"][number];

/** Per ecosystem: how every stage went, and what was found, each with its place and its repair. */
export function doctorView({ diagnoses, cured, skipped }: DoctorReport, screen: Screen): string[] {
  const { words } = screen.dictionary;
  const parts = diagnoses.flatMap((diagnosis, index) => [
    ...(index === 0 ? [] : [""]),
    ...diagnosisLines(diagnosis, screen),
  ]);
  const passedOver = skipped.length === 0 ? [] : [screen.dim(fill(words.notInstalled, { tools: skipped.join(", ") }))];
  const undo = cured === null || cured.transaction === null ? [] : [screen.dim(words.undoWith)];
  return [...parts, ...passedOver, ...undo];
}

function diagnosisLines({ ecosystem, tools, stages, findings }: Diagnosis, screen: Screen): string[] {
  const { doctor } = screen.dictionary.words;
  const versions = tools.map(({ id, version }) => `${id} ${version}`).join(", ");
  const heading = `${screen.bold(ecosystem)}  ${screen.dim(cleanText(versions))}`;
  const marks = stages.map(({ stage, ok }) => {
    const name = doctor.stage[stage];
    if (ok === null) return screen.dim(`${screen.dash} ${name}`);
    return ok ? screen.good(`${screen.tick} ${name}`) : screen.bad(`${screen.cross} ${name}`);
  });
  const well = findings.length === 0 ? [`  ${screen.good(doctor.well)}`] : [];
  return [heading, ...rowsOf(marks, screen), ...findings.flatMap((finding) => findingLines(finding, screen)), ...well];
}

/** Stages side by side, five to a row: they fit eighty columns. */
function rowsOf(marks: readonly string[], screen: Screen): string[] {
  return screen.table([marks.slice(0, 5), marks.slice(5)]);
}

function findingLines(
  { severity, message, detail, where, repair, source, fixed }: Diagnosis["findings"][number],
  screen: Screen,
): string[] {
  const { words } = screen.dictionary;
  const sign = fixed
    ? screen.good(words.doctor.fixed)
    : severity === "error"
      ? screen.bad(words.doctor.error)
      : screen.caution(words.doctor.warn);
  const place = where === null ? "" : `${screen.path(placeText(where, screen))}${words.doctor.colon}`;
  const seen = sayDetail(detail ?? null, screen.dictionary);
  const said = cleanText(say(message, screen.dictionary));
  const text = seen === null ? said : fill(words.seen, { judged: said, detail: seen });
  const cure = repair === null || fixed ? [] : [`    ${screen.dim(words.doctor.repair)}${cleanText(repair)}`];
  const more = screen.verbose && source !== undefined ? [`    ${screen.dim(source)}`] : [];
  return [`  ${sign}${place}${text}`, ...cure, ...more];
}

function placeText(where: string, screen: Screen): string {
  return where.startsWith("env:") ? fill(screen.dictionary.words.fromEnv, { name: where.slice("env:".length) }) : where;
}

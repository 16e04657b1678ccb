import type { DoctorReport } from "../../core/doctor/types.ts";
import { cleanText } from "../clean.ts";
import { fill, say, sayDetail } from "../say.ts";
import type { Screen } from "../screen.ts";
import { displayWidth, wrap } from "../wrap.ts";

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
  const fix = findings.find(({ byFix, fixed }) => !fixed && byFix)?.repair ?? null;
  const once = fix === null ? [] : commandLines(doctor.fix, fix, screen).map((line) => line.slice(2));
  return [
    heading,
    ...rowsOf(marks, screen),
    ...findings.flatMap((each) => findingLines(each, screen)),
    ...once,
    ...well,
  ];
}

/** Stages side by side, five to a row where they fit. */
function rowsOf(marks: readonly string[], screen: Screen): string[] {
  const inRow = screen.columns !== null && screen.columns < 72 ? 2 : 5;
  const rows = Array.from({ length: Math.ceil(marks.length / inRow) }, (_, row) =>
    marks.slice(row * inRow, (row + 1) * inRow),
  );
  return screen.table(rows);
}

/** What is wrong, below the place where: both are long, and the place is to be copied. */
function findingLines(
  { severity, message, detail, where, repair, source, fixed, byFix }: Diagnosis["findings"][number],
  screen: Screen,
): string[] {
  const { words } = screen.dictionary;
  const { error, warn } = words.doctor;
  const open = severity === "error" ? screen.bad(error) : screen.caution(warn);
  const sign = fixed ? screen.good(words.doctor.fixed) : open;
  const seen = sayDetail(detail ?? null, screen.dictionary);
  const said = cleanText(say(message, screen.dictionary));
  const text = seen === null ? said : fill(words.seen, { judged: said, detail: seen });
  // A variable that the text begins with need not be named twice.
  const isNamed = where?.startsWith("env:") === true && text.startsWith(where.slice("env:".length));
  const place = where === null || isNamed ? "" : screen.path(placeText(where, screen));
  // What `--fix` does is said once, below all that it repairs.
  const cure =
    fixed || byFix || repair === null ? [] : commandLines(screen.dictionary.words.doctor.repair, repair, screen);
  const more = screen.verbose && source !== undefined ? [`${below}${screen.dim(source)}`] : [];
  if (screen.columns === null)
    return [`  ${sign}${place}${place === "" ? "" : words.doctor.colon}${text}`, ...cure, ...more];
  if (place !== "") return [`  ${sign}${place}`, ...broken(text, below, screen), ...cure, ...more];
  const room = Math.max(...[error, warn, words.doctor.fixed].map(displayWidth)) - below.length + 2;
  const [first = "", ...rest] = broken(text, below, { columns: screen.columns - room });
  return [`  ${sign}${first.trimStart()}`, ...rest, ...cure, ...more];
}

const below = "    ";

function broken(text: string, indent: string, { columns }: Pick<Screen, "columns">): string[] {
  return wrap(text, (columns ?? Number.POSITIVE_INFINITY) - indent.length).map((line) => `${indent}${line}`);
}

/** A command is never broken: it is to be copied. */
function commandLines(label: string, command: string, screen: Screen): string[] {
  const line = `${below}${label}${cleanText(command)}`;
  const fits = screen.columns === null || displayWidth(line) <= screen.columns;
  if (fits) return [`${below}${screen.dim(label)}${cleanText(command)}`];
  return [`${below}${screen.dim(label.trimEnd())}`, `${below}${below}${cleanText(command)}`];
}

function placeText(where: string, screen: Screen): string {
  return where.startsWith("env:") ? fill(screen.dictionary.words.fromEnv, { name: where.slice("env:".length) }) : where;
}

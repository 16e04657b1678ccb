import { doctor } from "../../core/doctor/index.ts";
import type { DoctorReport } from "../../core/doctor/types.ts";
import { say, sayDetail } from "../../report/say.ts";
import { doctorView } from "../../report/views/doctor.ts";
import type { Session } from "../session.ts";
import { lookUp } from "./list.ts";

/** As Commander gives them. */
export interface DoctorOptions {
  readonly fix?: true;
  readonly catalog?: string;
}

/** `mirror-setup doctor [ECOSYSTEM]` */
export async function runDoctor(session: Session, name: string | undefined, options: DoctorOptions): Promise<void> {
  const { services, typed } = session;
  const looked = await lookUp(session, name, options);
  if (!looked.ok) return session.fail("doctor", looked);
  const { ids, loaded } = looked.value;
  session.looking();
  const found = await doctor(
    ids,
    { fix: options.fix === true, typed, catalogFile: options.catalog ?? null },
    loaded.catalog,
    services,
  );
  if ("ok" in found) return session.fail("doctor", found);
  const messages = [...loaded.messages, ...found.messages];
  session.finish({ command: "doctor", exitCode: found.exitCode, messages, body: bodyOf(found, session) }, (screen) =>
    doctorView(found, screen),
  );
}

function bodyOf({ diagnoses, cured, skipped }: DoctorReport, { dictionary }: Session): Record<string, unknown> {
  const ecosystems = diagnoses.map(({ findings, ...diagnosis }) => ({
    ...diagnosis,
    findings: findings.map(({ message, detail, fix, source, byFix: _, ...finding }) => {
      const { code, args } = message;
      const seen = sayDetail(detail ?? null, dictionary);
      const words = { text: say(message, dictionary), detail: seen, source: source ?? null };
      return { ...finding, code, args, ...words, fixable: fix !== null };
    }),
  }));
  const changes = (cured?.files ?? []).flatMap(({ keys }) => keys);
  return { ecosystems, skipped, transaction: cured?.transaction ?? null, changes };
}

import { expect, it } from "vitest";
import { type Fault, type FaultName, faultTables, type LabEcosystem } from "../lab/faults.ts";
import { describeWith } from "../lab/tools.ts";
import { faultsOf, mirrorOf, type Report, testDocument } from "./documents.ts";
import { ask, makeHome, trustingAll, useLab, withOnly } from "./driver.ts";

/** What shows only in company or by luck: told apart. */
const apart = ["drip", "flaky-500"] as const;
type Told<E extends LabEcosystem> = Exclude<FaultName<E>, (typeof apart)[number]>;

/**
 * What is right to say of each way to be bad: a verdict, the reason or `-`, and the traits, where `*` stands for those of a healthy mirror.
 * Several, where the race may or may not come to see it.
 */
export type Verdicts<E extends LabEcosystem> = Readonly<Record<Told<E>, string>>;

/** What all ecosystems have in common: whatever fails before anything is known of it. */
export const commonVerdicts = {
  refused: "rejected connect",
  "hang-connect": "rejected timeout",
  "hang-tls": "rejected timeout",
  garbage: "rejected not-a-mirror",
  "plain-http": "rejected not-a-mirror",
  "tls-expired": "rejected tls",
  "tls-not-yet": "rejected tls",
  "tls-wrong-name": "rejected tls",
  "tls-untrusted": "rejected tls",
  "hang-response": "rejected timeout",
  "hang-body": "rejected timeout",
  reset: "rejected connect",
  "login-page": "rejected not-a-mirror",
  "fast-404": "rejected http-status",
  "error-500": "rejected http-status",
  "rate-limited": "rejected rate-limited",
  denied: "rejected denied",
  "client-denied": "rejected client-denied",
  "redirect-upstream": "rejected redirects-away",
  "redirect-http": "rejected redirects-away",
  "http-only-zip": "rejected redirects-away",
  "redirect-loop": "rejected redirects-away",
  "cdn-expired": "rejected tls",
  truncated: "rejected truncated",
  "truncated-all": "rejected truncated",
  endless: "rejected not-a-mirror",
  "gzip-bomb": "rejected not-a-mirror",
  escapes: "rejected not-a-mirror",
  "escapes-redirect": "rejected redirects-away",
  "escapes-header": "rejected not-a-mirror",
  "huge-headers": "rejected not-a-mirror",
  "no-artefact": "rejected no-artefact",
} as const satisfies Partial<Verdicts<"go"> & Verdicts<"pip"> & Verdicts<"npm"> & Verdicts<"docker">>;

/** What an index and a registry have in common beside that. */
export const indexVerdicts = {
  ...commonVerdicts,
  tampered: "rejected tampered",
  "tampered-index": "rejected tampered",
  "portal-redirect": "rejected redirects-away",
} as const satisfies Partial<Verdicts<"pip"> & Verdicts<"npm">>;

/**
 * One race over a healthy host and every fault that the lab has for an ecosystem, and what `test --json` says of each.
 *
 * @param usual the traits of a healthy mirror, sorted.
 * @param more further arguments of the command.
 */
export function verdictTable<E extends LabEcosystem>(
  ecosystem: E,
  usual: readonly string[],
  expected: Verdicts<E>,
  more: readonly string[] = [],
): void {
  const table: Readonly<Record<string, string>> = expected;
  const names = Object.keys(faultTables[ecosystem]).filter((name) => name in table);
  describeWith(ecosystem, `test ${ecosystem}: what is said of every fault`, () => {
    const lab = useLab([
      { id: "healthy", ecosystem },
      ...names.map((fault) => ({ id: fault, fault: fault as Fault, ecosystem })),
    ]);
    let raced: Promise<Report> | null = null;
    const race = () => {
      const run = async () => {
        const home = await makeHome();
        const env = { ...trustingAll(lab()), ...(await withOnly(home, ecosystem)) };
        return (await ask(["test", ecosystem, "--catalog", lab().catalogFile, ...more], { home, env })).report;
      };
      raced ??= run();
      return raced;
    };
    const seen = async (id: string) => {
      const { verdict, reason, traits } = mirrorOf(await race(), id);
      return [verdict, reason ?? "-", ...traits.toSorted()].join(" ");
    };

    it("reports in the documented shape, the good ones ranked", async () => {
      const report = await race();
      expect(faultsOf(testDocument, report)).toEqual([]);
      expect(report).toMatchObject({ command: "test", exitCode: 0 });
      expect(report.ecosystems.map((each) => each.ecosystem)).toEqual([ecosystem]);
      const ranked = report.ecosystems[0]?.mirrors.filter(({ rank }) => rank !== null) ?? [];
      const inOrder = ranked.toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
      expect(inOrder.map(({ id }) => id)).toEqual(report.ecosystems[0]?.ranking);
      expect(inOrder.map(({ rank }) => rank)).toEqual(inOrder.map((_, index) => index + 1));
      expect(ranked.every(({ verdict }) => verdict === "ok" || verdict === "degraded")).toBe(true);
    });

    it("a healthy one is good, beside all the bad ones", async () => {
      expect(mirrorOf(await race(), "healthy")).toMatchObject({
        verdict: "ok",
        reason: null,
        detail: null,
        findings: [],
      });
      expect(await seen("healthy")).toBe(["ok", "-", ...usual].join(" "));
    });

    it.each(names)("%s", async (name) => {
      const wanted = (table[name] ?? "")
        .split("|")
        .map((each) => each.replace(" *", usual.map((trait) => ` ${trait}`).join("")));
      const { detail, reason, findings, verdict } = mirrorOf(await race(), name);
      expect(wanted, detail ?? "").toContain(await seen(name));
      if (reason !== null) expect(findings).toContain(reason);
      if (verdict === "rejected" && name !== "tampered-bulk") expect(detail).toBeTruthy();
    });
  });
}

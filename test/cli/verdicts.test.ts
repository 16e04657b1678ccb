import { expect, it } from "vitest";
import { type FaultName, faultTable } from "../lab/faults.ts";
import { describeWith } from "../lab/tools.ts";
import { faultsOf, mirrorOf, type Report, testDocument } from "./documents.ts";
import { ask, databaseLine, makeHome, trusting, useLab } from "./driver.ts";

/** What needs fewer rivals, or luck, to be seen: told in tests of their own. */
type Apart = "drip" | "flaky-500";

/** What is right to say of each way to be bad: a verdict, and the reason or the trait that goes with it. */
const expected: Readonly<Record<Exclude<FaultName, Apart>, string>> = {
  refused: "rejected connect",
  "hang-connect": "rejected timeout",
  "hang-tls": "rejected timeout",
  garbage: "rejected not-a-mirror",
  "plain-http": "rejected not-a-mirror",
  "tls-expired": "rejected tls",
  "tls-not-yet": "rejected tls",
  "tls-wrong-name": "rejected tls",
  "tls-untrusted": "rejected tls",
  "tls-expiring": "degraded tls-expiring",
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
  "redirect-cdn": "ok sumdb",
  "cdn-expired": "rejected tls",
  truncated: "rejected truncated",
  "truncated-all": "rejected truncated",
  endless: "rejected not-a-mirror",
  "gzip-bomb": "rejected not-a-mirror",
  escapes: "rejected not-a-mirror",
  "escapes-redirect": "rejected redirects-away",
  "escapes-header": "rejected not-a-mirror",
  "huge-headers": "rejected not-a-mirror",
  "tampered-mod": "rejected tampered",
  "tampered-zip": "rejected tampered",
  "tampered-bulk": "ok sumdb|rejected tampered",
  stale: "rejected stale",
  "no-sumdb": "ok no-sumdb",
  "sumdb-forbidden": "ok no-sumdb",
  "sumdb-supported-only": "ok no-sumdb",
  "sumdb-forged": "rejected tampered",
  "no-artefact": "rejected no-artefact",
  "no-bulk": "ok sumdb",
};
const names = Object.keys(faultTable).filter((name): name is keyof typeof expected => name in expected);

describeWith("go", "test go: what is said of every fault", () => {
  const lab = useLab([
    { id: "healthy" },
    { id: "flaky-500", fault: "flaky-500" },
    ...names.map((fault) => ({ id: fault, fault })),
  ]);
  let raced: Promise<Report> | null = null;

  /** One race of them all, made by whichever test comes first. */
  const race = () => {
    const run = async () => {
      const way = { home: await makeHome(databaseLine(lab())), env: trusting(lab()) };
      return (await ask(["test", "go", "--catalog", lab().catalogFile], way)).report;
    };
    raced ??= run();
    return raced;
  };

  it("reports in the documented shape", async () => {
    const report = await race();
    expect(faultsOf(testDocument, report)).toEqual([]);
    expect(report).toMatchObject({ command: "test", exitCode: 0 });
    const found = report.ecosystems[0];
    const ranked = found?.mirrors.filter(({ rank }) => rank !== null).toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
    expect(found?.ranking).toEqual(ranked?.map(({ id }) => id));
    expect(ranked?.map(({ rank }) => rank)).toEqual(ranked?.map((_, index) => index + 1));
  });

  it("a healthy one is good, beside all the bad ones", async () => {
    expect(mirrorOf(await race(), "healthy")).toMatchObject({
      verdict: "ok",
      reason: null,
      detail: null,
      findings: [],
    });
  });

  it.each(names.map((name) => [name, expected[name]] as const))("%s: %s", async (name, wanted) => {
    const { verdict, reason, findings, traits, detail } = mirrorOf(await race(), name);
    const database = traits.filter((trait) => trait.endsWith("sumdb")).join(" ");
    expect(wanted.split("|"), detail ?? "").toContain(`${verdict} ${reason ?? database}`);
    if (reason !== null) expect(findings).toContain(reason);
  });

  it("flaky-500: what is said is founded", async () => {
    const { verdict, reason, traits } = mirrorOf(await race(), "flaky-500");
    expect(["rejected http-status", "degraded http-status", "ok no-sumdb"]).toContain(
      `${verdict} ${reason ?? traits.join(" ")}`,
    );
  });

  it("all that is not good has a detail for people", async () => {
    const report = await race();
    const silent = names.filter((name) => expected[name].startsWith("rejected") && !mirrorOf(report, name).detail);
    expect(silent).toEqual([]);
  });
});

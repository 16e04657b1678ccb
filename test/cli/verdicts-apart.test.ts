import { expect, it } from "vitest";
import { describeWith } from "../lab/tools.ts";
import { mirrorOf } from "./documents.ts";
import { ask, databaseLine, makeHome, trusting, useLab } from "./driver.ts";

describeWith("go", "test go: what shows only in company, or in a certain place", () => {
  const upstream = { name: "redirect-upstream", to: "https://proxy.golang.org" } as const;
  const lab = useLab([
    { id: "healthy" },
    { id: "drip", fault: "drip" },
    { id: "name-only", fault: upstream },
    { id: "silent", fault: "hang-connect" },
    { id: "flaky-500", fault: "flaky-500" },
  ]);

  /** Were the upstream asked after all, this proxy that is not there would end it: nothing leaves the machine. */
  const noWayOut = { HTTPS_PROXY: "http://127.0.0.1:1", NO_PROXY: "127.0.0.1" };

  const among = async (...ids: string[]) => {
    const way = { home: await makeHome(databaseLine(lab())), env: { ...trusting(lab()), ...noWayOut } };
    return (await ask(["test", "go", ...ids, "--catalog", lab().catalogFile], way)).report;
  };

  it("20 kB/s stands behind what is faster, and is called slow only where that was measured alone", async () => {
    const report = await among("drip", "healthy");
    const { verdict, reason, rateIsLowerBound } = mirrorOf(report, "drip");
    expect([verdict, reason]).toEqual(rateIsLowerBound ? ["ok", null] : ["degraded", "slow"]);
    expect(report.ecosystems[0]?.ranking).toEqual(["healthy", "drip"]);
  });

  it("a redirect to the upstream is no mirror, and the upstream is not even asked", async () => {
    expect(mirrorOf(await among("name-only"), "name-only")).toMatchObject({
      verdict: "rejected",
      reason: "redirects-away",
      detail: expect.stringContaining("proxy.golang.org"),
    });
  });

  it("of one that fails by lot, what is said is founded", async () => {
    const { verdict, reason, traits } = mirrorOf(await among("flaky-500", "healthy"), "flaky-500");
    const said = `${verdict} ${reason ?? traits.join(" ")}`;
    expect(["rejected http-status", "degraded http-status", "ok no-sumdb"]).toContain(said);
  });

  it("one that hangs does not make the others look slow", async () => {
    const report = await among("silent", "healthy");
    expect(mirrorOf(report, "silent")).toMatchObject({ verdict: "rejected", reason: "timeout" });
    expect(mirrorOf(report, "healthy")).toMatchObject({ verdict: "ok", findings: [] });
    expect(mirrorOf(report, "healthy").bytesPerSecond).not.toBe(0);
  });
});

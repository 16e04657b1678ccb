import { expect, it } from "vitest";
import { describeWith } from "../lab/tools.ts";
import { mirrorOf } from "./documents.ts";
import { ask, codesOf, databaseLine, makeHome, snapshot, trustingAll, useLab, withOnly } from "./driver.ts";

for (const ecosystem of ["go", "pip", "npm"] as const) {
  describeWith(ecosystem, `${ecosystem} MIRROR: what is named goes through the last check too`, () => {
    const lab = useLab([
      { id: "healthy", ecosystem },
      { id: "large-files-altered", ecosystem, fault: "tampered-bulk" },
    ]);
    const naming = async (...names: string[]) => {
      const home = await makeHome(ecosystem === "go" ? databaseLine(lab()) : undefined);
      const before = await snapshot(home.path);
      const env = { ...trustingAll(lab()), ...(await withOnly(home, ecosystem)) };
      const ended = await ask([ecosystem, ...names, "--catalog", lab().catalogFile], { home, env });
      return { ...ended, home, before };
    };

    it("one whose large files are altered is not written", async () => {
      const { code, report, home, before } = await naming("large-files-altered");
      expect([code, codesOf(report)]).toEqual([3, expect.arrayContaining(["named-rejected"])]);
      expect(mirrorOf(report, "large-files-altered")).toMatchObject({ verdict: "rejected", reason: "tampered" });
      expect(await snapshot(home.path)).toEqual(before);
    });

    it("one that is good is", async () => {
      const { code, report } = await naming("healthy");
      expect([code, report.changes.length > 0]).toEqual([0, true]);
    });
  });
}

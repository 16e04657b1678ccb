import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { HostSpec, Lab } from "../lab/index.ts";
import { describeWith, runTool } from "../lab/tools.ts";
import { faultsOf, mirrorOf, probedDocument } from "./documents.ts";
import { ask, codesOf, type Home, makeHome, put, run, snapshot, trustingAll, useLab, withOnly } from "./driver.ts";

/** One that is good on the whole beside one that only answers sooner, and four that are no good at all. */
const behaviours: Readonly<Record<string, Omit<HostSpec, "id">>> = {
  swift: { rttMs: 8, bytesPerSecond: 40e6 },
  sluggish: { rttMs: 2, bytesPerSecond: 300_000 },
  tampered: { rttMs: 1, fault: "tampered" },
  stale: { rttMs: 1, fault: "stale" },
  denied: { rttMs: 1, fault: "denied" },
  portal: { rttMs: 1, fault: "login-page" },
};
const bad = ["tampered", "stale", "denied", "portal"];
const ids = Object.keys(behaviours);

/** What differs between the two: the file, the line in it, and how the real tool fetches a package with that home's own settings. */
const kinds = {
  pip: {
    key: "global.index-url",
    file: (home: Home) => home.pipConf,
    text: (url: string) => `[global]\nindex-url = ${url}`,
    userAgent: /^pip\//,
    fetch: ({ wheel }: Lab) => ["download", "--no-deps", "--dest", "packages", wheel.project],
  },
  npm: {
    key: "registry",
    file: (home: Home) => home.npmrc,
    text: (url: string) => `registry=${url}`,
    userAgent: /^npm\//,
    fetch: ({ npmPackage }: Lab) => ["install", "--no-audit", npmPackage.name],
  },
} as const;

for (const ecosystem of ["pip", "npm"] as const) {
  const { key, file, text, userAgent, fetch } = kinds[ecosystem];
  describeWith(ecosystem, `${ecosystem} --fastest among six`, () => {
    const lab = useLab(ids.map((id) => ({ id, ecosystem, ...behaviours[id] })));
    const newWay = async () => {
      const home = await makeHome();
      return { home, env: { ...trustingAll(lab()), ...(await withOnly(home, ecosystem)) } };
    };
    const fastest = () => [ecosystem, "--fastest", "--catalog", lab().catalogFile];
    const requests = () => new Map(ids.map((id) => [id, lab().host(id).log.length]));

    it("takes the one that serves best, and the real tool fetches from it alone", async () => {
      const way = await newWay();
      const { home } = way;
      const { code, report } = await ask(fastest(), way);
      const url = lab().host("swift").mirrorUrl;
      expect(code, JSON.stringify(report.messages)).toBe(0);
      expect(faultsOf(probedDocument, report)).toEqual([]);
      expect(report.probe?.ecosystems[0]?.ranking[0]).toBe("swift");
      for (const id of bad) expect([id, mirrorOf(report, id).rank]).toEqual([id, null]);
      expect(report.changes).toMatchObject([{ ecosystem, tool: ecosystem, key, before: null, after: url }]);
      expect(report.inForce[0]).toMatchObject({
        key,
        value: url,
        mirror: "swift",
        source: file(home),
        shadowedBy: null,
      });
      expect((await readFile(file(home), "utf8")).trimEnd()).toBe(text(url));
      await expectFetchedFrom("swift", home);
    });

    /** The real tool, in a project of that home, with nothing but the lab's certificate to say beyond its settings. */
    async function expectFetchedFrom(chosen: string, home: Home): Promise<void> {
      const before = requests();
      const { PATH } = process.env;
      const project = join(home.path, "project");
      await put(join(project, "package.json"), "{}");
      const env = { PATH, HOME: home.path, ...trustingAll(lab()), PIP_DISABLE_PIP_VERSION_CHECK: "1" };
      const { code, stderr } = await runTool(ecosystem, fetch(lab()), project, env);
      expect([code, stderr]).toEqual([0, expect.any(String)]);
      for (const [id, count] of requests()) {
        expect([id, count > (before.get(id) ?? 0)]).toEqual([id, id === chosen]);
      }
      const agents = lab()
        .host(chosen)
        .log.slice(before.get(chosen))
        .map((entry) => entry.userAgent);
      expect(agents.every((agent) => userAgent.test(agent) && !agent.includes("mirror-setup"))).toBe(true);
    }

    it("writes nothing the second time, says so, and undo gives everything back", async () => {
      const way = await newWay();
      const { home } = way;
      const empty = await snapshot(home.path, { times: false });
      await run(fastest(), way);
      const before = await snapshot(home.path);
      const { code, report } = await ask(fastest(), way);
      expect([code, report.transaction, report.changes]).toEqual([0, null, []]);
      expect(codesOf(report)).toContain("nothing-to-do");
      expect(await snapshot(home.path)).toEqual(before);
      expect((await run(["undo"], way)).code).toBe(0);
      const after = Object.entries(await snapshot(home.path, { times: false }));
      expect(Object.fromEntries(after.filter(([path]) => !/^\.(local|cache)/.test(path)))).toEqual(empty);
    });

    it("a named one that is no good is not written, whatever else is", async () => {
      const way = await newWay();
      const { home } = way;
      for (const id of bad) {
        const before = await snapshot(home.path);
        const { code, report } = await ask([ecosystem, id, "--catalog", lab().catalogFile], way);
        expect([id, code, codesOf(report)]).toEqual([id, 3, expect.arrayContaining(["named-rejected"])]);
        expect(await snapshot(home.path)).toEqual(before);
      }
    });

    it("two at once without a race are refused: there is room for one", async () => {
      const { code, report } = await ask(
        [ecosystem, "swift", "sluggish", "--catalog", lab().catalogFile],
        await newWay(),
      );
      expect([code, codesOf(report)]).toEqual([2, ["one-index"]]);
    });
  });
}

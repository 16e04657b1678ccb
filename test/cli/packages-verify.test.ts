import { expect, it } from "vitest";
import { describeWith } from "../lab/tools.ts";
import { ask, codesOf, type Home, makeHome, put, run, snapshot, trustingAll, useLab, withOnly } from "./driver.ts";

const kinds = {
  pip: {
    file: (home: Home) => home.pipConf,
    own: "# mine\n[global]\ntimeout = 60\n",
    cause: /ERROR: .*403 Client Error/,
  },
  npm: { file: (home: Home) => home.npmrc, own: "; mine\nfund=false\n", cause: /code E403; .*403 Forbidden/ },
} as const;

for (const ecosystem of ["pip", "npm"] as const) {
  const { file, own, cause } = kinds[ecosystem];
  describeWith(ecosystem, `${ecosystem} --verify`, () => {
    const lab = useLab([
      { id: "good", ecosystem },
      { id: "denied", ecosystem, fault: "denied" },
    ]);
    const newWay = async () => {
      const home = await makeHome();
      await put(file(home), own);
      return { home, env: { ...trustingAll(lab()), ...(await withOnly(home, ecosystem)) } };
    };
    const set = (id: string) => [ecosystem, id, "--verify", "--catalog", lab().catalogFile];

    it("has the real tool fetch through it, which leaves nothing but the setting", async () => {
      const way = await newWay();
      const { code, report } = await ask(set("good"), way);
      expect([code, codesOf(report).includes("verified")]).toEqual([0, true]);
      const agents = lab()
        .host("good")
        .log.map(({ userAgent }) => userAgent);
      expect(agents.some((agent) => agent.startsWith(`${ecosystem}/`) && !agent.includes("mirror-setup"))).toBe(true);
      const files = Object.keys(await snapshot(way.home.path)).filter((path) => !/^(\.local|$)/.test(path));
      expect(files.at(-1)).toBe(file(way.home).slice(way.home.path.length + 1));
      expect(Object.keys(await snapshot(`${way.home.path}/../tmp`))).toEqual([""]);
    });

    it("puts the file back where it cannot fetch, and says what the tool said", async () => {
      const way = await newWay();
      const before = await snapshot(way.home.path, { times: false });
      const { code, stderr } = await run([...set("denied"), "--no-probe"], way);
      expect([code, stderr]).toEqual([8, expect.stringMatching(cause)]);
      expect(await snapshot(way.home.path, { times: false })).toMatchObject(before);
    });
  });
}

describeWith("pip", "pip --verify", () => {
  const lab = useLab([
    { id: "good", ecosystem: "pip" },
    { id: "reset", ecosystem: "pip", fault: "reset" },
  ]);

  it("works for those who let pip work in virtual environments only", async () => {
    const home = await makeHome();
    await put(home.pipConf, "[global]\nrequire-virtualenv = true\n");
    const env = { ...trustingAll(lab()), ...(await withOnly(home, "pip")) };
    const args = ["pip", "good", "--no-probe", "--verify", "--catalog", lab().catalogFile];
    const { code, stderr } = await run(args, { home, env });
    expect([code, stderr]).toEqual([0, expect.not.stringContaining("virtualenv")]);
  });

  it("does not try a broken mirror again and again", async () => {
    const home = await makeHome();
    const env = { ...trustingAll(lab()), ...(await withOnly(home, "pip")) };
    const args = ["pip", "reset", "--no-probe", "--verify", "--catalog", lab().catalogFile];
    expect((await run(args, { home, env })).code).toBe(8);
    expect(lab().host("reset").log.length).toBeLessThan(4);
  });
});

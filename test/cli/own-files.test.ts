import { chmod, lstat, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeWith } from "../lab/tools.ts";
import { exampleCatalog, exampleUrl, type Home, makeHome, put, run, snapshot, withOnly } from "./driver.ts";

/** As people have them who edit on two systems and keep their files in a folder of their own: comments, CRLF, quoting, secrets, no end to the last line. */
const kinds = {
  npm: {
    file: (home: Home) => home.npmrc,
    ugly: [
      "; what the office wants",
      `//npm.corp.example/:_authToken=\${CORP_TOKEN}`,
      '@corp:registry="https://npm.corp.example/"',
      "",
      `registry = "${exampleUrl("far", "npm")}"`,
      '//npm.team.example/:_authToken="hunter2-token"',
      "//npm.team.example/:_password=aHVudGVyMg==",
      "# email = nobody",
      "omit[] = optional",
      "proxy=http://alice:hunter2@proxy.example:3128",
    ].join("\r\n"),
  },
  pip: {
    file: (home: Home) => home.pipConf,
    ugly: [
      "# what the office wants",
      "[global]",
      "timeout = 60",
      "extra-index-url =",
      "    https://alice:hunter2@pypi.corp.example/simple",
      "",
      "    # the team's",
      "    https://hunter2-token@pypi.team.example/simple",
      `index_url: ${exampleUrl("far", "pip")}`,
      "",
      "[install]",
      "; this one wins",
      `index-url=${exampleUrl("far", "pip")}`,
      "user = yes",
    ].join("\r\n"),
  },
} as const;
const secret = /hunter2|aHVudGVyMg|s3same/;
const token = { CORP_TOKEN: "s3same" };

for (const ecosystem of ["npm", "pip"] as const) {
  const { ugly, file } = kinds[ecosystem];

  /** The file is a link to one that is the person's alone. */
  const linked = async () => {
    const home = await makeHome();
    const real = join(home.path, "dotfiles", ecosystem);
    await put(real, ugly);
    await chmod(real, 0o600);
    await put(join(file(home), "..", ".keep"), "");
    await symlink(real, file(home));
    const catalog = await exampleCatalog(home);
    const way = { home, env: { ...(await withOnly(home, ecosystem)), ...token } };
    return { real, way, set: [ecosystem, "near", "--no-probe", "--catalog", catalog], catalog };
  };

  describeWith(ecosystem, `${ecosystem}: a file with secrets, comments and oddities`, () => {
    it("changes in the address alone, and stays a private file behind a link", async () => {
      const { real, way, set } = await linked();
      const { code, stdout, stderr } = await run(set, way);
      expect(code, stdout + stderr).toBe(0);
      const [far, near] = [exampleUrl("far", ecosystem), exampleUrl("near", ecosystem)];
      expect(await readFile(file(way.home), "utf8")).toBe(ugly.replaceAll(far, near));
      expect((await lstat(file(way.home))).isSymbolicLink()).toBe(true);
      expect((await lstat(real)).mode & 0o777).toBe(0o600);
      const before = await snapshot(way.home.path);
      expect((await run(set, way)).stdout).toContain("nothing to do");
      expect(await snapshot(way.home.path)).toEqual(before);
    });

    it("loses the mirror and nothing else on reset, and undo gives back every byte, the mode and the link", async () => {
      const { way, set, catalog } = await linked();
      const before = await snapshot(way.home.path, { times: false });
      await run(set, way);
      const { code } = await run(["reset", ecosystem, "--catalog", catalog], way);
      expect(code).toBe(0);
      const kept = ugly.split("\r\n").filter((line) => !line.includes(exampleUrl("far", ecosystem)));
      expect(await readFile(file(way.home), "utf8")).toBe(kept.join("\r\n"));
      for (const _ of ["the reset", "the write"]) expect((await run(["undo"], way)).code).toBe(0);
      expect(await snapshot(way.home.path, { times: false })).toMatchObject(before);
    });

    it("gives none of its secrets away, whatever is asked", async () => {
      const { way, set, catalog } = await linked();
      const asked = [
        [...set, "--dry-run"],
        [...set, "--dry-run", "--json"],
        set,
        ["status", "--catalog", catalog, "--json"],
        ["status", ecosystem, "--catalog", catalog],
        ["history", "--json"],
        ["reset", ecosystem, "--catalog", catalog, "--verbose"],
        ["undo", "--json"],
        ["history"],
      ];
      for (const args of asked) {
        const { code, stdout, stderr } = await run(args, way);
        expect([args, code, secret.exec(stdout + stderr)]).toEqual([args, 0, null]);
      }
    });
  });
}

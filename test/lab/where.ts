import { describe, it } from "vitest";

/**
 * A `describe` for what cannot be tried on every machine. Where it cannot, one test of its name is skipped, and stderr says why; in CI (`CI=true`),
 * which promises it (.ci/run), that test fails: so a green run always means that these tests have run.
 */
export function describeWhere(can: boolean, why: string, name: string, tests: () => void, promised = true): void {
  if (can) {
    describe(name, tests);
    return;
  }
  const said = `SKIPPED: ${why}: ${name}`;
  if (promised && process.env.CI === "true") {
    it(said, () => {
      throw new Error(`not in CI: ${why}`);
    });
    return;
  }
  process.stderr.write(`${said}\n`);
  it.skip(said, () => undefined);
}

import { networkInterfaces } from "node:os";
import { describe, it } from "vitest";

/** Tests that need `::1` on this machine's loopback. Where it is missing, one test of this name says so, loudly: in CI by failing. */
export function describeWithIpv6(name: string, tests: () => void): void {
  const hasIt = Object.values(networkInterfaces()).some((found) => found?.some(({ address }) => address === "::1"));
  if (hasIt) {
    describe(name, tests);
    return;
  }
  const why = `SKIPPED: the loopback has no ::1: ${name}`;
  if (process.env.CI === "true") {
    it(why, () => {
      throw new Error("CI must have ::1");
    });
    return;
  }
  process.stderr.write(`${why}\n`);
  it.skip(why, () => undefined);
}

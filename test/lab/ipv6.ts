import { networkInterfaces } from "node:os";
import { describeWhere } from "./where.ts";

/** Tests that need `::1` on this machine's loopback. */
export function describeWithIpv6(name: string, tests: () => void): void {
  const hasIt = Object.values(networkInterfaces()).some((found) => found?.some(({ address }) => address === "::1"));
  describeWhere(hasIt, "the loopback has no ::1", name, tests);
}

import type { HostFacts } from "../../platform/types.ts";
import type { HttpPort } from "../types.ts";
import { realHttpPort } from "./session.ts";
import { trustedAuthorities } from "./trust.ts";

/** HTTP over this machine's sockets, trusting whom its environment trusts. */
export function realHttp(facts: HostFacts): HttpPort {
  return realHttpPort(facts, () => trustedAuthorities(facts));
}

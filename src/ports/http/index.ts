import { setFlagsFromString } from "node:v8";
import type { HostFacts } from "../../platform/types.ts";
import type { HttpPort } from "../types.ts";
import { realHttpPort } from "./session.ts";
import { trustedAuthorities } from "./trust.ts";

/**
 * How long glibc asks a name server (https://man7.org/linux/man-pages/man5/resolv.conf.5.html): twice a second, instead of twice five seconds. A lost packet
 * is no lost race then, and where nobody answers the process can end: Node waits at its end for look-ups under way, which nothing can call back. Late answers
 * to the first question still count. Only for ourselves: the tools that we run have the environment as it was.
 */
const resolverOptions = "timeout:1 attempts:2";

/**
 * undici's HTTP parser is WebAssembly. V8 would have a second thread make its one large function faster: a fifth of all that a race computes, and ready when
 * that is over. https://v8.dev/docs/wasm-compilation-pipeline
 */
const baselineOnly = "--liftoff-only";

/** HTTP over this machine's sockets, trusting whom its environment trusts. */
export function realHttp(facts: HostFacts): HttpPort {
  process.env.RES_OPTIONS ??= resolverOptions;
  setFlagsFromString(baselineOnly);
  return realHttpPort(facts, () => trustedAuthorities(facts));
}

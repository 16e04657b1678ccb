import type { RaceResult, Standing } from "../probe/types.ts";
import type { Message } from "../report/types.ts";

/**
 * When no mirror proved good, what they have in common may say more than each of them: the network, the clock, a proxy. Said once,
 * instead of leaving a person with as many complaints as there are mirrors. Null where they have nothing in common.
 */
export function commonCause({ standings }: RaceResult, now: Date): Message | null {
  const rejected = standings.filter(({ verdict }) => verdict === "rejected");
  if (rejected.length < 2 || rejected.length < standings.length) return null;
  const all = (codes: readonly string[]) => rejected.every(({ detail }) => codes.includes(detail?.code ?? ""));
  if (all(["proxy-login"])) return { code: "cause-proxy-login", level: "error", args: {} };
  if (rejected.every(({ detail }) => detail?.code.startsWith("proxy-")))
    return { code: "cause-proxy", level: "error", args: {} };
  if (all(["cert-expired", "cert-not-yet"])) {
    return { code: "cause-clock", level: "error", args: { now: now.toISOString().slice(0, 16).replace("T", " ") } };
  }
  if (all(["cert-unknown", "cert-unknown-issuer"])) return interception(rejected);
  if (all(["nothing-new", "behind-by"])) return { code: "cause-stale", level: "error", args: {} };
  if (rejected.every(({ reason }) => reason === "dns" || reason === "connect")) {
    return { code: "cause-offline", level: "error", args: {} };
  }
  if (rejected.every(({ reason }) => reason === "timeout")) return { code: "cause-silent", level: "error", args: {} };
  return isPortal(rejected) ? { code: "cause-login", level: "error", args: {} } : null;
}

/** Hosts that have nothing to do with each other are vouched for by one and the same: that is who decrypts, and the name is on the certificates. */
function interception(rejected: readonly Standing[]): Message {
  const issuers = new Set(
    rejected.map(({ detail }) => (detail?.code === "cert-unknown-issuer" ? String(detail.args.issuer) : "")),
  );
  const [issuer = ""] = issuers;
  if (issuers.size > 1 || issuer === "") return { code: "cause-interception", level: "error", args: {} };
  return { code: "cause-interception-by", level: "error", args: { issuer } };
}

/** A network that wants a login answers for everybody, and everybody alike: the same page, or a way to the same host. */
function isPortal(rejected: readonly Standing[]): boolean {
  const seen = new Set(rejected.map(({ detail }) => JSON.stringify(detail)));
  const [first] = rejected;
  const codes = ["other-content", "redirect-plain", "redirect-dead", "cert-wrong-name", "no-tls"];
  const isLogin = first?.detail?.code === "http-status" && first.detail.args.status === 511;
  return seen.size === 1 && (isLogin || codes.includes(first?.detail?.code ?? ""));
}

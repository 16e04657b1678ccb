import type { Detail } from "../../report/types.ts";
import type { HttpFailure, HttpRequest, Phases } from "../types.ts";
import type { Exchange } from "./exchange.ts";
import { isLoopback } from "./proxy-rules.ts";

const maxRedirects = 3;

/** Opening a connection is counted once, with the exchange that needed it. First bytes add up over redirects: a user waits for all of them. */
export function addPhases(
  sum: Phases,
  line: { phases: Pick<Phases, "dns" | "connect" | "tls"> | null },
  got: Exchange,
): void {
  for (const phase of ["dns", "connect", "tls"] as const) {
    const spent = line.phases?.[phase] ?? null;
    if (spent !== null) sum[phase] = (sum[phase] ?? 0) + spent;
  }
  line.phases = null;
  if (got.ok) sum.firstByte = (sum.firstByte ?? 0) + got.firstByteMs;
}

/** Where an answer sends us: null for nowhere, a URL, or the reason not to go. */
export function redirectOf(
  got: Extract<Exchange, { ok: true }>,
  from: URL,
  hops: number,
  forbidden: ReadonlySet<string> | undefined,
): URL | Detail | null {
  const location = got.headers.location;
  if (![301, 302, 303, 307, 308].includes(got.status) || location === undefined) return null;
  if (!URL.canParse(location, from.href)) return { code: "redirect-nowhere", args: {} };
  const next = new URL(location, from);
  if (forbidden?.has(next.host)) return { code: "redirect-upstream", args: { host: next.host } };
  if (next.protocol !== "https:" && (from.protocol === "https:" || !isLoopback(next.hostname))) {
    return { code: "redirect-plain", args: { target: `${next.protocol}//${next.host}` } };
  }
  return hops > maxRedirects ? { code: "redirects-on", args: { most: maxRedirects } } : next;
}

/** A mirror that sends us to a host that cannot be reached has redirected away, whatever the network calls it. */
export function blamed(
  { code, detail }: Extract<Exchange, { ok: false }>,
  target: URL,
  hops: number,
): Pick<HttpFailure, "code" | "detail"> {
  const unreachable = code === "dns" || code === "connect";
  if (hops === 1 || !unreachable) return { code, detail };
  return { code: "redirects-away", detail: { code: "redirect-dead", args: { host: target.host } } };
}

/** What goes to one host of an exchange: a credential is for the host that was asked, not for where it redirects. */
export function forHost(request: HttpRequest, target: URL): HttpRequest {
  if (target.origin === new URL(request.url).origin) return request;
  const { authorization: _, ...headers } = request.headers ?? {};
  return { ...request, headers };
}

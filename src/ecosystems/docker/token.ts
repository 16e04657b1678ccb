import type { HttpResult } from "../../ports/types.ts";
import { type Fault, fault, faultOf, isForbidden, textOf } from "../../probe/answers.ts";
import type { Visit } from "../../probe/types.ts";
import { jsonIn, textIn } from "../untrusted.ts";
import { rateLimit } from "./refusals.ts";

/** What a 401 asks for: a login, or a token from an address. */
export interface Challenge {
  readonly scheme: "basic" | "bearer";
  readonly realm: string | null;
  readonly service: string | null;
}

const maxHeader = 4096;
const maxTokenBytes = 64 * 1024;
/** `name=value` or `name="value"`, from where the last one ended: https://www.rfc-editor.org/rfc/rfc9110#name-authentication-parameters */
const parameter = /[\s,]*([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/y;

/** Reads a WWW-Authenticate header, in which several challenges may follow one another; one for a token is preferred. Null: it has none that the daemon knows. */
export function challengeOf(result: HttpResult): Challenge | null {
  const header = (result.ok ? (result.headers["www-authenticate"] ?? "") : "").slice(0, maxHeader);
  const bearer = /(?:^|[\s,])bearer\s/i.exec(header);
  if (bearer === null) return /(?:^|[\s,])basic(?:\s|$)/i.test(header) ? login : null;
  const found = parametersIn(header, bearer.index + bearer[0].length);
  return { scheme: "bearer", realm: found.get("realm") ?? null, service: found.get("service") ?? null };
}

const login: Challenge = { scheme: "basic", realm: null, service: null };

function parametersIn(header: string, start: number): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  parameter.lastIndex = start;
  for (let match = parameter.exec(header); match !== null; match = parameter.exec(header)) {
    const [, name = "", quoted, bare = ""] = match;
    found.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, "$1") ?? bare);
  }
  return found;
}

/**
 * Fetches a token for pulling from one repository, without a name or a password: https://distribution.github.io/distribution/spec/auth/token/ .
 * The address is the mirror's word: it must be protected, and it must not be the upstream's own, which whoever needs a mirror cannot reach.
 */
export async function fetchToken(
  visit: Visit,
  { scheme, realm, service }: Challenge,
  repository: string,
  lane: number,
): Promise<{ readonly ok: true; readonly token: string } | Fault> {
  if (scheme === "basic") return fault("denied", { code: "login-wanted", args: {} });
  const url = realmOf(realm, new URL(visit.base));
  if (!(url instanceof URL)) return url;
  if (visit.isUpstream(url.href))
    return fault("redirects-away", { code: "redirect-upstream", args: { host: url.host } });
  if (service !== null) url.searchParams.set("service", service);
  url.searchParams.set("scope", `repository:${repository}:pull`);
  const result = await visit.get(url.href, { maxBytes: maxTokenBytes, lane, once: true });
  const isAway = url.host !== new URL(visit.base).host;
  if (!result.ok && ["dns", "connect", "tls"].includes(result.code) && isAway)
    return fault("redirects-away", { code: "redirect-dead", args: { host: url.host } });
  const bad = rateLimit(result) ?? faultOf(result);
  if (bad !== null) return isForbidden(result) ? { ...bad, reason: "denied" } : bad;
  const found = jsonIn(textOf(result));
  const token = textIn(found, "token") ?? textIn(found, "access_token") ?? "";
  // It goes into a header: nothing but visible signs.
  if (/^[\x21-\x7e]{1,16384}$/.test(token)) return { ok: true, token };
  return fault("not-a-mirror", { code: "token-other", args: {} });
}

/** Unprotected only on this machine, and only by a mirror that is unprotected here itself: one from afar has nothing to ask of our own ports. */
function realmOf(realm: string | null, base: URL): URL | Fault {
  const nowhere = fault("denied", { code: "token-nowhere", args: {} });
  if (realm === null || realm.length > 2000 || !URL.canParse(realm)) return nowhere;
  const url = new URL(realm);
  if ((url.protocol !== "https:" && url.protocol !== "http:") || url.username !== "" || url.password !== "")
    return nowhere;
  const isHere = base.protocol === "http:" && /^(localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname);
  if (url.protocol === "https:" || isHere) return url;
  return fault("redirects-away", { code: "token-plain", args: { target: `http://${url.host}` } });
}

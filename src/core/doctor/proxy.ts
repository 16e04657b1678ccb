import type { Place } from "../../ecosystems/clinic.ts";
import { setCommand, unsetCommand } from "../../platform/shell.ts";
import { startDeadline } from "../../probe/deadline.ts";
import type { Message } from "../../report/types.ts";
import type { Services } from "../types.ts";
import { changeTo, whereOf } from "./settings.ts";
import type { Check, Finding, Fix, Patient } from "./types.ts";

/** Milliseconds for a proxy to take a connection. */
const proxyMs = 3000;

/** Proxies: the tool's own, which nothing else uses, and those of the environment. */
export const proxyCheck: Check = {
  stages: ["proxy"],
  async run(patient, { findings }) {
    const { clinic, places } = patient;
    const own = places.filter(({ key, value }) => clinic?.proxy.test(key) && !/^(?:null|false|)$/.test(value));
    for (const place of own) {
      const found = await aboutProxy(place, patient);
      if (found !== null) findings.push(found);
    }
    for (const key of ["HTTPS_PROXY", "https_proxy"]) {
      const value = patient.services.read.facts.env[key] ?? "";
      const place = { tool: "", key, value, source: `env:${key}`, line: null, editable: null };
      const found = value === "" ? null : await aboutProxy(place, patient);
      if (found === null) continue;
      findings.push(found);
      break;
    }
    findings.push(...exceptions(patient));
  },
};

async function aboutProxy(place: Place, patient: Patient): Promise<Finding | null> {
  const { key, value, source, editable } = place;
  const why = await troubleWith(value, patient);
  if (why === null) return null;
  const message: Message = { code: "odd-proxy", level: "error", args: { key, proxy: value, why } };
  const base = { stage: "proxy", severity: "error", message, where: whereOf(place) } as const;
  const outside = source.startsWith("env:") ? unsetCommand(patient.services.read.facts, key) : null;
  if (editable === null) return { ...base, repair: outside, fix: null };
  const change = changeTo(place, [{ key, value: null }], patient);
  const fix: Fix = { kind: "change", change, addresses: [], afterProof: true };
  return { ...base, repair: `mirror-setup doctor ${patient.ecosystem.id} --fix`, fix };
}

/** `NO_PROXY` as some tools do not read it. https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config */
function exceptions({ services }: Patient): Finding[] {
  const name = exceptionName(services);
  const value = name === null ? "" : (services.read.facts.env[name] ?? "");
  if (name === null || !/[;，；、]|\w:\/\/|[^,\s]\s+[^,\s]/.test(value)) return [];
  const hosts = value.replace(/\w+:\/\//g, "").split(/[\s,;，；、]+/);
  const message: Message = { code: "odd-no-proxy-form", level: "warn", args: { key: name, value } };
  const sound = hosts.filter((host) => /^[\w.:*/[\]-]+$/.test(host)).join(",");
  const repair = setCommand(services.read.facts, name, sound);
  return [{ stage: "proxy", severity: "warn", where: `env:${name}`, fix: null, message, repair }];
}

function exceptionName({ read }: Services): string | null {
  return ["NO_PROXY", "no_proxy"].find((each) => (read.facts.env[each] ?? "") !== "") ?? null;
}

/** Of a host that cannot be reached: whether it is kept from the proxy by which everything else goes. Null: it is not. */
export function keptFromProxy(url: string, services: Services): Message | null {
  const { env } = services.read.facts;
  const name = exceptionName(services);
  const isProxied = ["HTTPS_PROXY", "https_proxy"].some((each) => (env[each] ?? "") !== "");
  if (name === null || !isProxied) return null;
  const host = new URL(url).hostname;
  const entry = (env[name] ?? "").split(",").find((each) => isAbout(each.trim().toLowerCase(), host));
  if (entry === undefined) return null;
  return { code: "odd-no-proxy", level: "warn", args: { key: name, entry: entry.trim(), host } };
}

/** A host, and what is below it; networks are left out, as names do not lie in them. */
function isAbout(entry: string, host: string): boolean {
  const bare = entry.replace(/^\*?\./, "").replace(/:\d+$/, "");
  return entry === "*" || (bare !== "" && (host === bare || host.endsWith(`.${bare}`)));
}

/** Why nothing can go through a proxy: what it is called, or that nobody answers there. Null: somebody does. */
async function troubleWith(text: string, { services }: Parameters<Check["run"]>[0]): Promise<string | null> {
  const address = text.includes("://") ? text : `http://${text}`;
  if (!URL.canParse(address)) return "no-address";
  const { protocol, host, port } = new URL(address);
  if (!/^(?:https?|socks(?:4|4a|5|5h)?):$/.test(protocol)) return "no-proxy-scheme";
  const session = (await services.http()).session("mirror-setup");
  const deadline = startDeadline(services.clock, proxyMs, services.signal);
  try {
    const scheme = protocol === "https:" ? "https" : "http";
    const fallback = protocol.startsWith("socks") && port === "" ? ":1080" : "";
    const result = await session.get({
      url: `${scheme}://${host}${fallback}/`,
      maxBytes: 1024,
      signal: deadline.signal,
    });
    if (result.ok || (result.code !== "dns" && result.code !== "connect" && result.code !== "timeout")) return null;
    // A connection that was taken, and then closed because this is no request for a proxy, is an answer.
    return result.detail.code === "unanswered" ? null : result.code === "dns" ? "no-such-host" : "nobody-there";
  } finally {
    deadline.end();
    session.close();
  }
}

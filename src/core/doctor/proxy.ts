import type { Place } from "../../ecosystems/clinic.ts";
import { once } from "../../ecosystems/once.ts";
import { exceptionFor, exceptions, proxyVariable } from "../../platform/proxy.ts";
import { setCommand } from "../../platform/shell.ts";
import type { ProxyHabit } from "../../platform/types.ts";
import { startDeadline } from "../../probe/deadline.ts";
import type { Message } from "../../report/types.ts";
import type { Services } from "../types.ts";
import { changeTo, repairOf, whereOf } from "./settings.ts";
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
    const named = proxyVariable(patient.services.read.facts, "https:", habitOf(patient));
    if (named !== null) {
      const found = await aboutProxy(
        { tool: "", ...named, source: `env:${named.key}`, line: null, editable: null },
        patient,
      );
      if (found !== null) findings.push(found);
    }
    findings.push(...oddExceptions(patient));
  },
};

async function aboutProxy(place: Place, patient: Patient): Promise<Finding | null> {
  const { key, value, editable } = place;
  const { services } = patient;
  // One proxy is asked once, whichever of the ecosystems go through it.
  const why = await once(services.read, `proxy ${value}`, () => troubleWith(value, services));
  if (why === null) return null;
  const message: Message = { code: "odd-proxy", level: "error", args: { key, proxy: value, why } };
  const base = { stage: "proxy", severity: "error", message, where: whereOf(place) } as const;
  if (editable === null) return { ...base, repair: repairOf(place, null, patient), fix: null };
  const change = changeTo(place, [{ key, value: null }], patient);
  const fix: Fix = { kind: "change", change, addresses: [], afterProof: true };
  return { ...base, repair: repairOf(place, fix, patient), fix };
}

/** `NO_PROXY` as some tools do not read it. https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config */
function oddExceptions(patient: Patient): Finding[] {
  const { facts } = patient.services.read;
  const { key, value } = exceptions(facts, habitOf(patient)) ?? { key: "", value: "" };
  if (!/[;，；、]|\w:\/\/|[^,\s]\s+[^,\s]/.test(value)) return [];
  const hosts = value.replace(/\w+:\/\//g, "").split(/[\s,;，；、]+/);
  const message: Message = { code: "odd-no-proxy-form", level: "warn", args: { key, value } };
  const sound = hosts.filter((host) => /^[\w.:*/[\]-]+$/.test(host)).join(",");
  return [
    {
      stage: "proxy",
      severity: "warn",
      where: `env:${key}`,
      fix: null,
      message,
      repair: setCommand(facts, key, sound),
    },
  ];
}

/** Of a host that cannot be reached: whether it is kept from the proxy by which everything else goes. Null: it is not. */
export function keptFromProxy(url: string, patient: Patient): Message | null {
  const { facts } = patient.services.read;
  const target = new URL(url);
  const habit = habitOf(patient);
  const found = proxyVariable(facts, target.protocol, habit) === null ? null : exceptionFor(facts, target, habit);
  if (found === null) return null;
  return { code: "odd-no-proxy", level: "warn", args: { key: found.key, entry: found.value, host: target.hostname } };
}

function habitOf({ ecosystem, catalog }: Patient): ProxyHabit {
  return ecosystem.protocol(catalog.probes).proxies ?? "go";
}

/** Why nothing can go through a proxy: what it is called, or that nobody answers there. Null: somebody does. */
async function troubleWith(text: string, services: Services): Promise<string | null> {
  const address = text.includes("://") ? text : `http://${text}`;
  if (!URL.canParse(address)) return "no-address";
  const { protocol, host, port } = new URL(address);
  if (!/^(?:https?|socks(?:4|4a|5|5h)?):$/.test(protocol)) return "no-proxy-scheme";
  const session = (await services.http()).session("mirror-setup", undefined, "none");
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

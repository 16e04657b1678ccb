import { mirrorAt } from "../../catalog/find.ts";
import { startDeadline } from "../../probe/deadline.ts";
import type { Message } from "../../report/types.ts";
import { changeTo, whereOf } from "./settings.ts";
import type { Check, Fix } from "./types.ts";

/** Milliseconds for a proxy to take a connection. */
const proxyMs = 3000;

/** What the tools themselves remark on, and what is wrong without being one key. */
export const oddityCheck: Check = {
  stages: ["config"],
  async run({ tools, clinic, services }, { findings }) {
    const currents = tools.map(({ current }) => current);
    const found = (await clinic?.oddities(services.read, currents)) ?? [];
    findings.push(...found.map((oddity) => ({ stage: "config", fix: null, ...oddity }) as const));
    const covered = new Set(clinic?.covered);
    const remarks = currents
      .flatMap(({ messages }) => messages)
      .filter(({ code, level }) => level === "warn" && !covered.has(code));
    const seen = new Set<string>();
    for (const message of remarks) {
      if (seen.has(message.code)) continue;
      seen.add(message.code);
      findings.push({ stage: "config", severity: "warn", message, where: null, repair: null, fix: null });
    }
  },
};

/** Values that are stored, and something stronger wins. */
export const shadowCheck: Check = {
  stages: ["environment"],
  async run({ tools }, { findings }) {
    for (const { tool, current } of tools) {
      for (const { key, stored, value, shadowedBy, source } of current.settings) {
        if (shadowedBy === null || shadowedBy === "default") continue;
        const args = { tool: tool.id, key, stored: stored ?? "", value: value ?? "", winner: shadowedBy };
        const message: Message = { code: "odd-shadowed", level: "warn", args };
        const repair = shadowedBy.startsWith("env:") ? `unset ${shadowedBy.slice("env:".length)}` : null;
        const same = findings.some(
          ({ message: other }) => other.code === message.code && JSON.stringify(other.args) === JSON.stringify(args),
        );
        if (!same) findings.push({ stage: "environment", severity: "warn", message, where: source, repair, fix: null });
      }
    }
  },
};

/** Lock files that tie packages to a mirror that is no more, whichever is set. */
export const lockCheck: Check = {
  stages: ["config"],
  async run({ tools, catalog, ecosystem }, { findings }) {
    const locked = new Map(
      tools.flatMap(({ current }) => (current.locked ?? []).map((each) => [each.file, each] as const)),
    );
    for (const { file, registry, packages } of locked.values()) {
      if (mirrorAt(catalog, ecosystem.id, registry)?.status !== "closed") continue;
      const message: Message = { code: "odd-locked", level: "error", args: { count: packages, registry } };
      const isNpm = /(?:package-lock|npm-shrinkwrap)\.json$/.test(file);
      const repair = isNpm ? "npm ci --replace-registry-host=always" : null;
      findings.push({ stage: "config", severity: "error", message, where: file, repair, fix: null });
    }
  },
};

/** Files that a setting names and that are not there: certificates, above all. */
export const fileCheck: Check = {
  stages: ["config", "environment"],
  async run({ clinic, places, services }, { findings }) {
    for (const place of places.filter(({ key }) => clinic?.file.test(key) ?? false)) {
      const state = await services.read.read(place.value);
      if (state.kind !== "missing" && !(state.kind === "blocked" && state.why !== "directory")) continue;
      if (state.kind === "blocked" && place.key === "REQUESTS_CA_BUNDLE") continue;
      const message: Message = {
        code: "odd-missing-file",
        level: "error",
        args: { key: place.key, file: place.value },
      };
      const outside = place.source.startsWith("env:");
      const repair = outside ? `unset ${place.key}` : null;
      findings.push({
        stage: outside ? "environment" : "config",
        severity: "error",
        message,
        where: whereOf(place),
        repair,
        fix: null,
      });
    }
  },
};

/** Proxies: the tool's own, which nothing else uses, and those of the environment. */
export const proxyCheck: Check = {
  stages: ["proxy"],
  async run(patient, { findings }) {
    const { clinic, places, services } = patient;
    for (const place of places.filter(
      ({ key, value }) => (clinic?.proxy.test(key) ?? false) && !/^(?:null|false|)$/.test(value),
    )) {
      const trouble = await troubleWith(place.value, patient);
      if (trouble === null) continue;
      const message: Message = {
        code: "odd-proxy",
        level: "error",
        args: { key: place.key, proxy: place.value, why: trouble },
      };
      const fix: Fix | null =
        place.editable === null
          ? null
          : {
              kind: "change",
              change: changeTo(place, [{ key: place.key, value: null }], patient),
              addresses: [],
              afterProof: true,
            };
      const repair = fix === null ? `unset ${place.key}` : `mirror-setup doctor ${patient.ecosystem.id} --fix`;
      findings.push({ stage: "proxy", severity: "error", message, where: whereOf(place), repair, fix });
    }
    for (const name of ["HTTPS_PROXY", "https_proxy"]) {
      const value = services.read.facts.env[name] ?? "";
      const trouble = value === "" ? null : await troubleWith(value, patient);
      if (trouble === null) continue;
      const message: Message = { code: "odd-proxy", level: "error", args: { key: name, proxy: value, why: trouble } };
      findings.push({
        stage: "proxy",
        severity: "error",
        message,
        where: `env:${name}`,
        repair: `unset ${name}`,
        fix: null,
      });
      break;
    }
  },
};

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

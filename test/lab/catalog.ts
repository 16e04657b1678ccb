import type { HostSpec, LabHost } from "./types.ts";

/** When the lab's catalog says it was made: fixed, so that outputs can be compared. */
const updated = "2026-11-20";

/** A catalog in the format of mirrors.json: each host a mirror of its ecosystem, in the order given, and the lab's own probes. */
export function makeCatalog(specs: readonly HostSpec[], host: (id: string) => LabHost, probes: object): object {
  const mirrors = specs.map(({ id, mirrorId, ecosystem, operator, offer }) => ({
    id: mirrorId ?? id,
    ecosystem: ecosystem ?? "go",
    name: { zh: `实验室 ${mirrorId ?? id}`, en: `Lab ${mirrorId ?? id}` },
    operator: operator ?? mirrorId ?? id,
    kind: "community",
    url: host(id).mirrorUrl,
    status: "active",
    offer: offer ?? true,
    restriction: null,
    docs: null,
    asOf: "2026-11",
  }));
  return { version: 1, updated, mirrors, probes };
}

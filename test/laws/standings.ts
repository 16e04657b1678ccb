import fc from "fast-check";
import type { Mirror } from "../../src/catalog/types.ts";
import type { Standing } from "../../src/probe/types.ts";

const hosts = ["a.example", "b.example", "c.example", "d.example", "e.example"];
const operators = ["One", "Two", null];

/** A race's standings, in their order: proved ones first, as `rank` leaves them. */
export const standings: fc.Arbitrary<Standing[]> = fc
  .uniqueArray(
    fc.record({
      host: fc.constantFrom(...hosts),
      path: fc.constantFrom("", "/go", "/go/"),
      operator: fc.constantFrom(...operators),
      verdict: fc.constantFrom("ok", "degraded", "unfinished", "rejected"),
      seconds: fc.option(fc.double({ min: 0.5, max: 60, noNaN: true }), { nil: null }),
      latencyMs: fc.option(fc.double({ min: 1, max: 900, noNaN: true }), { nil: null }),
    }),
    { maxLength: 8, selector: ({ host, path }) => host + path.replace(/\/$/, "") },
  )
  .map((all) => all.map((parts) => standing(parts)).toSorted(byPlace));

const plainMirror: Omit<Mirror, "id" | "url"> = {
  ecosystem: "go",
  name: { zh: "某", en: "some" },
  operator: null,
  kind: "cloud",
  status: "active",
  offer: true,
  restriction: null,
  docs: null,
  asOf: null,
  note: null,
  settings: {},
  aliases: [],
  closedOn: null,
  evidence: [],
  companions: {},
  insecure: false,
  origin: "file",
};

interface Parts {
  host: string;
  path?: string;
  operator?: string | null;
  verdict?: Standing["verdict"];
  seconds?: number | null;
  latencyMs?: number | null;
}

/** One standing; what is not said is that of a good mirror. */
export function standing({
  host,
  path = "",
  operator = null,
  verdict = "ok",
  seconds = 5,
  latencyMs = 20,
}: Parts): Standing {
  const id = host.split(".")[0] ?? host;
  const url = `https://${host}${path}`;
  const mirror: Mirror = { ...plainMirror, id, operator, url };
  return {
    candidate: { id: id + path, url, mirror },
    ...{ verdict, rank: null, reason: null, detail: null, findings: [], traits: [], latencyMs, bytesPerSecond: null },
    rateIsLowerBound: false,
    ...{ expectedInstallSeconds: seconds, behind: null, tlsDaysLeft: null, bytes: 0, requests: 0, stages: [] },
  };
}

const order = { ok: 0, degraded: 1, unfinished: 2, rejected: 3 } as const;

function byPlace(a: Standing, b: Standing): number {
  const unknown = 1e9;
  const seconds = (a.expectedInstallSeconds ?? unknown) - (b.expectedInstallSeconds ?? unknown);
  return order[a.verdict] - order[b.verdict] || seconds || (a.latencyMs ?? unknown) - (b.latencyMs ?? unknown);
}

import * as v from "valibot";

/** The documents of `--json`, as the README has them. Fields may be added; none may be missing, renamed or of another type. */

const orNull = <S extends v.GenericSchema>(schema: S) => v.union([schema, v.null()]);

const message = v.strictObject({
  code: v.string(),
  level: v.picklist(["info", "warn", "error"]),
  args: v.record(v.string(), v.unknown()),
  text: v.string(),
  about: v.optional(v.string()),
});

const document = {
  version: v.literal(1),
  command: v.string(),
  exitCode: v.number(),
  messages: v.array(message),
};

const reasons = [
  "dns",
  "connect",
  "tls",
  "tls-expiring",
  "timeout",
  "http-status",
  "not-a-mirror",
  "denied",
  "client-denied",
  "rate-limited",
  "redirects-away",
  "truncated",
  "tampered",
  "no-artefact",
  "stale",
  "slow",
  "restricted",
] as const;

const mirror = v.object({
  id: v.string(),
  url: v.string(),
  rank: orNull(v.number()),
  verdict: v.picklist(["ok", "degraded", "unfinished", "rejected"]),
  reason: orNull(v.picklist(reasons)),
  detail: orNull(v.string()),
  findings: v.array(v.picklist(reasons)),
  traits: v.array(v.string()),
  latencyMs: orNull(v.number()),
  bytesPerSecond: orNull(v.number()),
  rateIsLowerBound: v.boolean(),
  expectedInstallSeconds: orNull(v.number()),
  lag: v.object({ seconds: orNull(v.number()), behind: orNull(v.number()), unit: v.string() }),
  tlsDaysLeft: orNull(v.number()),
  bytes: v.number(),
  requests: v.number(),
  stages: v.array(v.object({ stage: v.string(), ok: orNull(v.boolean()), ms: orNull(v.number()) })),
});

const ecosystem = v.object({
  ecosystem: v.string(),
  ranking: v.array(v.string()),
  elapsedMs: v.number(),
  requests: v.number(),
  bytes: v.number(),
  mirrors: v.array(mirror),
});

const change = v.object({
  ecosystem: v.string(),
  tool: v.string(),
  scope: v.string(),
  file: v.string(),
  key: v.string(),
  before: orNull(v.string()),
  after: orNull(v.string()),
});

const inForce = v.object({
  ecosystem: v.string(),
  tool: v.string(),
  scope: v.string(),
  key: v.string(),
  value: orNull(v.string()),
  mirror: orNull(v.string()),
  source: v.string(),
  line: orNull(v.number()),
  shadowedBy: orNull(v.string()),
});

export const testDocument = v.object({ ...document, ecosystems: v.array(ecosystem) });

export const changeDocument = v.object({
  ...document,
  dryRun: v.boolean(),
  transaction: orNull(v.string()),
  changes: v.array(change),
  inForce: v.array(inForce),
  skipped: v.array(v.object({ ecosystem: v.string(), tool: v.string(), reason: v.string() })),
});

export const probedDocument = v.object({
  ...changeDocument.entries,
  probe: v.object({ ecosystems: v.array(ecosystem) }),
});

export const statusDocument = v.object({ ...document, inForce: v.array(inForce) });

export const listDocument = v.object({ ...document, mirrors: v.array(v.looseObject({ id: v.string() })) });

const image = v.strictObject({
  image: v.string(),
  state: v.picklist(["pulled", "present", "failed"]),
  digest: orNull(v.string()),
  mirror: orNull(v.string()),
  confirmedBy: v.array(v.string()),
  tool: v.picklist(["docker", "podman"]),
});

export const pullDocument = v.object({
  ...document,
  images: v.array(image),
  probe: v.optional(v.object({ ecosystems: v.array(ecosystem) })),
});

type Judged = v.InferOutput<typeof mirror>;

/** Any document, before a schema has looked at it: what the tests read off it. */
export type Report = v.InferOutput<typeof changeDocument> & {
  readonly ecosystems: v.InferOutput<typeof testDocument>["ecosystems"];
  readonly mirrors: readonly { readonly id: string; readonly url: string; readonly [key: string]: unknown }[];
  readonly transactions: readonly { readonly id: string; readonly command: string; readonly status: string }[];
  readonly path: string;
  readonly images: v.InferOutput<typeof pullDocument>["images"];
  readonly probe: v.InferOutput<typeof probedDocument>["probe"] | undefined;
};

/** What a schema finds wrong, as lines to read; none when the document is as it should be. */
export function faultsOf(schema: v.GenericSchema, found: unknown): string[] {
  const { issues } = v.safeParse(schema, found);
  return (issues ?? []).map((issue) => `${v.getDotPath(issue) ?? ""}: ${issue.message}`);
}

/** One mirror of a race. */
export function mirrorOf({ ecosystems, probe }: Report, id: string): Judged {
  const found = [...(ecosystems ?? []), ...(probe?.ecosystems ?? [])].flatMap(({ mirrors }) => mirrors);
  const wanted = found.find((candidate) => candidate.id === id);
  if (wanted === undefined) throw new Error(`the report has no mirror ${id}`);
  return wanted;
}

import type { NpmKey } from "../../catalog/types.ts";
import { type Fault, fault } from "../../probe/answers.ts";
import type { Visit } from "../../probe/types.ts";
import { breakdownOf } from "../replies.ts";
import { jsonOf } from "../untrusted.ts";
import { type Manifest, manifestIn, maxDocumentBytes } from "./documents.ts";
import type { Newest } from "./freshness.ts";
import { signatureState } from "./signatures.ts";

type Signed = ({ readonly ok: true | null } | Fault) & { readonly traits: readonly string[] };

/**
 * Whether what the registry says is what the upstream signed: of the pinned version, and of the newest that it has. One without signatures is no
 * worse a mirror, and npm installs from it; one that signs falsely is.
 */
export async function proveSignatures(
  visit: Visit,
  keys: readonly NpmKey[],
  pinned: Manifest | null,
  newest: Newest | null,
): Promise<Signed> {
  if (pinned === null || keys.length === 0) return { ok: null, traits: [] };
  const pinnedState = signatureState(pinned, keys);
  const latest = newest === null || pinnedState !== "signed" ? null : await manifestOf(visit, newest);
  if (latest !== null && "reason" in latest) return { ...latest, traits: [] };
  for (const manifest of [pinned, latest]) {
    if (manifest === null || signatureState(manifest, keys) !== "forged") continue;
    const version = `${manifest.name}@${manifest.version}`;
    return { ...fault("tampered", { code: "signature-forged", args: { version } }), traits: [] };
  }
  const traits = [
    ...(pinned.integrity === null ? ["no-integrity"] : []),
    ...(pinnedState === "unsigned" ? ["no-signatures"] : []),
  ];
  return { ok: pinnedState === "signed" ? true : null, traits };
}

async function manifestOf(visit: Visit, newest: Newest): Promise<Manifest | Fault | null> {
  const path = `/${newest.package.replace("/", "%2f")}/${encodeURIComponent(newest.version)}`;
  const result = await visit.get(path, { maxBytes: maxDocumentBytes, gzip: true, lane: 1 });
  return breakdownOf(result) ?? manifestIn(jsonOf(result), newest);
}

import { describe, expect, it } from "vitest";
import type { Manifest } from "../../../src/ecosystems/npm/documents.ts";
import { signatureState } from "../../../src/ecosystems/npm/signatures.ts";
import { loadShipped } from "../../catalog/shipped.ts";
import { document, keyid, probes } from "./registry.ts";

const keys = loadShipped().catalog?.probes.npm?.keys ?? [];

/** A version that was really published and signed. */
const published: Manifest = {
  name: "@hypercarrier/rarebit",
  version: "0.1.0-alpha.4",
  integrity: "sha512-x4CzTUQX9xwdsJzLJqIlghkfypOjwEHj0ScJXWhrdE/HyB9ISTG/vobaaWFX51tWSekSH3bczVOVSksNxH7Ixw==",
  tarball: null,
  signatures: [],
};
const sig = "MEUCIQCWX+aVCWOPantTtYewNNmc3Sw6soihJp5O6GjlzrSMtwIgIZ7eXfxUMiinVUzyE5ks2t6mP80E0DqahGLx7NOnPoI=";
const current = "SHA256:DhQ8wR5APBvFHLF/+Tc+AYvPOdTpcIDqOhxsBHRwC7U";
const signed = (more: Partial<Manifest> = {}, id = current) => ({
  ...published,
  signatures: [{ keyid: id, sig }],
  ...more,
});

describe("the upstream's signature", () => {
  it("of a really published version is good by the shipped key", () => {
    expect(signatureState(signed(), keys)).toBe("signed");
  });

  it("is forged on another version, another content, or under another of the keys", () => {
    expect(signatureState(signed({ version: "0.1.0-alpha.5" }), keys)).toBe("forged");
    expect(signatureState(signed({ integrity: published.integrity?.replace("x4Cz", "x4Cy") ?? null }), keys)).toBe(
      "forged",
    );
    const old = keys.find((key) => key.keyid !== current)?.keyid ?? "";
    expect(signatureState(signed({}, old), keys)).toBe("forged");
  });

  it("is not there where it is by a key that nobody knows, or the catalog's key is none", () => {
    expect(signatureState(published, keys)).toBe("unsigned");
    expect(signatureState(signed({}, "SHA256:other"), keys)).toBe("unsigned");
    expect(signatureState(signed(), [{ keyid: current, key: "AAAA" }])).toBe("unsigned");
  });

  it("counts only if all of our keys' signatures are good", () => {
    const { dist } = document("small", "1.0.0", probes.integrity) as { dist: Pick<Manifest, "signatures"> };
    const twice = [...dist.signatures, { keyid, sig: "AAAA" }];
    const manifest = { name: "small", version: "1.0.0", integrity: probes.integrity, tarball: null };
    expect(signatureState({ ...manifest, signatures: dist.signatures }, probes.keys ?? [])).toBe("signed");
    expect(signatureState({ ...manifest, signatures: twice }, probes.keys ?? [])).toBe("forged");
  });
});

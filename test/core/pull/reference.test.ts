import { describe, expect, it } from "vitest";
import { parseReference } from "../../../src/core/pull/reference.ts";

const hubs = ["docker.io", "index.docker.io"];
const hex = "0123456789abcdef".repeat(4);
const digest = `sha256:${hex}`;

describe("a reference is read as Docker reads it", () => {
  it.each([
    ["nginx", "library/nginx", "latest", null],
    ["nginx:1.27", "library/nginx", "1.27", null],
    ["grafana/grafana", "grafana/grafana", "latest", null],
    ["grafana/grafana:10", "grafana/grafana", "10", null],
    ["library/nginx", "library/nginx", "latest", null],
    ["docker.io/nginx", "library/nginx", "latest", null],
    ["docker.io/library/nginx:1", "library/nginx", "1", null],
    ["index.docker.io/grafana/grafana", "grafana/grafana", "latest", null],
    [`nginx@${digest}`, "library/nginx", null, digest],
    [`nginx:1.27@${digest}`, "library/nginx", "1.27", digest],
    [`docker.io/grafana/grafana@${digest}`, "grafana/grafana", null, digest],
    ["a/b/c/d:x", "a/b/c/d", "x", null],
    ["a.b", "library/a.b", "latest", null],
    ["a_b__c-d---e/f.g", "a_b__c-d---e/f.g", "latest", null],
    ["nginx:_x", "library/nginx", "_x", null],
    ["nginx:V1.0-RC_1", "library/nginx", "V1.0-RC_1", null],
    ["localhost", "library/localhost", "latest", null],
    ["localhost:5000", "library/localhost", "5000", null],
    ["a.example:5000", "library/a.example", "5000", null],
    [`${"a".repeat(255)}`, `library/${"a".repeat(255)}`, "latest", null],
    [`nginx:${"a".repeat(128)}`, "library/nginx", "a".repeat(128), null],
    [`${hex}:1`.slice(1), `library/${hex.slice(1)}`, "1", null],
    [`some/${hex}`, `some/${hex}`, "latest", null],
  ])("%s", (written, repository, tag, sum) => {
    expect(parseReference(written, hubs)).toEqual({ ok: true, reference: { written, repository, tag, digest: sum } });
  });

  it.each([
    ["quay.io/prometheus/prometheus", "quay.io"],
    ["ghcr.io/owner/name:1", "ghcr.io"],
    ["localhost/mine", "localhost"],
    ["localhost:5000/mine:2", "localhost:5000"],
    ["host:5000/mine", "host:5000"],
    ["[::1]:5000/mine", "[::1]:5000"],
    ["127.0.0.1/mine", "127.0.0.1"],
    [`quay.io/a@sha512:${hex}${hex}`, "quay.io"],
  ])("%s is of another registry", (written, host) => {
    expect(parseReference(written, hubs)).toEqual({ ok: false, host });
  });

  it.each([
    ["", "image-empty"],
    ["Nginx", "image-upper-case"],
    ["Grafana/grafana", "image-upper-case"],
    ["docker.io/", "image-name"],
    ["/nginx", "image-name"],
    ["nginx/", "image-name"],
    ["a//b", "image-name"],
    ["-nginx", "image-name"],
    ["nginx-", "image-name"],
    ["https://docker.io/nginx", "image-name"],
    ["./folder", "image-name"],
    ["a..b/c", "image-name"],
    ["nginx:1;id /x/y", "image-name"],
    ["nginx:$(id)/x", "image-name"],
    ["quay.io/a;id", "image-name"],
    ["quay.io/a:1;id", "image-tag"],
    ["quay.io/a@sha256:1;id", "image-digest"],
    ["quay.io/A", "image-upper-case"],
    ["a___b", "image-name"],
    [" nginx", "image-name"],
    ["nginx\n", "image-name"],
    ["nginx;id", "image-name"],
    ["--all", "image-name"],
    ["$(id)", "image-name"],
    ["a:b:c", "image-tag"],
    ["nginx:", "image-tag"],
    ["nginx:-1", "image-tag"],
    ["nginx:.1", "image-tag"],
    ["nginx:1 2", "image-tag"],
    ["nginx:1\n", "image-tag"],
    [`nginx:${"a".repeat(129)}`, "image-tag"],
    ["a".repeat(256), "image-long"],
    ["nginx@", "image-digest"],
    ["nginx@sha256:abc", "image-digest"],
    [`nginx@sha256:${hex.toUpperCase()}`, "image-digest"],
    [`nginx@sha512:${hex}${hex}`, "image-digest"],
    [`nginx@${digest}@${digest}`, "image-digest"],
    [`nginx@${digest}\n`, "image-digest"],
    [`@${digest}`, "image-name"],
    [hex, "image-id"],
  ])("%j is none", (written, why) => {
    expect(parseReference(written, hubs)).toEqual({ ok: false, why });
  });
});

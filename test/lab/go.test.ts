import { afterAll, beforeAll, expect, it } from "vitest";
import type { Fault } from "./faults.ts";
import { runGo } from "./go.ts";
import { type Lab, startLab } from "./index.ts";
import { describeWith } from "./tools.ts";

describeWith("go", "the real go command", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab([{ id: "mirror", rttMs: 1 }]);
  });
  afterAll(() => lab.close());

  /** `go get` through the one mirror in a given state; its requests only. */
  const get = async (fault: Fault | Fault[] | null, sumdb: string, target = "lab.example/greet@v1.0.0") => {
    const host = lab.host("mirror");
    host.setFault(fault);
    const before = host.log.length;
    const run = await runGo(lab, ["get", target], { GOPROXY: host.url, GOSUMDB: sumdb, GONOSUMDB: "", GOPRIVATE: "" });
    return { ...run, requests: host.log.slice(before) };
  };
  const direct = () => `${lab.sumdb.key} ${lab.sumdb.url}`;

  it("fetches a module and its dependency, verified by the database behind the mirror", async () => {
    const { code, stderr, requests } = await get(null, lab.sumdb.key);
    expect(stderr).toContain("added lab.example/greet v1.0.0");
    expect(code).toBe(0);
    const paths = requests.map(({ path }) => path);
    expect(paths).toContain("/lab.example/words/@v/v1.0.0.zip");
    expect(paths).toContain("/sumdb/sum.golang.org/lookup/lab.example/greet@v1.0.0");
    expect(paths).toContain("/sumdb/sum.golang.org/tile/8/0/000.p/96");
    expect(requests[0]?.userAgent).toMatch(/^Go-http-client/);
  });

  it("fetches the latest version and paths with capital letters", async () => {
    expect((await get(null, lab.sumdb.key, "lab.example/greet@latest")).stderr).toContain("greet v1.1.0");
    expect((await get(null, lab.sumdb.key, "lab.example/Shout")).code).toBe(0);
  });

  it("is verified by the reference host where the mirror has no database", async () => {
    const before = lab.host("sumdb").log.length;
    const { code, requests } = await get("no-sumdb", direct());
    expect(code).toBe(0);
    expect(requests.filter(({ path }) => path.startsWith("/sumdb/"))).toEqual([]);
    expect(lab.host("sumdb").log.length).toBeGreaterThan(before);
  });

  it.each(["stale", "redirect-cdn", "no-bulk", "tls-expiring"] as const)("is content with %s", async (fault) => {
    expect((await get(fault, lab.sumdb.key)).code).toBe(0);
  });

  it.each([
    ["tampered-zip", "checksum mismatch"],
    ["tampered-mod", "checksum mismatch"],
    [["tampered-zip", "tampered-mod", "sumdb-forged"], "invalid signature"],
    ["sumdb-forbidden", "403 Forbidden"],
    ["sumdb-supported-only", "404 Not Found"],
    ["client-denied", "403 Forbidden"],
    ["denied", "403 Forbidden"],
    ["no-artefact", "404 Not Found"],
    ["truncated", "unexpected EOF"],
    ["tls-expired", "certificate has expired"],
    ["tls-not-yet", "not yet valid"],
    ["tls-wrong-name", "doesn't contain any IP SANs"],
    ["tls-untrusted", "unknown authority"],
    ["cdn-expired", "certificate has expired"],
    ["refused", "connection refused"],
    ["redirect-http", "redirected from secure URL"],
  ] as [Fault | Fault[], string][])("refuses %j: %s", async (fault, says) => {
    const { code, stderr } = await get(fault, lab.sumdb.key);
    expect(stderr).toContain(says);
    expect(code).not.toBe(0);
  });

  it("notices an altered large file", async () => {
    const { stderr } = await get("tampered-bulk", lab.sumdb.key, "lab.example/bulk@v1.0.0");
    expect(stderr).toContain("checksum mismatch");
  });
});

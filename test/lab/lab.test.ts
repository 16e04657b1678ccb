import { execFile } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import https from "node:https";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseCatalog } from "../../src/catalog/parse.ts";
import { ask } from "./ask.ts";
import { type Lab, startLab } from "./index.ts";

const bulkZip = "/lab.example/bulk/@v/v1.0.0.zip";
const greetZip = "/lab.example/greet/@v/v1.0.0.zip";

describe("a healthy host", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab([{ id: "near" }, { id: "far", rttMs: 60 }, { id: "slow", bytesPerSecond: 4e6 }]);
  });
  afterAll(() => lab.close());
  const get = (host: string, path: string, options = {}) => ask(lab, lab.host(host).url + path, options);

  it("serves a module in every form", async () => {
    const paths = ["@v/list", "@latest", "@v/v1.0.0.info", "@v/v1.0.0.mod", "@v/v1.0.0.zip"];
    const outcomes = await Promise.all(paths.map((path) => get("near", `/lab.example/!shout/${path}`)));
    expect(outcomes.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(outcomes[0]?.body.toString()).toBe("v1.0.0\n");
    expect(JSON.parse(String(outcomes[1]?.body))).toMatchObject({ Version: "v1.0.0" });
    expect(outcomes[4]?.body.subarray(0, 4).toString("latin1")).toBe("PK\u0003\u0004");
  });

  it("serves ranges and heads", async () => {
    const whole = (await get("near", greetZip)).body;
    const part = await get("near", greetZip, { headers: { range: "bytes=4-9" } });
    expect([part.status, part.headers["content-range"]]).toEqual([206, `bytes 4-9/${whole.length}`]);
    expect(part.body).toEqual(whole.subarray(4, 10));
    expect((await get("near", greetZip, { headers: { range: "bytes=-3" } })).body).toEqual(whole.subarray(-3));
    expect((await get("near", greetZip, { headers: { range: `bytes=${whole.length}-` } })).status).toBe(416);
    const head = await get("near", greetZip, { method: "HEAD" });
    expect([head.headers["content-length"], head.body.length]).toEqual([String(whole.length), 0]);
  });

  it("has a large artefact that does not compress", async () => {
    const { body } = await get("near", bulkZip);
    expect(body.length).toBeGreaterThan(3 * 1024 * 1024);
    expect(body.subarray(30, 54).toString()).toBe("lab.example/bulk@v1.0.0/");
  });

  it("keeps a log", async () => {
    await get("near", "/nothing?here", { headers: { "user-agent": "tester/1" } });
    const { port, log } = lab.host("near");
    const entry = { method: "GET", path: "/nothing?here", userAgent: "tester/1", status: 404, port };
    expect(log.at(-1)).toMatchObject(entry);
  });

  it("takes three round trips for a first reply, one for the next on the same connection", async () => {
    const agent = new https.Agent({ keepAlive: true });
    const timed = async () => {
      const start = performance.now();
      await get("far", "/lab.example/greet/@v/list", { agent });
      return performance.now() - start;
    };
    expect(await timed()).toBeGreaterThan(170);
    const second = await timed();
    expect(second).toBeGreaterThan(55);
    expect(second).toBeLessThan(170);
    agent.destroy();
  });

  it("keeps to its rate", async () => {
    const start = performance.now();
    const { body } = await get("slow", bulkZip);
    const bytesPerSecond = (body.length / (performance.now() - start)) * 1000;
    expect(bytesPerSecond).toBeGreaterThan(1e6);
    expect(bytesPerSecond).toBeLessThan(4.4e6);
  });

  it("starts slowly on a new connection and not on a warm one", async () => {
    const agent = new https.Agent({ keepAlive: true });
    const timed = async () => {
      const start = performance.now();
      await get("far", bulkZip, { agent, headers: { range: "bytes=0-999999" } });
      return performance.now() - start;
    };
    const cold = await timed();
    expect(await timed()).toBeLessThan(cold - 150);
    agent.destroy();
  });
});

describe("a lab", () => {
  it("starts forty hosts quickly, lists them, and leaves nothing", async () => {
    const start = performance.now();
    const lab = await startLab(Array.from({ length: 40 }, (_, i) => ({ id: `host-${i}`, offer: i !== 1 })));
    expect(performance.now() - start).toBeLessThan(5000);
    expect(statSync(lab.directory).mode & 0o777).toBe(0o700);
    expect(lab.catalog).toMatchObject({
      version: 1,
      mirrors: [{ id: "host-0", offer: true }, { offer: false }, {}, ...Array(37).fill({})],
    });
    await ask(lab, `${lab.host("host-7").url}/lab.example/greet/@v/list`);
    const { url } = lab.host("host-7");
    await lab.close();
    expect(existsSync(lab.directory)).toBe(false);
    expect(lab.host("host-7").sockets).toBe(0);
    expect(() => lab.host("host-40")).toThrow("no host");
    expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  });

  it("refuses two hosts of one id", async () => {
    await expect(startLab([{ id: "same" }, { id: "same" }])).rejects.toThrow("must differ");
  });

  it("carries the same mirror id in several ecosystems, and proofs for those that have a host", async () => {
    const lab = await startLab([
      { id: "go-tuna", mirrorId: "tuna" },
      { id: "pip-tuna", mirrorId: "tuna", ecosystem: "pip" },
    ]);
    const { mirrors, probes } = lab.catalog as { mirrors: object[]; probes: object };
    expect(mirrors).toMatchObject([
      { id: "tuna", ecosystem: "go", url: lab.host("go-tuna").url, operator: "tuna" },
      { id: "tuna", ecosystem: "pip", url: `${lab.host("pip-tuna").url}/simple`, operator: "tuna" },
    ]);
    expect(Object.keys(probes)).toEqual(["go", "pip"]);
    expect(parseCatalog(readFileSync(lab.catalogFile, "utf8"), "file")).toMatchObject({
      problems: [],
      unknownKeys: [],
    });
    await lab.close();
  });

  it("lets its process end after close, with connections open and hung", async () => {
    const lab = await startLab([]);
    const outfile = join(lab.directory, "child.cjs");
    const contents = `
      import net from "node:net";
      import { startLab } from "./index.ts";
      startLab([{ id: "a", fault: "hang-connect" }, { id: "b", thinkMs: 60000 }]).then(async (lab) => {
        for (const id of ["a", "b"]) net.connect(lab.host(id).port, "127.0.0.1").on("error", () => {}).write("x");
        await new Promise((resolve) => setTimeout(resolve, 100));
        await lab.close();
        console.log("closed");
      });`;
    const stdin = { contents, resolveDir: import.meta.dirname, loader: "ts" } as const;
    await build({ stdin, outfile, bundle: true, platform: "node", format: "cjs", logLevel: "error" });
    const { stdout } = await promisify(execFile)(process.execPath, [outfile], { timeout: 10_000 });
    await lab.close();
    expect(stdout).toBe("closed\n");
  });
});

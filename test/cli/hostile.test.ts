import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeWith } from "../lab/tools.ts";
import { databaseLine, type Home, makeHome, run, trusting, useLab } from "./driver.ts";

const attacks = ["endless", "gzip-bomb", "escapes", "escapes-redirect", "escapes-header", "huge-headers"] as const;
/** ESC, the other C0 controls but newline, DEL, C1, and what turns the reading direction. */
const steering = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
/** Kilobytes: Node with the bundle takes some 70,000; a bomb unpacked would take a million. */
const mostMemory = 200_000;

describeWith("go", "mirrors that attack", () => {
  const lab = useLab([...attacks.map((fault) => ({ id: fault, fault })), { id: "healthy" }]);

  /** The environment in which a run notes the most memory that it ever held. */
  const weighing = async (home: Home) => {
    const script = join(home.path, "..", "weigh.cjs");
    const file = join(home.path, "..", "peak");
    const note = `require("node:fs").writeFileSync(${JSON.stringify(file)}, String(process.resourceUsage().maxRSS))`;
    await writeFile(script, `process.on("exit", () => ${note});\n`);
    const env = { ...trusting(lab()), NODE_OPTIONS: `--require ${script}` };
    return { env, peak: async () => Number(await readFile(file, "utf8")) };
  };

  it.each(attacks)("%s: bounded memory, no escape in text", async (id) => {
    const home = await makeHome(databaseLine(lab()));
    const { env, peak } = await weighing(home);
    const args = ["test", "go", id, "--verbose", "--catalog", lab().catalogFile];
    const { code, stdout, stderr, elapsedMs } = await run(args, { home, env });
    expect(code).toBe(3);
    expect(stdout).toContain("rejected");
    expect(stdout + stderr).not.toMatch(steering);
    expect(stdout.length).toBeLessThan(5_000);
    expect(await peak()).toBeLessThan(mostMemory);
    expect(elapsedMs).toBeLessThan(8_000);
  });

  it.each(attacks)("%s: no escape in JSON, not even an escaped one", async (id) => {
    const home = await makeHome(databaseLine(lab()));
    const { stdout, stderr } = await run(["test", "go", id, "--json", "--catalog", lab().catalogFile], {
      home,
      env: trusting(lab()),
    });
    expect(stdout + stderr).not.toMatch(steering);
    expect(JSON.stringify(JSON.parse(stdout))).not.toMatch(/\\u00(0[0-9a-f]|1[0-9a-f]|7f|[89][0-9a-f])/i);
  });

  it("do not keep a healthy one from being chosen", async () => {
    const home = await makeHome(databaseLine(lab()));
    const { env, peak } = await weighing(home);
    const args = ["go", "--fastest", "--catalog", lab().catalogFile];
    const { code, stdout } = await run(args, { home, env });
    expect(code).toBe(0);
    expect(stdout).not.toMatch(steering);
    expect(await readFile(home.goenv, "utf8")).toContain(`GOPROXY=${lab().host("healthy").url},direct\n`);
    expect(await peak()).toBeLessThan(mostMemory);
  });
});

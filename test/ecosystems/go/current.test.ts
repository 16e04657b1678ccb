import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { go } from "../../../src/ecosystems/go/index.ts";
import type { Current } from "../../../src/ecosystems/types.ts";
import { realReadPort } from "../../../src/ports/real.ts";
import { describeWith } from "../../lab/tools.ts";
import { worldMaker } from "../../laws/world.ts";

const make = worldMaker();

/** go's state in a throw-away home with this file and these variables. */
async function look(text: string | null, env: Record<string, string> = {}, installed = false): Promise<Current> {
  const setup = { placement: text === null ? "absent" : "plain", mode: 0o644, bytes: Buffer.from(text ?? "") } as const;
  const { facts, home } = await make(".config/go/env", setup);
  const filled = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value.replace("HOME", home)]));
  const read = realReadPort({ ...facts, env: { ...facts.env, ...filled } });
  const [tool] = go.tools;
  if (tool === undefined) throw new Error("go has no tool");
  return tool.current(read, "user", installed ? await tool.detect(read) : null);
}

const setting = (current: Current, key: string) => current.settings.find((each) => each.key === key);

describe("go's settings without go", () => {
  it("are what the file says, the last copy of a key, with its line", async () => {
    const current = await look("# x\nGOPROXY=https://one.example\r\nGOPROXY=https://a.example|b.example,direct\r\n");
    const value = "https://a.example|b.example,direct";
    const wanted = { stored: value, value, source: current.file, line: 3, shadowedBy: null };
    expect(setting(current, "GOPROXY")).toMatchObject(wanted);
    expect(current.chain).toEqual(["https://a.example", "https://b.example"]);
    expect(current.obstacle).toBeNull();
  });

  it("are shadowed by the environment, and not by an empty variable", async () => {
    const shadowed = { stored: "https://a.example", value: "https://env.example", shadowedBy: "env:GOPROXY" };
    const text = "GOPROXY=https://a.example\n";
    expect(setting(await look(text, { GOPROXY: "https://env.example" }), "GOPROXY")).toMatchObject(shadowed);
    expect(setting(await look(text, { GOPROXY: "" }), "GOPROXY")).toMatchObject({ shadowedBy: null });
    expect(setting(await look(text, { GOPROXY: "https://a.example" }), "GOPROXY")).toMatchObject({ shadowedBy: null });
  });

  it("are ignored with GOENV=off, and that is said", async () => {
    const current = await look("GOPROXY=https://a.example\n", { GOENV: "off" });
    expect(setting(current, "GOPROXY")).toMatchObject({
      stored: "https://a.example",
      value: null,
      shadowedBy: "env:GOENV",
    });
    expect(current.messages.map(({ code }) => code)).toContain("go-env-off");
  });

  it("that turn the checksum database off are remarked on", async () => {
    expect((await look("GOSUMDB=off\n")).messages).toMatchObject([{ code: "go-sumdb-off-stored" }]);
    expect((await look(null)).messages).toEqual([]);
  });

  it.each([
    ["a folder", "directory"],
    ["a link that leads nowhere", "dangling-link"],
  ])("cannot be written over %s", async (_, why) => {
    const { facts, file } = await make(".config/go/env", { placement: "absent", mode: 0o644, bytes: new Uint8Array() });
    await mkdir(dirname(file), { recursive: true });
    const fs = await import("node:fs/promises");
    await (why === "directory" ? fs.mkdir(file) : fs.symlink("/nonexistent/nowhere", file));
    const current = await go.tools[0]?.current(realReadPort(facts), "user", null);
    expect(current?.obstacle).toMatchObject({ code: "file-blocked", args: { file, why } });
  });
});

describeWith("go", "go's settings with go", () => {
  it("are what go says", async () => {
    const current = await look("GOPROXY=https://a.example,direct\nGOSUMDB=off\n", {}, true);
    expect(setting(current, "GOPROXY")).toMatchObject({
      value: "https://a.example,direct",
      source: current.file,
      line: 1,
    });
    expect(setting(current, "GOSUMDB")).toMatchObject({ value: "off", line: 2 });
    expect(current.upstreamHosts.length).toBe(1);
  });

  it("follow GOENV to another file", async () => {
    const current = await look("GOPROXY=https://a.example\n", { GOENV: "HOME/other" }, true);
    await writeFile(current.file, "GOPROXY=https://moved.example\n");
    expect(current.file).toMatch(/\/other$/);
    expect(setting(current, "GOPROXY")?.stored).toBeNull();
  });
});

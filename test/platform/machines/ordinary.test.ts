import { describe, expect, it } from "vitest";
import { mirrors, run } from "./driver.ts";
import type { Machine } from "./machine.ts";
import { type Kind, ordinary } from "./machines.ts";

const ecosystems = ["go", "pip", "npm"] as const;
const before = {
  go: "# 我的设置\r\nGOPRIVATE=git.corp.example\r\n",
  pip: "# mine\r\n[global]\r\ntimeout = 60\r\n",
  npm: "; 我的\r\nsave-exact=true\r\n",
};
const after = {
  // To go, a carriage return would be a part of the value.
  go: `${before.go}GOPROXY=${mirrors.go},direct\n`,
  pip: `${before.pip}index-url = ${mirrors.pip}\r\n`,
  npm: `${before.npm}registry=${mirrors.npm}\r\n`,
};

/** The disk without what is ours. */
function others({ disk }: Machine): Record<string, string> {
  return Object.fromEntries(
    Object.entries(disk.snapshot()).filter(([path]) => !/mirror-setup|[\\/]pkg|state$|\.local$/.test(path)),
  );
}

function textAt({ disk }: Machine, path: string): string | null {
  const state = disk.read(path);
  return state.kind === "file" ? Buffer.from(state.bytes).toString("utf8") : null;
}

function withFiles({ make, files }: Kind): Machine {
  return make({ files: Object.fromEntries(ecosystems.map((id) => [files[id], before[id]])) });
}

describe.each(ordinary)("$name", (kind) => {
  it.each(ecosystems)(
    "sets %s in the file that the tool reads, keeps every other byte, and puts all back",
    async (id) => {
      const machine = withFiles(kind);
      const untouched = others(machine);
      const { code, json } = await run(machine, `${id} near --no-probe --json`);
      expect([code, json?.changes.map(({ file }) => file)]).toEqual([0, [kind.files[id]]]);
      expect(textAt(machine, kind.files[id])).toBe(after[id]);
      expect(json?.inForce[0]).toMatchObject({ mirror: "near", source: kind.files[id], shadowedBy: null });
      const again = await run(machine, `${id} near --no-probe --json`);
      expect([again.code, again.json?.transaction]).toEqual([0, null]);
      const status = await run(machine, `status ${id} --json`);
      expect(status.json?.inForce[0]).toMatchObject({ mirror: "near", source: kind.files[id] });
      const undone = await run(machine, "undo --json");
      expect([undone.code, others(machine)]).toEqual([0, untouched]);
    },
  );

  it.each(ecosystems)(
    "makes the file of %s where there is none, and takes it away again, folders and all",
    async (id) => {
      const machine = kind.make();
      const untouched = others(machine);
      expect((await run(machine, `${id} near --no-probe`)).code).toBe(0);
      expect(textAt(machine, kind.files[id])).toContain(mirrors[id]);
      expect((await run(machine, "undo")).code).toBe(0);
      expect(others(machine)).toEqual(untouched);
    },
  );

  it("resets what it has set, in all of them", async () => {
    const machine = withFiles(kind);
    const untouched = others(machine);
    expect((await run(machine, "all near --no-probe")).code).toBe(0);
    expect((await run(machine, "reset")).code).toBe(0);
    expect(others(machine)).toEqual(untouched);
  });

  it("says the same in both languages", async () => {
    const machine = withFiles(kind);
    const english = await run(machine, "all near --no-probe");
    expect([english.out, english.err]).toEqual([expect.stringContaining("taken without proof"), ""]);
    await run(machine, "undo");
    const chinese = await run(machine, "all near --no-probe", "zh");
    expect([chinese.code, chinese.err]).toEqual([0, ""]);
    expect(chinese.out).toContain("未经验证即采用");
  });

  it("takes nothing back that somebody has changed since", async () => {
    const machine = withFiles(kind);
    await run(machine, "npm near --no-probe");
    machine.disk.file(kind.files.npm, `${after.npm}# later\r\n`);
    expect((await run(machine, "undo")).code).toBe(5);
    expect(textAt(machine, kind.files.npm)).toBe(`${after.npm}# later\r\n`);
  });
});

import { expect, it } from "vitest";
import type { RaceProgress } from "../../src/probe/types.ts";
import { loadDictionary } from "../../src/report/language.ts";
import { liveLine } from "../../src/report/progress.ts";

const begin = "\r\u001b[2K";

async function onScreen(language: "en" | "zh", columns = 100) {
  const written: string[] = [];
  const width = { columns };
  const stream = { write: (text: string) => void written.push(text), columns: () => width.columns };
  return { written, width, line: liveLine(stream, await loadDictionary(language)) };
}

function progress(proved: number, awaited: readonly string[], phase: RaceProgress["phase"] = "prove"): RaceProgress {
  return { total: 5, proved, rejected: 5 - proved - awaited.length, awaited, phase };
}

it("tells of races side by side as one, and of the last ones by name", async () => {
  const { written, line } = await onScreen("en");
  line.look();
  line.show(progress(2, ["c", "d", "e"]), "go");
  line.show(progress(1, ["b", "c", "d", "e"]), "npm");
  line.show(progress(3, ["e"]), "npm");
  line.show(progress(4, ["e"]), "go");
  line.show(progress(3, ["e"], "rate"), "npm");
  line.show(progress(5, [], "rate"), "go");
  expect(written.map((text) => text.replace(begin, ""))).toEqual([
    "looking at the settings of the tools …",
    "asking 5 mirrors: 2 good, 0 rejected; waiting for c, d, e",
    "asking 10 mirrors: 3 good, 0 rejected",
    "asking 10 mirrors: 5 good, 1 rejected; waiting for c, d, e",
    "asking 10 mirrors: 7 good, 1 rejected; waiting for e",
    "measuring the speed of the good ones, 8 of 10",
  ]);
});

it("writes each line over the last, once, and takes it away", async () => {
  const { written, line } = await onScreen("zh");
  line.clear();
  line.show(progress(2, ["慢"]), "go");
  line.show(progress(2, ["慢"]), "go");
  line.end();
  line.end();
  expect(written).toEqual([`${begin}正在探测 5 个镜像：2 个合格，2 个不合格；等待 慢`, begin]);
});

it("forgets the races that are over", async () => {
  const { written, line } = await onScreen("en");
  line.show(progress(5, []), "go");
  line.end();
  line.show(progress(4, ["x"]), "npm");
  expect(written.at(-1)).toBe(`${begin}asking 5 mirrors: 4 good, 0 rejected; waiting for x`);
});

it("never fills a line, whatever becomes of the window", async () => {
  const { written, width, line } = await onScreen("en", 30);
  line.show(progress(1, ["a"]), "go");
  width.columns = 20;
  line.show(progress(2, ["a"]), "go");
  expect(written.map((text) => text.replace(begin, "").length)).toEqual([29, 19]);
});

it("writes nothing where there is no terminal", async () => {
  const line = liveLine(null, await loadDictionary("en"));
  expect(() => [line.look(), line.show(progress(1, []), "go"), line.end()]).not.toThrow();
});

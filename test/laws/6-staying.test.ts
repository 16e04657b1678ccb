import { describe, expect, it } from "vitest";
import { selectChain } from "../../src/core/select.ts";
import { standing } from "./standings.ts";

const urls = (chain: readonly { candidate: { url: string } }[]) => chain.map(({ candidate }) => candidate.url);
const a = "https://a.example";
const b = "https://b.example";
const race = (now: number, best: number) => [
  standing({ host: "b.example", seconds: best }),
  standing({ host: "a.example", seconds: now }),
];

describe("who holds a place now", () => {
  it.each([
    ["stays while another is less than 15 % better", 10, 8.6, a],
    ["stays at just 15 %", 10, 8.5, a],
    ["gives way beyond 15 %", 10, 8.4, b],
    ["gives way to one far better", 10, 1, b],
  ])("%s", (_, now, best, wanted) => {
    expect(urls(selectChain(race(now, best), [a], 1))).toEqual([wanted]);
  });

  it("stays under another spelling of its address", () => {
    expect(urls(selectChain(race(10, 9), ["https://a.example/"], 1))).toEqual([a]);
  });

  it("stays by latency where no rate was measured", () => {
    const by = (latencyMs: number) => [
      standing({ host: "b.example", seconds: null, latencyMs }),
      standing({ host: "a.example", seconds: null, latencyMs: 100 }),
    ];
    expect([90, 80].map((latency) => urls(selectChain(by(latency), [a], 1)))).toEqual([[a], [b]]);
  });

  it("does not stay when it is only usable and another is good", () => {
    const held = standing({ host: "a.example", seconds: 10, verdict: "degraded" });
    expect(urls(selectChain([standing({ host: "b.example", seconds: 10 }), held], [a], 1))).toEqual([b]);
  });

  it("keeps its place in a chain", () => {
    const three = [...race(10, 9.5), standing({ host: "c.example", seconds: 11 })];
    expect(urls(selectChain(three, [a, b], 2))).toEqual([a, b]);
    expect(urls(selectChain(three, [], 2))).toEqual([b, a]);
  });
});

describe("a chain", () => {
  const of = (host: string, operator: string | null, seconds: number) => standing({ host, operator, seconds });

  it("takes its next member from another operator", () => {
    const all = [of("a.example", "One", 1), of("b.example", "One", 2), of("c.example", "Two", 9)];
    expect(urls(selectChain(all, [], 2))).toEqual([a, "https://c.example"]);
  });

  it("takes one of the same operator where there is no other", () => {
    expect(urls(selectChain([of("a.example", "One", 1), of("b.example", "One", 2)], [], 2))).toEqual([a, b]);
  });

  it("does not take two nameless operators for one", () => {
    const all = [of("a.example", null, 1), of("b.example", null, 2), of("c.example", "Two", 9)];
    expect(urls(selectChain(all, [], 2))).toEqual([a, b]);
  });
});

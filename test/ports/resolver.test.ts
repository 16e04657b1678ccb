import { afterEach, expect, it } from "vitest";
import { readFacts } from "../../src/ports/facts.ts";
import { realHttp } from "../../src/ports/http/index.ts";

const { RES_OPTIONS: before } = process.env;

afterEach(() => {
  delete process.env.RES_OPTIONS;
  if (before !== undefined) process.env.RES_OPTIONS = before;
});

it("waits less long for name servers than usual, and tells none of the tools that we run", () => {
  delete process.env.RES_OPTIONS;
  const facts = readFacts();
  realHttp(facts);
  expect(process.env.RES_OPTIONS).toMatch(/timeout:1\b/);
  expect(facts.env).not.toHaveProperty("RES_OPTIONS");
});

it("leaves that to a person who has said how long", () => {
  process.env.RES_OPTIONS = "timeout:9";
  realHttp(readFacts());
  expect(process.env.RES_OPTIONS).toBe("timeout:9");
});

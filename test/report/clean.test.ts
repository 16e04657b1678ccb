import { describe, expect, it } from "vitest";
import { cleanText } from "../../src/report/clean.ts";

describe("what is shown", () => {
  it.each([
    "//corp.example/:_authToken=SECRET",
    '_password = "SECRET PW"',
    "_auth='SECRET'",
    "npmAuthToken: SECRET",
    'npmAuthIdent: "me:SECRET"',
    'registry = { url = "https://corp.example/", token = "SECRET" }',
    'password = "SECRET PW"',
    "https://me:SECRET@corp.example/simple",
    "https://SECRET@corp.example/simple",
  ])("has no secret: %s", (text) => {
    expect(cleanText(text)).not.toMatch(/SECRET|PW/);
    expect(cleanText(text)).toContain("***");
  });

  it.each([
    "npm config get registry",
    "user@host",
    "key: value",
    "@corp:registry=https://npm.corp.example/",
    "a token, and no more",
    `redis:7@sha256:${"0".repeat(64)}`,
    `grafana/grafana:10.1@sha256:${"0".repeat(64)}`,
  ])("keeps what is none: %s", (text) => {
    expect(cleanText(text)).toBe(text);
  });

  it("cannot steer a terminal", () => {
    expect(cleanText("a\u001b[31mb\u202e")).toBe("a\\x1b[31mb\\u202e");
  });
});

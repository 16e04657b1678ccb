import { describe, expect, it } from "vitest";
import { registries } from "../../src/edits/registries.ts";

const key = "docker.io";
const own = registries.edit("", [{ key, value: '["https://a.example","http://b.example:5000/x"]' }]);

describe("a drop-in of our own", () => {
  it("is read as it was written", () => {
    const value = '["https://a.example","http://b.example:5000/x"]';
    expect(registries.entries(own)).toEqual([{ key, value, line: 3 }]);
    expect(registries.problem(own, [key])).toBeNull();
  });

  it.each([
    ["a comment behind the first line", own.replace("\n[[", "\n\n# mine\n[["), 1],
    ["another registry", `${own}\n[[registry]]\nprefix = "quay.io"\nlocation = "quay.io"\n`, 14],
    ["a key that is not ours", own.replace("\n\n[[registry.m", "\nblocked = true\n\n[[registry.m"), 6],
    ["another location", own.replace('location = "docker.io"', 'location = "other.example"'), 1],
    ["no mirrors", own.slice(0, own.indexOf("\n[[registry.mirror")), 1],
    ["other people's settings", 'unqualified-search-registries = ["docker.io"]\n', 1],
    ["a comment behind a value", own.replace("insecure = true", "insecure = true # lab"), 12],
  ])("is left alone with %s in it", (_, text, line) => {
    expect(registries.problem(text, [key])).toEqual({ code: "unsupported-form", line });
    expect(registries.entries(text)).toEqual([]);
  });

  it("is not taken for that of another registry", () => {
    expect(registries.problem(own, ["quay.io"])).toEqual({ code: "unsupported-form", line: 3 });
  });

  it("has no byte order mark, which stops podman", () => {
    expect(registries.problem(`\uFEFF${own}`, [key])).toEqual({ code: "byte-order-mark", line: 1 });
  });
});

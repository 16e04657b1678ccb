import { describe, expect, it } from "vitest";
import { lawFormats, registeredTools } from "./formats.ts";

describe("the laws", () => {
  it("are tested on every registered tool, and on no other", async () => {
    const registered = (await registeredTools()).map(({ id }) => id);
    expect(registered.length).toBeGreaterThan(0);
    expect(Object.keys(lawFormats).sort()).toEqual(registered.sort());
  });
});

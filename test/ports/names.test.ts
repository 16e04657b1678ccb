import { afterEach, expect, it, vi } from "vitest";

const lookup = vi.hoisted(() => vi.fn());
vi.mock("node:dns/promises", () => ({ lookup, default: { lookup } }));
const { Names } = await import("../../src/ports/http/names.ts");

afterEach(() => lookup.mockReset());

const found = (...addresses: string[]) => addresses.map((address) => ({ address }));

it("asks for a name once, however many connections want it at a time", async () => {
  lookup.mockResolvedValue(found("192.0.2.1"));
  const names = new Names();
  expect(await Promise.all([names.of("a.example"), names.of("a.example")])).toEqual([["192.0.2.1"], ["192.0.2.1"]]);
  expect(lookup).toHaveBeenCalledOnce();
});

it("takes first the next time what has answered", async () => {
  lookup.mockResolvedValue(found("2001:db8::1", "192.0.2.1", "192.0.2.2"));
  const names = new Names();
  await names.of("a.example");
  names.answered("a.example", "192.0.2.2");
  expect(await names.of("a.example")).toEqual(["192.0.2.2", "2001:db8::1", "192.0.2.1"]);
});

it("asks again for a name that was not found", async () => {
  lookup.mockRejectedValueOnce(Object.assign(new Error(), { code: "EAI_AGAIN" })).mockResolvedValue(found("192.0.2.1"));
  const names = new Names();
  await expect(names.of("a.example")).rejects.toMatchObject({ reason: "dns" });
  expect(await names.of("a.example")).toEqual(["192.0.2.1"]);
});

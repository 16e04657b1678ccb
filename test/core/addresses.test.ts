import { describe, expect, it } from "vitest";
import { addressNote } from "../../src/core/doctor/addresses.ts";
import type { Services } from "../../src/core/types.ts";

const resolving = (...found: string[]) => ({ addresses: () => Promise.resolve(found) }) as unknown as Services;

describe("what the address of a host that fails says", () => {
  it.each([
    ["198.18.0.5", "odd-dns-fake"],
    ["198.19.255.1", "odd-dns-fake"],
    ["fc00::7", "odd-dns-fake"],
    ["2001::1", "odd-dns-nowhere"],
    ["192.0.2.1", "odd-dns-nowhere"],
    ["fe80::1", "odd-dns-nowhere"],
    ["10.0.0.8", "odd-dns-private"],
    ["172.31.1.1", "odd-dns-private"],
    ["100.64.0.1", "odd-dns-private"],
    ["fd00::1", "odd-dns-private"],
    ["127.0.0.1", "odd-dns-nowhere"],
    ["0.0.0.0", "odd-dns-nowhere"],
    ["243.185.187.39", "odd-dns-nowhere"],
    ["::1", "odd-dns-nowhere"],
  ])("%s: %s", async (address, code) => {
    const note = await addressNote("https://goproxy.example/x", resolving("8.8.8.8", address));
    expect(note).toMatchObject({ code, args: { host: "goproxy.example", address } });
  });

  it.each([["198.20.0.1"], ["172.32.0.1"], ["100.128.0.1"], ["2400:3200::1"], ["8.8.8.8"]])(
    "%s: nothing",
    async (address) => {
      expect(await addressNote("https://goproxy.example", resolving(address))).toBeNull();
    },
  );

  it("nothing of a host that is an address itself, or of one that is not found", async () => {
    expect(await addressNote("https://127.0.0.1:8443/simple", resolving("127.0.0.1"))).toBeNull();
    expect(await addressNote("https://goproxy.example", resolving())).toBeNull();
  });
});

import { expect, it } from "vitest";
import { goClinic } from "../../../src/ecosystems/go/doctor/index.ts";
import type { ReadPort } from "../../../src/ports/types.ts";

it.each([
  ["linux", "goproxy"],
  ["win32", "GOPROXY"],
] as const)("a variable counts by the name that go reads on %s", async (os, key) => {
  const facts = { os, env: { goproxy: "https://m.example" }, home: null, uid: null, cwd: "/" };
  const places = await goClinic.places({ facts } as unknown as ReadPort, []);
  expect(places).toMatchObject([{ key, source: "env:goproxy" }]);
});

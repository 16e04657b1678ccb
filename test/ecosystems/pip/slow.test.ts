import { expect, it } from "vitest";
import { pipTool } from "../../../src/ecosystems/pip/pip.ts";
import type { ReadPort } from "../../../src/ports/types.ts";
import { homeWith } from "./home.ts";

/** A pip that never answers in time. */
function slow(read: ReadPort): ReadPort {
  const stderr = "Command timed out after 20000 milliseconds: pip --version";
  return {
    ...read,
    which: (name) => Promise.resolve(name === "pip" ? "/usr/bin/pip" : null),
    run: () => Promise.resolve({ code: null, stdout: "", stderr, files: {} }),
  };
}

it("says of a pip that is merely slow that it did not answer, and not that it is missing or broken", async () => {
  const { read } = await homeWith({ ".config/pip/pip.conf": "[global]\nindex-url = https://m.example/simple\n" });
  const pip = await pipTool.detect(slow(read));
  expect(pip).toMatchObject({ path: "/usr/bin/pip", version: "unknown" });
  const { obstacle, chain } = await pipTool.current(slow(read), "user", pip, {});
  expect(obstacle).toEqual({ code: "tool-slow", level: "error", args: { tool: "pip", seconds: 20 } });
  expect(chain).toEqual(["https://m.example/simple"]);
});

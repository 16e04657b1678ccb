import { mkdir, readdir, utimes } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeWith } from "../lab/tools.ts";
import { makeHome, put, run } from "./driver.ts";

describeWith("go", "what a killed run has left in the temporary folder", () => {
  it("is gone after the next run that needs such a folder, and nothing else is", async () => {
    const home = await makeHome();
    const temporary = join(home.path, "..", "tmp");
    await put(join(temporary, "mirror-setup-stage-aB3xY9", "home", "env"), "left over");
    await mkdir(join(temporary, "mirror-setup-mine"));
    for (const name of await readdir(temporary)) await utimes(join(temporary, name), 0, 0);
    expect((await run(["status", "go"], { home })).code).toBe(0);
    expect(await readdir(temporary)).toEqual(["mirror-setup-mine"]);
  });
});

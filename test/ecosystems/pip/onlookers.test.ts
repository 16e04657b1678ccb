import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { onlookers } from "../../../src/ecosystems/pip/onlookers.ts";
import { homeWith } from "./home.ts";

const url = "https://a.example/simple";

/** What is seen of a program that a script stands in for. */
async function look(
  id: string,
  script: string | null,
  env: Record<string, string> = {},
  files: Record<string, string> = {},
) {
  const { home, read } = await homeWith(
    { ...files, ...(script === null ? {} : { [`bin/${id}`]: `#!/bin/sh\n${script}\n` }) },
    { PATH: "HOME/bin:/bin", ...env },
  );
  if (script !== null) await chmod(join(home, "bin", id), 0o755);
  const onlooker = onlookers.find((each) => each.id === id);
  return { home, seen: await onlooker?.look(read, url, {}) };
}

describe("Python's other tools", () => {
  it.each(["pdm", "poetry", "pipenv", "conda"])("%s is not spoken of where it is not installed", async (id) => {
    expect((await look(id, null)).seen).toBeNull();
  });

  it("pdm says itself what it uses, unless a variable does", async () => {
    const { seen } = await look(
      "pdm",
      'echo "noise"; cat "$HOME/.config/pdm"',
      {},
      {
        ".config/pdm": "https://b.example/simple\n",
      },
    );
    expect(seen?.setting).toMatchObject({ key: "pypi.url", value: "https://b.example/simple", source: "pdm" });
    expect(seen).toMatchObject({ command: `pdm config pypi.url ${url}` });
    const outside = await look("pdm", "exit 1", { PDM_PYPI_URL: "https://c.example/simple" });
    expect(outside.seen?.setting).toMatchObject({ value: "https://c.example/simple", source: "env:PDM_PYPI_URL" });
  });

  it("poetry and pipenv have variables", async () => {
    expect((await look("poetry", "exit 1")).seen).toMatchObject({ setting: { value: null, source: "default" } });
    const { seen } = await look("pipenv", "exit 1", { PIPENV_PYPI_MIRROR: url });
    expect(seen?.setting).toMatchObject({ value: url, source: "env:PIPENV_PYPI_MIRROR" });
    expect(seen).toMatchObject({ command: expect.stringContaining(`PIPENV_PYPI_MIRROR='${url}'`) });
  });

  it("conda has a file of channels, which are no Python index", async () => {
    const { home, seen } = await look("conda", "exit 1", {}, { ".condarc": "channels: [x]\n" });
    expect(seen).toMatchObject({
      setting: { source: `${home}/.condarc` },
      command: expect.stringContaining("channel_alias"),
    });
  });
});

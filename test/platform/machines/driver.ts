import { failureReport } from "../../../src/cli/failure.ts";
import { readOutputFlags } from "../../../src/cli/flags.ts";
import { help } from "../../../src/cli/help/en.ts";
import { type Output, outputOf } from "../../../src/cli/output.ts";
import { runProgram } from "../../../src/cli/program.ts";
import type { Services } from "../../../src/core/types.ts";
import { ownDirectories } from "../../../src/platform/paths.ts";
import { type Language, loadDictionary } from "../../../src/report/language.ts";
import type { ChangeReport, Message } from "../../../src/report/types.ts";
import type { Machine } from "./machine.ts";

/** The mirrors of these tests. */
export const mirrors = {
  go: "https://go-mirror.example",
  pip: "https://pip-mirror.example/simple",
  npm: "https://npm-mirror.example/",
  docker: "https://docker-mirror.example",
};

const catalog = {
  version: 1,
  updated: "2026-11-20",
  mirrors: Object.entries(mirrors).map(([ecosystem, url]) => ({ id: "near", ecosystem, url, status: "active" })),
  probes: {},
};

/** What a command came to. */
export type Ran = Output & { readonly json: (ChangeReport & { readonly messages: readonly Message[] }) | null };

/** Runs a command line on a machine, all of it but what only a process has. Nothing is asked of any network. */
export async function run(machine: Machine, line: string, language: Language = "en"): Promise<Ran> {
  const args = line.split(" ");
  const flags = readOutputFlags(args);
  const dictionary = await loadDictionary(language);
  let output: Output = { code: 0, out: "", err: "" };
  const screen = { colour: false, unicode: true, columns: null, home: machine.facts.home };
  await runProgram(
    args,
    help,
    async () => ({
      services: servicesOf(machine),
      dictionary,
      typed: `mirror-setup ${line}`,
      looking: () => undefined,
      terminal: () => null,
      fail: (command, refusal) => {
        output = outputOf(failureReport(command, refusal), () => [], dictionary, flags, screen);
      },
      finish: (report, view) => {
        output = outputOf(report, view, dictionary, flags, screen);
      },
    }),
    () => undefined,
    {},
  );
  return { ...output, json: flags.json ? JSON.parse(output.out) : null };
}

function servicesOf({ facts, disk, read, write }: Machine): Services {
  const shipped = facts.os === "win32" ? "C:\\pkg\\mirrors.json" : "/pkg/mirrors.json";
  disk.file(shipped, JSON.stringify(catalog));
  let now = Date.UTC(2026, 10, 21);
  return {
    ...{ read, write, own: ownDirectories(facts), shippedCatalog: shipped },
    http: () => Promise.reject(new Error("there is no network here")),
    clock: {
      now: () => now,
      date: () => new Date(now),
      sleep: async (milliseconds) => {
        now += milliseconds;
      },
    },
    fingerprint: async () => "test",
    addresses: async () => [],
    version: async () => "0.0.0",
    signal: new AbortController().signal,
    onProgress: () => undefined,
  };
}

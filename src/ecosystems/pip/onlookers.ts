import { ownFolders, pathsOf, variable } from "../../platform/paths.ts";
import { setCommand } from "../../platform/shell.ts";
import type { HostFacts } from "../../platform/types.ts";
import type { ReadPort } from "../../ports/types.ts";
import type { Onlooker, Setting } from "../types.ts";

/** Reads one value of a tool that can be asked for it. */
interface Question {
  readonly id: string;
  readonly key: string;
  /** A variable that wins over what is stored. */
  readonly variable: string | null;
  /** Asks the tool itself; null where it has no such question. */
  readonly ask: readonly string[] | null;
  /** What a person would type. */
  command(url: string, facts: HostFacts): string;
}

const questions: readonly Question[] = [
  {
    // https://pdm-project.org/en/latest/reference/configuration/
    id: "pdm",
    key: "pypi.url",
    variable: "PDM_PYPI_URL",
    ask: ["config", "pypi.url"],
    command: (url) => `pdm config pypi.url ${url}`,
  },
  {
    // No setting for all projects: https://python-poetry.org/docs/repositories/#project-configuration
    id: "poetry",
    key: "source",
    variable: "POETRY_PYPI_MIRROR_URL",
    ask: null,
    command: (url) => `poetry source add --priority=primary mirror ${url}`,
  },
  {
    // https://pipenv.pypa.io/en/latest/indexes.html
    id: "pipenv",
    key: "mirror",
    variable: "PIPENV_PYPI_MIRROR",
    ask: null,
    command: (url, facts) => setCommand(facts, "PIPENV_PYPI_MIRROR", url),
  },
];

/** Tools of Python that have a setting of their own, and that we leave to the person. */
export const onlookers: readonly Onlooker[] = [
  ...questions.map((question): Onlooker => ({ id: question.id, look: (read, url) => look(question, read, url) })),
  { id: "conda", look: lookAtConda },
];

async function look({ id, key, variable: name, ask, command }: Question, read: ReadPort, url: string) {
  const path = await read.which(id);
  if (path === null) return null;
  const outside = name === null ? null : variable(read.facts, name);
  const said =
    ask === null || outside !== null ? null : await read.run({ argv: [path, ...ask], env: ownFolders(read.facts) });
  const told = said?.code === 0 ? (said.stdout.trim().split("\n").at(-1) ?? "") : "";
  const stored = told === "" ? null : told;
  const source = outside === null ? (stored === null ? "default" : id) : `env:${name}`;
  const setting: Setting = { key, stored, value: outside ?? stored, source, line: null, shadowedBy: null };
  return { setting, command: command(url, read.facts) };
}

/** conda's channels are no Python index: https://docs.conda.io/projects/conda/en/stable/user-guide/configuration/use-condarc.html */
async function lookAtConda(read: ReadPort) {
  const path = await read.which("conda");
  if (path === null) return null;
  const file = pathsOf(read.facts).join(read.facts.home ?? "", ".condarc");
  const isThere = (await read.read(file)).kind === "file";
  const source = isThere ? file : "default";
  const setting: Setting = { key: "channels", stored: null, value: null, source, line: null, shadowedBy: null };
  return { setting, command: "conda config --set channel_alias URL" };
}

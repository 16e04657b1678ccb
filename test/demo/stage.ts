import { mkdir, readFile, writeFile } from "node:fs/promises";
import { devNull } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import type { Lab } from "../lab/index.ts";

/** The stage of the demo: a home with settings files that a person has written comments into. */
export interface Stage {
  readonly lab: Lab;
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  /** The settings files, by what they are called on the stage. */
  readonly files: Readonly<Record<string, string>>;
  readonly tools: readonly Tool[];
}

/** A real tool, if it is here: what it says is in force, and a command that fetches something through that. */
export interface Tool {
  readonly name: "go" | "pip" | "npm";
  readonly asks: readonly string[];
  readonly fetches: readonly string[];
}

/** Writes the settings, and looks which tools are here. */
export async function setStage(lab: Lab, home: string): Promise<Stage> {
  const files = {
    "go/env": join(home, "go", "env"),
    "pip.conf": join(home, "pip.conf"),
    ".npmrc": join(home, ".npmrc"),
  };
  const settings = {
    "go/env": `# my settings\nGOSUMDB=${lab.sumdb.key}\nGOPRIVATE=git.corp.example\n`,
    "pip.conf": "# my settings\n[global]\ntimeout = 60\n\n[install]\nno-compile = yes\n",
    ".npmrc": ["; my settings", "@corp:registry=https://npm.corp.example/", "save-exact=true ; always", ""].join("\n"),
  };
  for (const [name, path] of Object.entries(files)) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, settings[name as keyof typeof settings], { mode: 0o600 });
  }
  await writeFile(join(home, "lab.json"), await readFile(lab.catalogFile));
  const env = environment(lab, home, files);
  const { module, wheel, npmPackage } = lab;
  const all: Tool[] = [
    { name: "go", asks: ["env", "GOPROXY"], fetches: ["mod", "download", `${module.path}@${module.version}`] },
    {
      name: "pip",
      asks: ["config", "list"],
      fetches: [
        "download",
        "--quiet",
        "--no-deps",
        "--no-cache-dir",
        "--dest",
        "packages",
        `${wheel.project}==${wheel.version}`,
      ],
    },
    {
      name: "npm",
      asks: ["config", "get", "registry"],
      fetches: ["pack", "--silent", `${npmPackage.name}@${npmPackage.version}`],
    },
  ];
  const here = await Promise.all(
    all.map(({ name }) =>
      execa(name, [name === "go" ? "version" : "--version"], { reject: false, env, extendEnv: false }),
    ),
  );
  return { lab, home, env, files, tools: all.filter((_, index) => here[index]?.exitCode === 0) };
}

/** The systems keep settings in different places; naming the files makes the demo the same everywhere. */
function environment(lab: Lab, home: string, files: Stage["files"]): Record<string, string> {
  const { PATH = "", LANG = "C.UTF-8", TERM = "dumb", NO_COLOR = "" } = process.env;
  const {
    SSL_CERT_FILE = "",
    NODE_EXTRA_CA_CERTS = "",
    PIP_CERT = "",
    REQUESTS_CA_BUNDLE = "",
    npm_config_cafile = "",
  } = lab.env;
  return {
    ...{ PATH, LANG, TERM, NO_COLOR, HOME: home, USERPROFILE: home },
    ...(process.stdout.isTTY ? { FORCE_COLOR: "1" } : {}),
    ...{ SSL_CERT_FILE, NODE_EXTRA_CA_CERTS, PIP_CERT, REQUESTS_CA_BUNDLE, npm_config_cafile },
    ...{
      GOENV: files["go/env"] ?? "",
      GOPATH: join(home, "gopath"),
      GOCACHE: join(home, "cache"),
      GOFLAGS: "-modcacherw",
    },
    ...{ PIP_CONFIG_FILE: files["pip.conf"] ?? "", PIP_DISABLE_PIP_VERSION_CHECK: "1", PIP_RETRIES: "0" },
    ...{
      npm_config_userconfig: files[".npmrc"] ?? "",
      npm_config_globalconfig: devNull,
      npm_config_update_notifier: "false",
    },
  };
}

import type { Disk } from "./disk.ts";
import type { Program } from "./machine.ts";

/** What every tool uses when nobody has configured anything; no name of the real ones, so that none can be asked by mistake. */
export const upstreams = {
  go: "https://upstream-go.example,direct",
  pip: "https://upstream-pip.example/simple",
  npm: "https://upstream-npm.example/",
};

function textAt(disk: Disk, path: string | undefined): string {
  const state = path === undefined ? null : disk.read(path);
  return state?.kind === "file" ? Buffer.from(state.bytes).toString("utf8") : "";
}

function valueIn(text: string, key: string): string | null {
  return new RegExp(`^${key}\\s*=\\s*(.*?)\\r?$`, "m").exec(text)?.[1] ?? null;
}

/** go, as far as it is asked: the environment goes before the file that GOENV names. */
export const go: Program = ({ args, env, disk }) => {
  if (args[0] === "version") return "go version go1.27.4 test/arch\n";
  if (args[0] !== "env" || args[1] !== "-json") return { code: 1, stderr: "no such command here" };
  const text = env.GOENV === "off" ? "" : textAt(disk, env.GOENV);
  const defaults: Record<string, string> = { GOPROXY: upstreams.go, GOSUMDB: "sum.example" };
  const told = args.slice(2).map((name) => [name, env[name] || valueIn(text, name) || (defaults[name] ?? "")]);
  return JSON.stringify(Object.fromEntries(told));
};

/** Python through a pipe on Windows speaks the code page of the system, unless told otherwise: what is not ASCII arrives as nothing that can be read. */
function throughPipe(text: string, encoding: string | undefined): string {
  return text.includes("C:") && encoding !== "utf-8" ? text.replace(/[^\0-~]/g, "\ufffd") : text;
}

/** pip with its own idea of where its files are: the last one that is there wins. */
export function pip(files: readonly string[], site: string): Program {
  return ({ args, env, disk }) => {
    const words = args.join(" ").replace(/^-m pip /, "");
    if (words === "--version") return "pip 26.2.2 from /somewhere/pip (python 3.14)\r\n";
    if (words === "config debug") return throughPipe(`site:\r\n  ${site}, exists: False\r\n`, env.PYTHONIOENCODING);
    if (words === "help download") return `  -i, --index-url <url>  Base URL (default ${upstreams.pip}).\n`;
    if (words !== "config get global.index-url") return { code: 1, stderr: "no such command here" };
    const found = files.map((path) => valueIn(textAt(disk, path), "index-url")).findLast((value) => value !== null);
    const said = env.PIP_INDEX_URL || found;
    return said === undefined || said === null ? { code: 1, stderr: "ERROR: No such key" } : `${said}\n`;
  };
}

/** npm with its own idea of where its files are. */
export function npm(userFile: string, globalFile: string): Program {
  return ({ args, env, disk }) => {
    if (args[0] === "--version") return "12.2.0\n";
    const at = env.npm_config_userconfig ?? userFile;
    const registry = valueIn(textAt(disk, at), "registry") ?? upstreams.npm;
    if (args.join(" ") === "config get registry") return `${registry}\n`;
    if (args.join(" ") !== "config list --json") return { code: 1, stderr: "no such command here" };
    return JSON.stringify({ registry, userconfig: at, globalconfig: globalFile });
  };
}

/** A program of Windows that a Linux must not even start. */
export const forbidden: Program = ({ args }) => {
  throw new Error(`a program of Windows was run: ${args.join(" ")}`);
};

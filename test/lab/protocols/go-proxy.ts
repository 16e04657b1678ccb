import type { GoModule } from "../artefacts/go-modules.ts";
import { file, notFound, text } from "../http.ts";
import type { Handler } from "../types.ts";

/** What a proxy serves: its modules, and the checksum database it stands in for. */
export interface GoProxy {
  readonly modules: readonly GoModule[];
  /** The database's name, which is also its folder under `/sumdb/`. */
  readonly sumDbName: string;
  readonly sumDb: Handler;
}

/** Serves `$module/@v/list`, `.info`, `.mod`, `.zip`, `@latest` (https://go.dev/ref/mod#goproxy-protocol) and `/sumdb/`. */
export function goProxyHandler(proxy: GoProxy): Handler {
  const files = moduleFiles(proxy.modules);
  const prefix = `/sumdb/${proxy.sumDbName}`;
  return (request) => {
    if (request.method !== "GET" && request.method !== "HEAD") return text(405, "method not allowed\n");
    if (request.path.startsWith(`${prefix}/`)) {
      return proxy.sumDb({ ...request, path: request.path.slice(prefix.length) });
    }
    const body = files.get(request.path);
    return body ? file(request, body, contentType(request.path)) : notFound;
  };
}

/** A capital letter is written as `!` and the small one, so that paths work on any file system. */
function escapePath(path: string): string {
  return path.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);
}

/** The URL path of one file of a module version. */
export function modulePath(path: string, version: string, extension: "info" | "mod" | "zip"): string {
  return `/${escapePath(path)}/@v/${escapePath(version)}.${extension}`;
}

/** Modules come in rising order of version, so the last one of a path is its latest. */
function moduleFiles(modules: readonly GoModule[]): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (const { path, version, goMod, zip } of modules) {
    const info = Buffer.from(JSON.stringify({ Version: version, Time: "2024-01-02T03:04:05Z" }));
    const list = `/${escapePath(path)}/@v/list`;
    files.set(modulePath(path, version, "info"), info);
    files.set(modulePath(path, version, "mod"), goMod);
    files.set(modulePath(path, version, "zip"), zip);
    files.set(`/${escapePath(path)}/@latest`, info);
    files.set(list, Buffer.concat([files.get(list) ?? new Uint8Array(), Buffer.from(`${version}\n`)]));
  }
  return files;
}

function contentType(path: string): string {
  if (path.endsWith(".zip")) return "application/zip";
  return path.endsWith(".info") || path.endsWith("@latest") ? "application/json" : "text/plain; charset=UTF-8";
}

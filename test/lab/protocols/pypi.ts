import { hex } from "../artefacts/archives.ts";
import { requiresPython, type Wheel } from "../artefacts/wheels.ts";
import { file, notFound, redirect, text } from "../http.ts";
import type { Handler, LabRequest, Reply } from "../types.ts";

/** The forms of a page, the last one for whoever asks for none of them (https://peps.python.org/pep-0691/#content-types). */
const json = "application/vnd.pypi.simple.v1+json";
const html = "application/vnd.pypi.simple.v1+html";
const forms = [json, html, "text/html"] as const;
type Form = (typeof forms)[number];

/** What a mirror made by bandersnatch shows of a project. */
interface Project {
  readonly name: string;
  readonly serial: number;
  readonly wheels: readonly Wheel[];
}

/**
 * A package index as bandersnatch writes it: `/simple/<project>/` as HTML (https://peps.python.org/pep-0503/) or JSON
 * (https://peps.python.org/pep-0691/, https://peps.python.org/pep-0700/), with its serial, and the files and their
 * metadata (https://peps.python.org/pep-0658/) under `/packages/`. `served`: the bytes behind the paths, wheel by wheel.
 */
export function pypiHandler(wheels: readonly Wheel[], served: readonly Wheel[] = wheels): Handler {
  const files = filesOf(wheels, served);
  const projects = projectsOf(wheels);
  return (request) => {
    if (request.method !== "GET" && request.method !== "HEAD") return text(405, "method not allowed\n");
    const body = files.get(request.path);
    if (body) return file(request, body, "application/octet-stream");
    const name = projectOfPath(request.path);
    const project = name === null ? undefined : projects.get(normalised(name));
    if (!project) return notFound;
    const right = `/simple/${project.name}/`;
    return request.path === right ? page(request, project) : { ...redirect(right), status: 301 };
  };
}

/** Where a wheel is: by its hash, as upstream (which takes another hash). */
export function wheelPath({ sha256, file }: Wheel): string {
  return `/packages/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256.slice(4)}/${file}`;
}

/** The project that a page is about, or null where the path is not a page's. */
export function projectOfPath(path: string): string | null {
  return /^\/simple\/([^/]+)\/?$/.exec(path)?.[1] ?? null;
}

function filesOf(wheels: readonly Wheel[], served: readonly Wheel[]): ReadonlyMap<string, Uint8Array> {
  const entries = wheels.flatMap((wheel, index) => {
    const { content, metadata } = served[index] ?? wheel;
    const path = wheelPath(wheel);
    return [[path, content] as const, [`${path}.metadata`, metadata] as const];
  });
  return new Map(entries);
}

function projectsOf(wheels: readonly Wheel[]): ReadonlyMap<string, Project> {
  const names = [...new Set(wheels.map(({ project }) => project))];
  return new Map(
    names.map((name) => {
      const own = wheels.filter(({ project }) => project === name);
      return [name, { name, serial: Math.max(...own.map(serialOf)), wheels: own }];
    }),
  );
}

/** What a serial grows by in a day. */
export const serialsPerDay = 24 * 60;

/** Upstream counts every event; here one per minute since 1970. A project's serial is that of its last event. */
function serialOf({ at }: Wheel): number {
  return Math.floor(at / 60_000);
}

/** https://peps.python.org/pep-0503/#normalized-names */
function normalised(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

function page(request: LabRequest, project: Project): Reply {
  const form = preferred(request.headers.accept ?? "");
  const body = form === json ? jsonPage(project) : htmlPage(project);
  const reply = file(request, Buffer.from(body), form === json ? form : `${form}; charset=utf-8`);
  // bandersnatch writes one page after another.
  const writtenAt = Math.max(...project.wheels.map(({ at }) => at)) + 1000 * project.name.length;
  return { ...reply, headers: { ...reply.headers, "last-modified": new Date(writtenAt).toUTCString() } };
}

/** The form asked for with the greatest weight (https://www.rfc-editor.org/rfc/rfc9110#name-accept). */
function preferred(accept: string): Form {
  const weights = new Map(
    accept.split(",").map((part) => {
      const [type = "", ...rest] = part.split(";").map((each) => each.trim());
      return [type, Number(rest.find((each) => each.startsWith("q="))?.slice(2) ?? 1)];
    }),
  );
  const weight = (form: string) => weights.get(form) ?? 0;
  return forms.reduce<Form>((best, form) => (weight(form) > weight(best) ? form : best), "text/html");
}

function relativeUrl(wheel: Wheel): string {
  return `../..${wheelPath(wheel)}`;
}

function htmlPage({ name, serial, wheels }: Project): string {
  const links = wheels.map((wheel) => {
    const hash = hex("sha256", wheel.metadata);
    const python = requiresPython.replace(">", "&gt;");
    const data = `data-requires-python="${python}" data-dist-info-metadata="sha256=${hash}" data-core-metadata="sha256=${hash}"`;
    return `    <a href="${relativeUrl(wheel)}#sha256=${wheel.sha256}" ${data}>${wheel.file}</a><br/>\n`;
  });
  const head = `<meta name="pypi:repository-version" content="1.1">\n    <title>Links for ${name}</title>`;
  const body = `    <h1>Links for ${name}</h1>\n${links.join("")}`;
  return `<!DOCTYPE html>\n<html>\n  <head>\n    ${head}\n  </head>\n  <body>\n${body}  </body>\n</html>\n<!--SERIAL ${serial}-->`;
}

function jsonPage({ name, serial, wheels }: Project): string {
  const files = wheels.map((wheel) => {
    const core = { sha256: hex("sha256", wheel.metadata) };
    return {
      "core-metadata": core,
      "data-dist-info-metadata": core,
      filename: wheel.file,
      hashes: { sha256: wheel.sha256 },
      "requires-python": requiresPython,
      size: wheel.content.length,
      "upload-time": new Date(wheel.at).toISOString().replace(/Z$/, "000Z"),
      url: relativeUrl(wheel),
      yanked: false,
    };
  });
  const meta = { "api-version": "1.1", "_last-serial": String(serial) };
  return JSON.stringify({ files, meta, name, versions: wheels.map(({ version }) => version) });
}

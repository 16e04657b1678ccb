import { file, loginPage, redirect } from "./http.ts";
import type { IsFile } from "./http-faults.ts";
import type { Handler, LabRequest, Middleware } from "./types.ts";

/** Serves the paths it applies to from elsewhere. */
export function instead(applies: IsFile, elsewhere: () => Handler): Middleware {
  return (request, next) => (applies(request.path) ? elsewhere()(request) : next(request));
}

/** Changes the text of whole 200 replies at the paths it applies to; a range is then cut from what came of it. */
export function rewritten(applies: IsFile, change: (text: string) => string): Middleware {
  return async (request, next) => {
    if (!applies(request.path)) return await next(request);
    const answer = await next(withHeader(request, "range", undefined));
    if (typeof answer !== "object" || !("status" in answer) || answer.status !== 200) return answer;
    if (!(answer.body instanceof Uint8Array)) return answer;
    const body = Buffer.from(change(Buffer.from(answer.body).toString()));
    return file(request, body, answer.headers?.["content-type"] ?? "text/plain");
  };
}

/** The same request with another header; undefined takes it away. */
export function withHeader(request: LabRequest, name: string, value: string | undefined): LabRequest {
  return { ...request, headers: { ...request.headers, [name]: value } };
}

/** Leads everybody to a login page on plain http. */
export const portalRedirect: Middleware = async (request, _next, site) =>
  request.companion ? loginPage : redirect(`${await site.companion("http")}/login`);

/** A value that is made when first asked for. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

import type { Answer, LabRequest, Reply } from "./types.ts";

/** A short plain-text reply. */
export function text(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { "content-type": "text/plain; charset=UTF-8", ...headers }, body: Buffer.from(body) };
}

/** The usual refusals. */
export const notFound: Reply = text(404, "not found\n");
export const forbidden: Reply = text(403, "forbidden\n");

/** What a captive portal shows. */
export const loginPage: Reply = {
  status: 200,
  headers: { "content-type": "text/html" },
  body: Buffer.from("<!doctype html><html><head><title>Login</title></head><body>Please log in</body></html>\n"),
};

/** A redirect; the body says the same, as servers do. */
export function redirect(to: string): Reply {
  return text(302, `Found: ${to}\n`, { location: to });
}

/**
 * A file, or the one range of it that was asked for (https://www.rfc-editor.org/rfc/rfc9110#name-range-requests).
 * Several ranges at once get the whole file, as the standard allows.
 */
export function file(request: LabRequest, body: Uint8Array, type: string): Reply {
  const headers = { "content-type": type, "accept-ranges": "bytes" };
  const range = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? "");
  if (!range || (range[1] === "" && range[2] === "")) return { status: 200, headers, body };
  const [first, last] = limits(range[1] ?? "", range[2] ?? "", body.length);
  if (first > last) return { status: 416, headers: { "content-range": `bytes */${body.length}` } };
  const part = { ...headers, "content-range": `bytes ${first}-${last}/${body.length}` };
  return { status: 206, headers: part, body: body.subarray(first, last + 1) };
}

/** First and last byte; `-n` means the last n bytes. */
function limits(first: string, last: string, size: number): readonly [number, number] {
  if (first === "") return [Math.max(0, size - Number(last)), size - 1];
  return [Number(first), last === "" ? size - 1 : Math.min(Number(last), size - 1)];
}

/** Changes an ordinary reply, and leaves the other answers as they are. */
export function onReply(answer: Answer, change: (reply: Reply) => Reply): Answer {
  return typeof answer === "object" && "status" in answer ? change(answer) : answer;
}

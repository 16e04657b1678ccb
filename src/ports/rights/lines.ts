import type { Readable } from "node:stream";

/** A file of four megabytes, in base64 and quoted. */
const maxLine = 8 * 1024 * 1024;

/** JSON values, one a line. Ends with the stream, or with what is no JSON. */
export async function* valuesIn(stream: Readable): AsyncGenerator<unknown> {
  let rest = "";
  stream.setEncoding("utf8");
  for await (const chunk of stream) {
    rest += String(chunk);
    for (let end = rest.indexOf("\n"); end !== -1; end = rest.indexOf("\n")) {
      yield JSON.parse(rest.slice(0, end));
      rest = rest.slice(end + 1);
    }
    if (rest.length > maxLine) throw new Error("a line without end");
  }
}

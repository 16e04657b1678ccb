import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";

/** A registry on loopback with one package, `tiny@1.0.0`. */
export interface TinyRegistry {
  readonly url: string;
  /** The paths that were asked for, in order. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** Starts a registry. */
export async function tinyRegistry(): Promise<TinyRegistry> {
  const tarball = gzipSync(tar("package/package.json", JSON.stringify({ name: "tiny", version: "1.0.0" })));
  const integrity = `sha512-${createHash("sha512").update(tarball).digest("base64")}`;
  const asked: string[] = [];
  const server = createServer(({ url: path = "" }, response) => {
    asked.push(path);
    if (path === "/tiny/-/tiny-1.0.0.tgz") return response.end(tarball);
    const dist = { tarball: `${url}tiny/-/tiny-1.0.0.tgz`, integrity };
    const versions = { "1.0.0": { name: "tiny", version: "1.0.0", dist } };
    response.statusCode = path === "/tiny" ? 200 : 404;
    return response.end(JSON.stringify({ name: "tiny", "dist-tags": { latest: "1.0.0" }, versions }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()).closeAllConnections());
  return { url, asked, close };
}

/** A ustar archive with one file. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html */
function tar(name: string, text: string): Buffer {
  const header = Buffer.alloc(512);
  const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, "0")}\0`;
  header.write(name, 0);
  header.write(octal(0o644, 8) + octal(0, 8) + octal(0, 8) + octal(text.length, 12) + octal(0, 12), 100);
  header.write("        0", 148);
  header.write("ustar\u000000", 257);
  header.write(
    `${octal(
      header.reduce((sum, byte) => sum + byte, 0),
      7,
    )} `,
    148,
  );
  const body = Buffer.alloc(Math.ceil(text.length / 512) * 512);
  body.write(text);
  return Buffer.concat([header, body, Buffer.alloc(1024)]);
}

import type { GoModule } from "../artefacts/go-modules.ts";
import { file, notFound, text } from "../http.ts";
import type { Handler } from "../types.ts";
import { type Signer, signNote } from "./note.ts";
import { makeTree, parseTileName, type TileName, type Tree, tileWidth } from "./tlog.ts";

/** A checksum database: its signer, its records in order, and the tree over them. */
export interface SumDb {
  readonly signer: Signer;
  readonly records: readonly { readonly name: string; readonly text: string }[];
  readonly tree: Tree;
}

/** A database over the given modules, first in the log, and filler up to `size` records. */
export function makeSumDb(signer: Signer, modules: readonly GoModule[], size: number): SumDb {
  const records = [...modules.map(moduleRecord)];
  while (records.length < size) records.push(fillerRecord(records.length));
  return { signer, records, tree: makeTree(records.map((record) => Buffer.from(record.text))) };
}

/**
 * Serves a database at its root, as of its first `size` records: `/latest`, `/lookup/M@V`, `/tile/…`, and `/supported`,
 * which a proxy answers for it. https://go.dev/design/25530-sumdb#checksum-database
 */
export function sumDbHandler(db: SumDb, size: number): Handler {
  return (request) => {
    const { path } = request;
    if (path === "/supported") return text(200, "");
    if (path === "/latest") return text(200, signedHead(db, size));
    if (path.startsWith("/lookup/")) return lookup(db, size, path.slice("/lookup/".length));
    const tile = path.startsWith("/tile/") ? parseTileName(path.slice("/tile/".length)) : null;
    const body = tile && tileBody(db, size, tile);
    return body ? file(request, body, "application/octet-stream") : notFound;
  };
}

/** `!s` in a module path or version of a URL is a capital S (https://go.dev/ref/mod#goproxy-protocol). */
function unescapePath(escaped: string): string {
  return escaped.replace(/!([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function moduleRecord({ path, version, zipH1, modH1 }: GoModule) {
  return { name: `${path}@${version}`, text: `${path} ${version} ${zipH1}\n${path} ${version}/go.mod ${modH1}\n` };
}

function fillerRecord(index: number) {
  const path = `filler.example/m${index}`;
  const hash = `h1:${Buffer.alloc(32, index).toString("base64")}`;
  return { name: `${path}@v1.0.0`, text: `${path} v1.0.0 ${hash}\n${path} v1.0.0/go.mod ${hash}\n` };
}

/** The tree's size and root, signed (https://pkg.go.dev/golang.org/x/mod/sumdb/tlog#FormatTree). */
function signedHead({ tree, signer }: SumDb, size: number): string {
  return signNote(`go.sum database tree\n${size}\n${tree.root(size).toString("base64")}\n`, signer);
}

/** The record's number, its lines, a blank line and the signed head. */
function lookup(db: SumDb, size: number, escaped: string) {
  const name = unescapePath(escaped);
  const id = db.records.slice(0, size).findIndex((record) => record.name === name);
  if (id < 0) return text(404, `not found: ${name}: unknown revision\n`);
  return text(200, `${formatRecord(db, id)}${signedHead(db, size)}`);
}

function formatRecord({ records }: SumDb, id: number): string {
  return `${id}\n${records[id]?.text ?? ""}\n`;
}

function tileBody(db: SumDb, size: number, tile: TileName): Uint8Array | null {
  if (tile.level >= 0) return db.tree.tile(tile, size);
  const first = tile.index * tileWidth;
  if (first + tile.width > size) return null;
  return Buffer.from(Array.from({ length: tile.width }, (_, i) => formatRecord(db, first + i)).join(""));
}

import { describe, expect, it } from "vitest";
import { openNote, parseVerifier, treeSize, type Verifier } from "../../../src/ecosystems/go/note.ts";
import { loadShipped } from "../../catalog/shipped.ts";

/** A real signed head of the real database. */
const size = 63_096_908;
const head = (records: number) => `go.sum database tree\n${records}\n8lHrQPRYe4KT4WQ9/Qk8/taKnD6IRHbFgfN7vQE2Y54=\n`;
const signature = "Az3gri/oVBN1jAhNZ/iS+W31psFAWRT20/GyrhpU6taFwulQGetBkH5S7wpGXdS935jiIGiUUAXBVHzT/P6fYhqAmAk=";

function verifier(): Verifier {
  const found = parseVerifier(key());
  if (found === null) throw new Error("the catalog's key is none");
  return found;
}

function key(): string {
  return loadShipped().catalog?.probes.go?.sumdb?.key ?? "";
}

const note = (text: string, name = verifier().name) => `${text}\n\u2014 ${name} ${signature}\n`;

describe("a signed note", () => {
  it("of the real database is signed, and says its size", () => {
    expect(openNote(note(head(size)), verifier())).toEqual({ kind: "signed", text: head(size) });
    expect(treeSize(head(size))).toBe(size);
  });

  it("with one record more is forged", () => {
    expect(openNote(note(head(size + 1)), verifier())).toEqual({ kind: "forged" });
  });

  it("of somebody else is no note of ours", () => {
    expect(openNote(note(head(size), "sum.other.example"), verifier())).toEqual({ kind: "no-note" });
  });

  it("among other signatures is found", () => {
    const many = note(head(size)).replace("\n\u2014", "\n\u2014 other.example AAAA\n\u2014");
    expect(openNote(many, verifier())).toMatchObject({ kind: "signed" });
  });

  it.each(["", "<html>\n\n</html>", head(size), "\n\n", note(head(size)).replace("\u2014", "-")])(
    "is not %j",
    (text) => {
      expect(openNote(text, verifier())).toEqual({ kind: "no-note" });
    },
  );

  it("whose signature is cut is forged, not an error", () => {
    expect(openNote(`${head(size)}\n\u2014 ${verifier().name} Az3gri8=\n`, verifier())).toEqual({ kind: "forged" });
    expect(openNote(`${head(size)}\n\u2014 ${verifier().name} !!!\n`, verifier())).toEqual({ kind: "forged" });
  });
});

describe("a verifier key", () => {
  it("has the hash of its name and key", () => {
    expect(parseVerifier(key())).toMatchObject({ name: key().split("+")[0] });
  });

  it.each([
    ["a wrong hash", () => key().replace(/\+[0-9a-f]{8}\+/, "+00000000+")],
    ["another name", () => `x${key()}`],
    ["another key", () => key().replace(/.{4}$/, "AAAA")],
    ["no key", () => "name+033de0ae+"],
    ["nothing", () => ""],
  ])("with %s is none", (_, text) => {
    expect(parseVerifier(text())).toBeNull();
  });
});

describe("the size of a tree", () => {
  it.each(["", "go.sum database tree\nmany\nAAAA\n", "go.sum database tree\n-1\nAAAA\n", "other tree\n5\nAAAA\n"])(
    "is not in %j",
    (text) => {
      expect(treeSize(text)).toBeNull();
    },
  );
});

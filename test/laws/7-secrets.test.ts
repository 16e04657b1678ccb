import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clean, cleanText } from "../../src/report/clean.ts";

const word = fc.stringMatching(/^[A-Za-z0-9._~%-]{4,20}$/);
const scheme = fc.constantFrom("https", "http", "HTTPS", "socks5", "git+ssh");
const around = fc.constantFrom("", "GOPROXY=", "x,", "see (", '"', "'", "| ");
const address = fc
  .record({
    scheme,
    user: word,
    secret: word,
    before: around,
    after: fc.constantFrom("", ",direct", "|x", '"', " end"),
  })
  .map(({ scheme, user, secret, before, after }) => ({
    secret: `s3cret${secret}`,
    user,
    text: (credentials: string) => `${before}${scheme}://${credentials}host.example/p${after}`,
  }));

describe("law 7, in what is shown", () => {
  it("the password of an address never comes out, wherever it stands", () => {
    const law7 = fc.property(address, ({ user, secret, text }) => {
      expect(cleanText(text(`${user}:${secret}@`))).toBe(text("***@"));
      expect(cleanText(text(`${secret}@`))).toBe(text("***@"));
      expect(JSON.stringify(clean({ deep: [{ [text(`${secret}@`)]: text(`${secret}@`) }] }))).not.toContain("s3cret");
    });
    fc.assert(law7, { numRuns: 200 });
  });

  it("an address without credentials is shown as it is", () => {
    const law7 = fc.property(address, ({ text }) => {
      expect(cleanText(text(""))).toBe(text(""));
    });
    fc.assert(law7, { numRuns: 100 });
  });

  it.each([
    "https://u:s3cret@with-at@host.example/",
    "https://u:s3cret%40@host.example,https://v:s3cret2@other.example",
    "//registry.example/:_authToken=s3cret",
    "_auth = s3cret",
    "_password: s3cret",
    '{ "_authToken": "s3cret" }',
  ])("no part of a secret is left of %s", (text) => {
    expect(cleanText(text)).not.toMatch(/s3cret/);
  });

  it("a text that was cleaned is clean: doing it again changes nothing", () => {
    const law7 = fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
      expect(cleanText(cleanText(text))).toBe(cleanText(text));
    });
    fc.assert(law7, { numRuns: 200 });
  });

  it("nothing that is shown can steer a terminal or turn the reading direction", () => {
    const ugly = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "\u001b[2J",
        "\u009b31m",
        "\u202e",
        "\u2066",
        "\u200f",
        "\u061c",
        "\r",
        "\u0007",
        "\u2028",
        "\ufeff",
      ),
    );
    const law7 = fc.property(fc.array(ugly), (parts) => {
      // \p{Cc}: all control characters; \p{Bidi_C}: all that steer the direction.
      expect(cleanText(parts.join(""))).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]/u);
    });
    fc.assert(law7, { numRuns: 300 });
  });
});

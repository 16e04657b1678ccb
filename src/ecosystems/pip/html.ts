/** A start tag of a page, with its attributes; names are in small letters. */
export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/**
 * The start tags of a page, in order. Simple index pages need no more than that, and every character is looked at once, whoever wrote the page.
 * What follows a tag that never ends is left out.
 */
export function tagsIn(page: string): Tag[] {
  const reader = new Reader(page);
  const tags: Tag[] = [];
  for (let tag = reader.next(); tag !== null; tag = reader.next()) tags.push(tag);
  return tags;
}

class Reader {
  readonly #page: string;
  #at = 0;

  constructor(page: string) {
    this.#page = page;
  }

  next(): Tag | null {
    while (this.#skipTo("<")) {
      if (this.#page.startsWith("<!--", this.#at)) {
        if (!this.#skipTo("-->")) return null;
        continue;
      }
      this.#at += 1;
      const name = this.#take(/[a-z][a-z0-9]*/iy);
      if (name !== "") return this.#tag(name.toLowerCase());
    }
    return null;
  }

  #tag(name: string): Tag | null {
    const attributes = new Map<string, string>();
    for (;;) {
      this.#take(/[\s/]+/y);
      if (this.#at >= this.#page.length) return null;
      if (this.#page[this.#at] === ">") return { name, attributes };
      const attribute = this.#take(/=?[^\s=>/]*/y).toLowerCase();
      const value = this.#value();
      if (value === null) return null;
      // As browsers do: of two, the first counts.
      if (!attributes.has(attribute)) attributes.set(attribute, unescaped(value));
    }
  }

  /** Empty where the attribute has none; null where its quotes never close. */
  #value(): string | null {
    this.#take(/\s+/y);
    if (this.#page[this.#at] !== "=") return "";
    this.#at += 1;
    this.#take(/\s+/y);
    const quote = this.#page[this.#at];
    if (quote !== '"' && quote !== "'") return this.#take(/[^\s>]+/y);
    const start = this.#at + 1;
    this.#at = start;
    if (!this.#skipTo(quote)) return null;
    this.#at += 1;
    return this.#page.slice(start, this.#at - 1);
  }

  #skipTo(mark: string): boolean {
    const found = this.#page.indexOf(mark, this.#at);
    this.#at = found === -1 ? this.#page.length : found;
    return found !== -1;
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [found = ""] = pattern.exec(this.#page) ?? [];
    this.#at += found.length;
    return found;
  }
}

function unescaped(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|amp|lt|gt|quot|apos);/gi, (whole, entity: string) => {
    const named = entities[entity.toLowerCase()];
    if (named !== undefined) return named;
    const code = /^#x/i.test(entity) ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

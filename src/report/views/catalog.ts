import type { Mirror } from "../../catalog/types.ts";
import { cleanText } from "../clean.ts";
import { fill } from "../say.ts";
import type { Screen } from "../screen.ts";

/** The catalog, an ecosystem at a time. Mirrors that are closed are counted, and listed on wish: nobody can use them. */
export function listView(mirrors: readonly Mirror[], screen: Screen): string[] {
  const { words } = screen.dictionary;
  if (mirrors.length === 0) return [words.empty];
  const open = mirrors.filter(({ status }) => screen.verbose || status !== "closed");
  const closed = mirrors.length - open.length;
  return [
    ...[...new Set(open.map(({ ecosystem }) => ecosystem))].flatMap((ecosystem) => [
      screen.bold(ecosystem),
      ...screen.table([
        listHead(screen),
        ...open.flatMap((each) => (each.ecosystem === ecosystem ? [mirrorRow(each, screen)] : [])),
      ]),
      "",
    ]),
    ...(open.some(({ offer }) => offer) ? [screen.dim(words.offered)] : []),
    ...(closed > 0 ? [screen.dim(fill(words.closedHidden, { count: closed }))] : []),
  ];
}

function listHead(screen: Screen): string[] {
  const { heading } = screen.dictionary.words;
  return [heading.id, heading.status, heading.url].map((text) => screen.dim(text));
}

function mirrorRow({ id, name, status, url, offer, closedOn, restriction }: Mirror, screen: Screen): string[] {
  const { language, words } = screen.dictionary;
  const paint = {
    active: screen.good,
    degraded: screen.caution,
    restricted: screen.caution,
    closed: screen.bad,
    unknown: screen.dim,
  };
  const since = status === "closed" && closedOn !== null ? ` ${closedOn}` : "";
  const about = restriction === null ? [name] : [name, restriction];
  const address = url === null ? [] : [cleanText(url)];
  return [
    screen.bold(cleanText(id)),
    `${paint[status](words.status[status])}${since}${offer ? " *" : ""}`,
    [...address, ...about.map((text) => screen.dim(cleanText(text[language])))].join("  "),
  ];
}

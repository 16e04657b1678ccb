import type { Mirror } from "../../catalog/types.ts";
import { cleanText } from "../clean.ts";
import type { Screen } from "../screen.ts";

/** The catalog, an ecosystem at a time. */
export function listView(mirrors: readonly Mirror[], screen: Screen): string[] {
  if (mirrors.length === 0) return [screen.dictionary.words.empty];
  return [...new Set(mirrors.map(({ ecosystem }) => ecosystem))].flatMap((ecosystem, index) => {
    const own = mirrors.filter((mirror) => mirror.ecosystem === ecosystem);
    return [
      ...(index === 0 ? [] : [""]),
      screen.bold(ecosystem),
      ...screen.table([listHead(screen), ...own.map((mirror) => mirrorRow(mirror, screen))]),
    ];
  });
}

function listHead(screen: Screen): string[] {
  const { heading } = screen.dictionary.words;
  return [heading.id, heading.status, heading.name, heading.url].map((text) => screen.dim(text));
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
  const limits = restriction === null ? "" : `  ${screen.dim(cleanText(restriction[language]))}`;
  return [
    screen.bold(cleanText(id)),
    `${paint[status](words.status[status])}${since}${offer ? ` ${words.offered}` : ""}`,
    cleanText(name[language]),
    `${url === null ? screen.dash : cleanText(url)}${limits}`,
  ];
}

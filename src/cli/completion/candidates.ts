import { mirrorsOf } from "../../catalog/find.ts";
import { type EcosystemId, ecosystemIds } from "../../catalog/types.ts";
import { loadCatalog } from "../../core/catalog.ts";
import { history } from "../../core/inspect.ts";
import { ecosystemOf } from "../../ecosystems/index.ts";
import { ownWord } from "../aliases.ts";
import type { Session } from "../session.ts";
import { shells } from "./scripts.ts";
import type { Place } from "./walk.ts";

/** A word that would fit, and what it means. */
export interface Candidate {
  readonly word: string;
  readonly text: string;
}

/** Stands for the names of files, which the shell completes itself. */
export const files: Candidate = { word: ":files", text: "" };

/** All words that would fit at a place; what has been typed of one is not looked at yet. */
export async function candidatesAt(place: Place, session: Session): Promise<readonly Candidate[]> {
  const { command, given, option, typed } = place;
  if (option !== null) return valuesOf(option.long ?? "", place, session);
  if (typed.startsWith("-")) return optionsAt(place);
  const argument =
    command.registeredArguments[given.length] ?? command.registeredArguments.find(({ variadic }) => variadic);
  const values = argument === undefined ? [] : await argumentValues(argument.name(), place, session);
  return given.length > 0 ? values : [...commandsOf(place), ...values];
}

function commandsOf({ command }: Place): Candidate[] {
  const shown = command.createHelp().visibleCommands(command);
  return shown.map((each) => ({ word: each.name(), text: each.description() }));
}

/** Those that collect what they are given may come again. */
function optionsAt({ command, options }: Place): Candidate[] {
  const shown = command.createHelp().visibleOptions(command);
  return shown.flatMap(({ long, description, parseArg }) =>
    long === undefined || long === null || (options.has(long) && parseArg === undefined)
      ? []
      : [{ word: long, text: description }],
  );
}

async function valuesOf(option: string, place: Place, session: Session): Promise<readonly Candidate[]> {
  const words = async (): Promise<readonly string[]> => {
    switch (option) {
      case "--scope":
        return ["user", "project", "system"];
      case "--lang":
        return ["zh", "en"];
      case "--from":
        return (await mirrorsAt({ ...place, given: ["docker"] }, session, () => true)).map(({ word }) => word);
      case "--only":
        return (await Promise.all(ecosystemsAt(place).map(ecosystemOf))).flatMap((found) =>
          found.tools.map(({ id }) => id),
        );
      default:
        return [];
    }
  };
  return option === "--catalog" ? [files] : plain(await words());
}

/** What may stand for an argument, by the name that it was declared with. */
async function argumentValues(name: string, place: Place, session: Session): Promise<readonly Candidate[]> {
  switch (name) {
    case "ECOSYSTEM":
      return plain(ecosystemIds);
    case "MIRROR":
      return mirrorsAt(place, session, () => true);
    case "ID":
      return place.command.name() === "undo"
        ? transactions(session)
        : mirrorsAt(place, session, (origin) => origin === "user");
    case "SHELL":
      return plain(shells);
    case "FILE":
      return [files];
    default:
      return [];
  }
}

function plain(words: readonly string[]): Candidate[] {
  return words.map((word) => ({ word, text: "" }));
}

/** The ecosystems that a place is about: the command's own, or the one named before. */
function ecosystemsAt({ command, given }: Place): readonly EcosystemId[] {
  const words = [command.name(), ...given].map(ownWord);
  const found = ecosystemIds.filter((id) => words.includes(id));
  return found.length > 0 ? found : ecosystemIds;
}

async function mirrorsAt(
  place: Place,
  { services, dictionary }: Session,
  isWanted: (origin: string) => boolean,
): Promise<readonly Candidate[]> {
  const file = place.options.get("--catalog") ?? "";
  const loaded = await loadCatalog(services, file === "" ? null : file);
  if (!loaded.ok) return [];
  const found = ecosystemsAt(place)
    .flatMap((id) => mirrorsOf(loaded.value.catalog, id))
    .filter(
      ({ id, url, status, origin }) =>
        url !== null && status !== "closed" && isWanted(origin) && !place.given.includes(id),
    );
  const byId = new Map(found.map(({ id, name }) => [id, { word: id, text: name[dictionary.language] }]));
  return [...byId.values()];
}

async function transactions({ services }: Session): Promise<readonly Candidate[]> {
  const { transactions } = await history(services);
  return transactions
    .toReversed()
    .flatMap(({ id, command, status }) => (status === "undone" ? [] : [{ word: id, text: command }]));
}

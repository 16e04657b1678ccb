import type { Probes } from "../catalog/types.ts";
import type { FormatId } from "../edits/index.ts";
import type { KeyEdit } from "../edits/types.ts";
import type { Activation, Change, NativeEdit, Scope } from "../plan/types.ts";
import type { ReadPort } from "../ports/types.ts";
import type { Message } from "../report/types.ts";
import type { Current } from "./types.ts";

/** One key that a tool reads, or that somebody meant it to read, where it stands. */
export interface Place {
  readonly tool: string;
  readonly key: string;
  readonly value: string;
  /** A file, or `env:NAME`. */
  readonly source: string;
  readonly line: number | null;
  /** Of addresses in the value, where they stand on lines of their own. */
  readonly lines?: ReadonlyMap<string, number>;
  /** How it can be changed there; null: only by hand. */
  readonly editable: Editable | null;
}

/** What a change of a file has to know, as `Change` has it; unless said, it is a file of the person's own that nothing runs by. */
export interface Editable {
  readonly format: FormatId;
  readonly scope: Scope;
  readonly newFileMode?: number;
  readonly check?: NativeEdit | null;
  readonly activation?: Activation | null;
}

/** Texts about wrong settings; `{key}` and `{value}` are filled in. */
export type WrongCode = Extract<Message["code"], `wrong-${string}`>;

/** What repairs a wrong setting. Addresses that come of it are proved before they are written. */
export type Remedy =
  /** Takes the key out. */
  | "remove"
  /** Takes the addresses that are mirrors out of a list, and the key with them where nothing else is left. */
  | "remove-mirrors"
  /** A proved mirror in its place. */
  | "new-mirror"
  /** The value in the signs of ASCII. */
  | "half-width"
  /** The value with what the pattern found replaced by this, as String.replace has it. */
  | { readonly replace: string }
  /** The same value under this key, where that is not set; with what the pattern found replaced by this. */
  | { readonly move: string; readonly becomes?: string };

/** A setting that is known to be wrong, as people copy it from one another. Adding one is adding a row. */
export interface WrongSetting {
  readonly says: WrongCode;
  readonly key: RegExp;
  readonly value: RegExp;
  /** Only where an address in it is on the host of a mirror that the catalog lists. */
  readonly onMirror?: true;
  /** `error`: installs fail by it. */
  readonly severity: "error" | "warn";
  /** Null: only the person can know. */
  readonly remedy: Remedy | null;
  /** Safe only once the mirror in use has proved good: it takes a protection away that had been switched off for some reason. */
  readonly afterProof?: true;
  /** Where it is taught, or where it says that this cannot work. */
  readonly source: string;
}

/** Something wrong that is no single key. */
export interface Oddity {
  readonly severity: "error" | "warn";
  readonly message: Message;
  /** A file and its line, or a variable. */
  readonly where: string | null;
  readonly repair: string | null;
  /** The configuration, unless said. */
  readonly stage?: "tool" | "proxy" | "environment";
  /** Where it says that this cannot work. */
  readonly source?: string;
  readonly mend?: Mend | null;
  /** The file can be read as it was meant: `Format.mended`. */
  readonly mends?: Mendable | null;
}

/** A file whose text can be put right without a guess. */
export interface Mendable {
  readonly tool: string;
  readonly file: string;
  readonly editable: Editable;
  /** Addresses that this brings into use. */
  readonly addresses: readonly string[];
}

/** What a file would have to say instead. */
export interface Mend {
  readonly place: Place;
  readonly edits: readonly KeyEdit[];
  /** Addresses that this brings into use: proved before they are written. None, and no value set: a proved mirror takes the place of all. */
  readonly addresses: readonly string[];
  /** The value without what it brings: what stays where that proves bad. */
  readonly rest: string;
}

/** A failure that a tool tells in words of its own. */
export interface KnownComplaint {
  readonly said: RegExp;
  readonly stage: "environment" | "proxy";
  readonly says: "odd-pip-socks";
  /** The keys and the variables that bring it about, where they have such a value. */
  readonly setting: RegExp;
  readonly variable: RegExp;
  readonly value: RegExp;
  readonly source: string;
}

/** What `doctor` has to know of an ecosystem's configuration. */
export interface Clinic {
  readonly wrong: readonly WrongSetting[];
  /** Keys whose value is an address of the ecosystem, or a list of them. */
  readonly address: RegExp;
  /** Keys whose value is the path of a file that has to be there. */
  readonly file: RegExp;
  /** Those of them where the tool merely warns that it is not. */
  readonly spareFile?: RegExp;
  /** Keys that name a proxy of the tool's own. */
  readonly proxy: RegExp;
  /** Remarks and obstacles of `status` that are said better here. */
  readonly covered: readonly Message["code"][];
  /** The addresses in a value. */
  addresses(value: string): readonly string[];
  /** Whether the tool goes on to the next address of a value when the first fails. */
  goesOn(value: string): boolean;
  /** What of a change is safe with the mirrors that will be in force, given what was seen of each; null: nothing. */
  settled?(
    change: Change,
    traits: readonly (readonly string[])[],
    places: readonly Place[],
    probes: Probes,
  ): Change | null;
  /** Every key of every file and variable that the tools read. */
  places(read: ReadPort, tools: readonly Current[]): Promise<readonly Place[]>;
  /** Where several mirrors are set and one of them fails: what that costs. */
  costOfDead?(tools: readonly Current[]): Message | null;
  /** What is asked where no mirror is set and the tool cannot fetch for a trial. */
  upstream?(tools: readonly Current[]): string | null;
  oddities(read: ReadPort, tools: readonly Current[]): Promise<readonly Oddity[]>;
  /** Folders that the tool writes to, each with those below it that may be another's. */
  folders?(read: ReadPort, places: readonly Place[]): readonly (readonly [string, ...string[]])[];
  /** What the tool says where it fails, and what that means. */
  readonly complaints?: readonly KnownComplaint[];
  /** How a file that the tool refuses is put right; null: not without a guess. */
  mendable?(read: ReadPort, tools: readonly Current[], file: string): Promise<Mendable | null>;
  /** The tool's own command that takes a key out of its file of this scope; null: it has none for this one. */
  takeOut?(place: Pick<Place, "tool" | "key">, scope: Scope): string | null;
  /** The command that takes packages from the registry in force, whatever this lock file says; null: the file is of a tool that has none. */
  unlock?(lockFile: string): string | null;
}

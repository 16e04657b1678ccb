import type { EcosystemId } from "../catalog/types.ts";
import type { WorkedOut } from "../core/chosen.ts";
import type { Field, Offer } from "../core/survey.ts";
import type { ChangeOutcome, ChangeRequest, Outcome, Wish } from "../core/types.ts";
import type { Standing } from "../probe/types.ts";
import type { wizard } from "../report/messages/wizard/en.ts";
import type { Screen } from "../report/screen.ts";
import type { Message } from "../report/types.ts";

/** A terminal to talk through. What is asked goes to `output`, the second stream: the first has the report alone. */
export interface Terminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  /** Words as this terminal shows them, and the screen that lays them out. */
  readonly screen: Screen;
  /** It can do no more than take lines: `TERM=dumb`. */
  readonly isDumb: boolean;
  readonly progress: { clear(): void; end(): void };
}

/** One line of a list. */
export interface Item<T> {
  readonly value: T;
  /** Laid out to fit a line of the screen. */
  readonly name: string;
  /** What stands for it once it was chosen. */
  readonly short: string;
  /** More about it, shown while it is the one that would be chosen. */
  readonly about?: string;
  /** Shown, and not to be chosen; `name` has the reason. */
  readonly isBarred?: boolean;
}

/** A question with its answers. A bare text among them heads the lines that follow. */
export interface Question<T> {
  readonly title: string;
  readonly items: readonly (Item<T> | string)[];
  readonly preset: T;
  /** What Esc answers; where it is not given, Esc is no answer. */
  readonly back?: T;
}

/** A command that the wizard is to fill in. */
export type Wished = ChangeRequest & { readonly wish: Wish };

/** A way to ask. Every answer may be null: the person wants out (Ctrl-C, end of input, a signal). */
export interface Prompter {
  /** The question is laid out anew when the window has changed its size. */
  choose<T extends string>(question: () => Question<T>): Promise<T | null>;
  /** A line of text, without blanks around it. Empty is an answer. */
  text(title: string): Promise<string | null>;
  tell(lines: readonly string[]): void;
}

/** All words of the wizard in one language. */
export type WizardWords = { readonly [K in keyof typeof wizard]: string };

/** What the steps speak with. */
export interface Voice {
  readonly prompter: Prompter;
  readonly words: WizardWords;
  readonly screen: Screen;
}

/** One ecosystem on the table. */
export interface Place {
  readonly id: EcosystemId;
  readonly field: Field;
  readonly offer: Offer | null;
  /** Tools of it that are to be left as they are. */
  readonly without: readonly string[];
}

/** What is to become of one ecosystem. */
export type Pick =
  | { readonly kind: "keep" }
  | { readonly kind: "reset" }
  | { readonly kind: "mirrors"; readonly chain: readonly Standing[] };

/** All that the steps know and change; a step gives back a new one. */
export interface State {
  readonly places: readonly Place[];
  readonly picks: ReadonlyMap<EcosystemId, Pick>;
}

/** Where the conversation stands. */
export type Step =
  | { readonly at: "overview" }
  | { readonly at: "pick"; readonly id: EcosystemId }
  | { readonly at: "address"; readonly id: EcosystemId }
  | { readonly at: "tools"; readonly id: EcosystemId; readonly group?: string }
  | { readonly at: "review" }
  | { readonly at: "end"; readonly how: Ending };

/** How it ends: out of it (Ctrl-C), all left as it is, or this to be written (or only shown). */
export type Ending =
  | { readonly kind: "interrupted" }
  | { readonly kind: "left" }
  | { readonly kind: "write"; readonly work: WorkedOut; readonly told: readonly Message[] }
  | { readonly kind: "shown"; readonly outcome: ChangeOutcome };

/** A step's result. */
export interface Move {
  readonly state: State;
  readonly next: Step;
}

/** What the steps need done. */
export interface Actions {
  /** Proves a mirror by its address. */
  prove(place: Place, url: string): Promise<Outcome<Standing>>;
  /** The chain that begins with a mirror. */
  chainFrom(place: Place, first: Standing): readonly Standing[];
  workOut(state: State): Promise<WorkedOut>;
  preview(work: WorkedOut): Promise<ChangeOutcome>;
  /** Only a preview is wanted (`--dry-run`). */
  readonly isDryRun: boolean;
}

import type { Catalog, EcosystemId } from "../../catalog/types.ts";
import type { Clinic, Place } from "../../ecosystems/clinic.ts";
import type { Ecosystem, Knowledge } from "../../ecosystems/types.ts";
import type { Change, FilePlan } from "../../plan/types.ts";
import type { Seat } from "../../probe/link.ts";
import type { Standing } from "../../probe/types.ts";
import type { Detail, ExitCode, Message } from "../../report/types.ts";
import type { ToolAtHand } from "../tools.ts";
import type { Services } from "../types.ts";
import type { DoctorStage } from "./stages.ts";

/** What would repair a finding: changes to files, or a proved mirror in the place of what this tool uses. */
export type Fix =
  | {
      readonly kind: "change";
      readonly change: Change;
      /** Addresses that it would bring into use: proved first. */
      readonly addresses: readonly string[];
      readonly afterProof: boolean;
      /** The value without what is proved first: what stays where that proves bad. */
      readonly rest?: string;
    }
  | {
      readonly kind: "new-mirror";
      /** The key's value without what is wrong in it; null: as it is. */
      readonly without: string | null;
      /** The file whose key that is; absent: the one that the finding names. */
      readonly file?: string;
    };

/** One thing that is wrong. */
export interface Finding {
  readonly stage: DoctorStage;
  /** `error`: installs fail by it. `warn`: they may, or are less safe or slower than they look. */
  readonly severity: "error" | "warn";
  readonly message: Message;
  /** What exactly was seen of a host. */
  readonly detail?: Detail | null;
  /** Where to read on. */
  readonly source?: string;
  /** A file and its line, `env:NAME`, or an address. */
  readonly where: string | null;
  /** The command that repairs it by hand, or sets the person on the way. */
  readonly repair: string | null;
  readonly fix: Fix | null;
}

/** One ecosystem, looked at. */
export interface Patient {
  readonly ecosystem: Ecosystem;
  /** Tools that are installed, the main one first. */
  readonly tools: readonly ToolAtHand[];
  readonly clinic: Clinic | null;
  readonly places: readonly Place[];
  readonly catalog: Catalog;
  readonly knowledge: Knowledge;
  readonly services: Services;
  readonly seat: Seat;
}

/** What checks find out for those after them. */
export interface Chart {
  readonly findings: Finding[];
  /** Stages that were passed through. */
  readonly passed: Set<DoctorStage>;
  /** The addresses in use, asked; null before that. */
  standings: readonly Standing[] | null;
  /** Other mirrors that prove good, where the one in use does not; null: nobody was asked. */
  others: readonly Standing[] | null;
}

/** One look at one kind of cause. */
export interface Check {
  /** Those that it stands for: with nothing found, they are passed. Empty: it says itself which were. */
  readonly stages: readonly DoctorStage[];
  /** Adds to the chart what it finds. */
  run(patient: Patient, chart: Chart): Promise<void>;
}

/** What was written. */
export interface Cured {
  /** 5: some of it could not be written. */
  readonly exitCode: ExitCode;
  readonly transaction: string | null;
  readonly files: readonly FilePlan[];
  readonly messages: readonly Message[];
}

/** A finding, and what became of it. */
export interface Diagnosed extends Finding {
  readonly fixed: boolean;
  /** `--fix` repairs it, and is what `repair` names. */
  readonly byFix: boolean;
}

/** What was found of one ecosystem. */
export interface Diagnosis {
  readonly ecosystem: EcosystemId;
  readonly tools: readonly { readonly id: string; readonly version: string }[];
  readonly exitCode: ExitCode;
  readonly stages: readonly { readonly stage: DoctorStage; readonly ok: boolean | null }[];
  readonly findings: readonly Diagnosed[];
}

export interface DoctorReport {
  readonly exitCode: ExitCode;
  readonly diagnoses: readonly Diagnosis[];
  readonly cured: Cured | null;
  readonly skipped: readonly EcosystemId[];
  readonly messages: readonly Message[];
}

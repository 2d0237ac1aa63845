import type { Diagnostic } from "../../core/diagnostic.ts";
import type { Link, LocalTime } from "../project/project.ts";
import type { Alert } from "../strategy/monitoring.ts";
import type { Reason } from "../strategy/reason.ts";

/** What `wavegate schedule` says: who does what when, how good that is, and what may come of it. Times are local to `zone`. */
export interface ScheduleAnswer {
  readonly plan: { readonly file: string; readonly title: string };
  /** Who does it: a team file, or so many AI agents. */
  readonly staffing: Staffing;
  readonly zone: string;
  readonly start: LocalTime;
  readonly finish: LocalTime;
  /** Minutes of a working day: what a day is here. */
  readonly dayMinutes: number;
  readonly activities: number;
  /** Of them, those that are done already. */
  readonly done: number;
  readonly makespan: Span;
  /** No schedule of this project is shorter. */
  readonly bound: Span;
  /** How much longer than the bound it is, in percent of the bound. */
  readonly gap: number;
  readonly proved: boolean;
  readonly effort: Effort;
  readonly forecast: ForecastAnswer;
  readonly efficiency: EfficiencyAnswer;
  readonly teams: readonly TeamAnswer[];
  readonly bookings: readonly BookingAnswer[];
  readonly syncs: readonly {
    readonly id: string;
    readonly start: LocalTime;
    readonly end: LocalTime;
  }[];
  readonly chain: readonly ChainLink[];
  /** Which of S3's figures are not in order, the worst first. */
  readonly alerts: readonly Alert[];
  readonly passedOver: readonly Link[];
  readonly diagnostics: readonly Diagnostic[];
  readonly written: readonly WrittenFile[];
}

export interface Staffing {
  readonly file: string | null;
  /** Agents, where no file says who does it. */
  readonly workers: number | null;
}

/** Minutes of working time, and the working days that they are. */
export interface Span {
  readonly minutes: number;
  readonly days: number;
}

export interface Effort {
  readonly schedules: number;
  readonly seed: number;
  readonly budget: Budget;
  /** Whether the same command gives the same schedule: not where seconds are counted, or it was stopped. */
  readonly repeatable: boolean;
  /** Whether it was stopped before its budget was used up. */
  readonly stopped: boolean;
  /** What came of the try to prove that it is the shortest; null where none was asked for. */
  readonly proof: ProofAnswer | null;
}

export interface ProofAnswer {
  /** `unavailable`: the exact solver is not installed or failed, and bounds alone did not do. */
  readonly state: "proved" | "open" | "unavailable";
  /** What got that far. */
  readonly by: "bounds" | "minizinc";
  /** Why it is not proved. */
  readonly note: string | null;
  readonly hint: string | null;
}

/** How long is searched: so many schedules, or so many milliseconds. */
export type Budget =
  | { readonly kind: "schedules"; readonly count: number }
  | { readonly kind: "time"; readonly ms: number };

export interface ForecastAnswer {
  readonly runs: number;
  readonly p50: LocalTime;
  readonly p80: LocalTime;
  readonly p95: LocalTime;
  /** The part of the runs that ends by `finish`. */
  readonly onTime: number;
  readonly deadline: LocalTime | null;
  readonly byDeadline: number | null;
}

export interface EfficiencyAnswer {
  /** All activities one after the other. */
  readonly sequential: Span;
  readonly speedUp: number;
  /** (sequential − makespan) / sequential, in percent (S3 "parallel efficiency"). */
  readonly saved: number;
  /** Booked time of all people in percent of what they have between start and finish. */
  readonly utilisation: number;
  /** Person-minutes of coordination in percent of those of development (S3 "coordination overhead"). */
  readonly overhead: number;
}

export interface TeamAnswer {
  readonly id: string;
  readonly title: string;
  readonly kind: "people" | "agents";
  readonly people: readonly {
    readonly id: string;
    readonly title: string;
    /** Booked time in percent of what this person has between start and finish. */
    readonly used: number;
  }[];
}

export interface BookingAnswer {
  readonly activity: string;
  readonly title: string;
  readonly group: string | null;
  readonly team: string | null;
  readonly people: readonly string[];
  readonly start: LocalTime;
  readonly end: LocalTime;
  /** On the axis of working time. */
  readonly from: number;
  readonly to: number;
  /** Minutes of working time that it can end later without the whole ending later. */
  readonly slack: number;
  readonly critical: boolean;
  readonly fixed: boolean;
  readonly reasons: readonly string[];
}

/** A step of the critical chain, and why it does not start sooner. */
export interface ChainLink {
  readonly id: string;
  readonly kind: "activity" | "sync";
  readonly title: string;
  readonly start: LocalTime;
  readonly end: LocalTime;
  readonly why: Reason;
}

export interface WrittenFile {
  readonly path: string;
  readonly outcome: "written" | "rewritten" | "unchanged" | "kept";
}

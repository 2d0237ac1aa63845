import type { Diagnostic } from "../../core/diagnostic.ts";
import type { LocalTime } from "../project/project.ts";
import type { Correction } from "../formats/s3-plan/correct-execution-plan.ts";
import type { IdleDays } from "../strategy/idle-days.ts";
import type { PlanChange } from "../strategy/replan.ts";
import type { RiskRegister } from "../strategy/risks/risk.ts";
import type { Shortening } from "../strategy/shortenings.ts";
import type { ScheduleAnswer, Span, Staffing } from "./schedule-answer.ts";

type Source = ScheduleAnswer["plan"];

/** What would be otherwise: with changes that were asked about, or what shortens it most. */
export interface WhatIfAnswer {
  readonly plan: Source;
  readonly staffing: Staffing;
  readonly zone: string;
  readonly finish: LocalTime;
  readonly makespan: Span;
  readonly effort: TrialEffort;
  /** Undefined where nothing was asked about. */
  readonly changed?: ChangedAnswer;
  /** Undefined where something was. Most saved first. */
  readonly shortenings?: readonly Shortening[];
  /** Candidates that were not tried. */
  readonly left: number;
}

export interface TrialEffort {
  readonly seed: number;
  /** Schedules that each project was tried with. */
  readonly budget: number;
}

export interface ChangedAnswer {
  /** What was asked about, in words. */
  readonly changes: readonly string[];
  readonly finish: LocalTime;
  readonly makespan: Span;
  /** Sooner; negative is later. */
  readonly saved: Span;
  /** See `WhatIf.noise`. */
  readonly noise: number;
  readonly moved: readonly MovedAnswer[];
}

export interface MovedAnswer {
  readonly activity: string;
  readonly title: string;
  readonly kind: "moved" | "added" | "dropped";
  readonly before: LocalTime | null;
  readonly after: LocalTime | null;
  /** Its end is so much later; negative is sooner. */
  readonly by: Span;
  readonly people: readonly string[];
}

/** The plan anew from what happened, and how it differs from what was planned. */
export interface ReplanAnswer {
  readonly planned: { readonly start: LocalTime; readonly finish: LocalTime };
  readonly now: LocalTime;
  readonly counts: { readonly done: number; readonly started: number; readonly open: number };
  /** Without times: done by a tick alone. They are taken to have gone as planned. */
  readonly untimed: number;
  /** Days before now on which nothing was done: they count neither as time that it takes nor as time that people had. */
  readonly idle: readonly IdleDays[];
  readonly later: Span;
  readonly changes: readonly (MovedAnswer & Pick<PlanChange, "why" | "root" | "cause">)[];
  /** The new schedule. */
  readonly schedule: ScheduleAnswer;
}

export interface RisksAnswer {
  readonly plan: Source;
  readonly staffing: Staffing;
  readonly dayMinutes: number;
  readonly register: RiskRegister;
}

export interface ValidationAnswer {
  readonly file: string;
  readonly kind: "teams" | "plan" | "activities" | "benchmark";
  /** By place, worst first on one. */
  readonly diagnostics: readonly Diagnostic[];
  readonly ok: boolean;
  /** What can be computed and is written otherwise; of S3's execution plan only. */
  readonly corrections: readonly Correction[];
}

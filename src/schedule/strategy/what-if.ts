import type { Project } from "../project/project.ts";
import type { Schedule } from "../project/schedule.ts";
import type { Change } from "./change.ts";
import type { Reason } from "./reason.ts";

/** Schedules a project, always with the same options and seed. */
export type Scheduler = (project: Project) => Schedule;

export interface WhatIf {
  readonly changes: readonly Change[];
  readonly project: Project;
  readonly schedule: Schedule;
  /** Minutes and working days that it ends sooner; negative is later. */
  readonly saved: number;
  readonly days: number;
  /** Minutes that the search found a problem longer that can only be shorter: then the old schedule still holds and nothing is saved. */
  readonly noise: number;
  readonly moved: readonly Moved[];
}

/** Where an activity is now and was before, in instants. */
export interface Moved {
  readonly activity: string;
  readonly kind: "moved" | "added" | "dropped";
  readonly before?: {
    readonly start: number;
    readonly end: number;
    readonly people: readonly string[];
  };
  readonly after?: {
    readonly start: number;
    readonly end: number;
    readonly people: readonly string[];
  };
  /** Minutes of working time that its end is later; negative is sooner. */
  readonly by: number;
  /** What it waits for now, */
  readonly why?: Reason;
  /** and the activity that this began with. */
  readonly root?: string;
}

/** One of the answers to "what shortens it most". */
export interface Shortening {
  readonly changes: readonly Change[];
  /** One sentence: what is done. */
  readonly title: string;
  readonly saved: number;
  readonly days: number;
  readonly noise: number;
  /** Why it was tried. */
  readonly because: string;
}

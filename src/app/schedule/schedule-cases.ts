import type {
  ReplanAnswer,
  RisksAnswer,
  ValidationAnswer,
  WhatIfAnswer,
} from "../../schedule/answers/change-answers.ts";
import type { Budget, ScheduleAnswer } from "../../schedule/answers/schedule-answer.ts";
import type { LocalTime } from "../../schedule/project/project.ts";
import type { ProjectWish } from "./open-project.ts";

/** What is scheduled, by whom, and how hard is searched. `plan` may also be a file of activities, or one of the field's benchmarks. */
export interface ScheduleWish extends ProjectWish {
  readonly budget?: Budget;
  readonly seed?: number;
  /** Try for some time more to prove that no schedule is shorter. */
  readonly prove?: boolean;
  /** Folder that all outputs are written to. */
  readonly output?: string;
  /** File that the page is written to. */
  readonly html?: string;
  /** Folder that the pictures are written to. */
  readonly svg?: string;
  /** File that the calendar is written to. */
  readonly ics?: string;
}

/** What could be otherwise, as a person says it. */
export interface WhatIfWish extends ScheduleWish {
  readonly addPerson?: readonly { readonly team: string; readonly skills: readonly string[] }[];
  readonly drop?: readonly string[];
  readonly duration?: readonly { readonly task: string; readonly minutes: number }[];
  readonly split?: readonly string[];
}

export interface ReplanWish extends ScheduleWish {
  /** The time of planning; the clock's without it. */
  readonly now?: LocalTime;
}

export interface ValidateWish extends Pick<ScheduleWish, "teams"> {
  readonly file: string;
}

/** What a search has found so far, in minutes of working time. */
export interface SearchProgress {
  readonly makespan: number;
  readonly bound: number;
  readonly schedules: number;
}

/** What a caller hears of a long computation, and how it is stopped: then the best so far counts. */
export interface Listening {
  readonly onProgress?: (progress: SearchProgress) => void;
  readonly signal?: AbortSignal;
}

/** The strategy as a document, and as S3's five files, by their names. */
export interface StrategyTexts {
  readonly document: string;
  readonly files: Readonly<Record<string, unknown>>;
}

/**
 * The use cases about schedules. Reject with a `WavegateError` for what a user can meet: what opening a plan can, FILE_UNREADABLE,
 * SCHEDULE_INVALID, USAGE; what needs many searches rejects with the signal's reason when it is stopped.
 */
export interface ScheduleCases {
  /** Who does what when. */
  schedule(wish: ScheduleWish, listening?: Listening): Promise<ScheduleAnswer>;
  /** What changes would bring; without any, what shortens it most. */
  whatIf(wish: WhatIfWish, listening?: Listening): Promise<WhatIfAnswer>;
  /** The rest anew, from what happened. */
  replan(wish: ReplanWish, listening?: Listening): Promise<ReplanAnswer>;
  risks(wish: ScheduleWish, listening?: Listening): Promise<RisksAnswer>;
  strategy(wish: ScheduleWish, listening?: Listening): Promise<StrategyTexts>;
  /** All that is wrong with a plan and its teams, a team file, a file of activities. */
  validate(wish: ValidateWish): Promise<ValidationAnswer>;
  /** S3's execution plan with what can be computed put right. */
  corrected(wish: ValidateWish): Promise<string>;
  /** A file of any form as activities and teams in ours. */
  converted(wish: ScheduleWish): Promise<unknown>;
}

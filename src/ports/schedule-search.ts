import type { CrewParts } from "../schedule/solver/crew/crew-parts.ts";
import type { CrewSolution } from "../schedule/solver/crew/crew-solution.ts";
import type { ProblemParts } from "../schedule/solver/problem.ts";
import type { Solution } from "../schedule/solver/search.ts";

/** What is searched for a schedule: activities that share resources, or activities that people do. */
export type SearchTask =
  | { readonly kind: "activities"; readonly parts: ProblemParts }
  | { readonly kind: "crew"; readonly parts: CrewParts };

/** What comes of each kind. */
export type SolutionOf<Task extends SearchTask> = Task["kind"] extends "crew"
  ? CrewSolution
  : Solution;

export interface SearchRequest<Task extends SearchTask> {
  readonly task: Task;
  readonly seed: number;
  /** Schedules to make at most. The same task, seed and budget give the same schedule, if neither time nor signal ends the search before. */
  readonly budget: number;
  /** Stop after so many milliseconds, with the best so far. */
  readonly milliseconds?: number;
  /**
   * Try to prove for so many milliseconds more that the schedule is the shortest, or raise the bound as far as it goes. Only activities
   * without people, and only up to some hundred.
   */
  readonly proof?: number;
  readonly onProgress?: (progress: SearchProgress) => void;
}

export interface SearchProgress {
  readonly makespan: number;
  readonly bound: number;
  readonly schedules: number;
}

export interface Searched<Task extends SearchTask> {
  readonly solution: SolutionOf<Task>;
  /** Why it ended: nothing can be better or the budget is used up; the time; the signal. */
  readonly ended: "done" | "time" | "canceled";
}

/** Searches for schedules beside what else there is to do: for seconds, without holding it up. */
export interface ScheduleSearch {
  /** Always answers with a schedule: when the signal aborts, with the best so far. */
  search<Task extends SearchTask>(
    request: SearchRequest<Task>,
    signal?: AbortSignal,
  ): Promise<Searched<Task>>;
}

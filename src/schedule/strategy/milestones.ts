import type { Point } from "./timeline.ts";

/** A moment that is worth watching: milestones of the plan, ends of its groups, sync points, deadlines, the end. In the order of time. */
export interface Milestone {
  readonly id: string;
  readonly title: string;
  readonly kind: "activity" | "group" | "sync" | "end";
  readonly at: Point;
  /** The part of the simulated runs in which it was reached by `at`, and when it is reached in 80 % of them. */
  readonly likelihood?: number;
  readonly p80?: Point;
  /** When it is wanted; and the minutes of working time that remain until then, negative where it is late. */
  readonly deadline?: Point;
  readonly margin?: number;
}

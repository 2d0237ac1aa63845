import type { LandingQueue } from "../execution/landing-queue.ts";
import type { LandingBranch } from "../ports/landing.ts";
import type { Trouble } from "./gather-work.ts";
import type { TestReport } from "./test-merged.ts";

/** Where a batch is, as it goes on. */
export interface Course {
  queue: LandingQueue;
  branches: readonly LandingBranch[];
  /** What was told of a task last. */
  readonly trouble: Map<string, Trouble>;
  /** The last test of each commit. */
  readonly reports: Map<string, TestReport>;
  gathers: number;
  tests: number;
  /** How often the head turned out to be further on than the run knew. */
  found: number;
}

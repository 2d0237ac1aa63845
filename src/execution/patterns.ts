/** How a run picks what to start (S4 5.1 – 5.4). All of them keep dependencies, resources and groups that run one at a time. */
export type ExecutionPattern = "independent" | "dag" | "batched" | "pipeline";

export interface ExecutionRule {
  /** In one sentence, for people. */
  readonly words: string;
  /** Whether tasks of one phase that dependencies tie together, directly or not, run one at a time. */
  readonly lanes: boolean;
  /** Whether a batch is taken and ended whole before the next one is taken. */
  readonly batched: boolean;
  /** Whether a phase may begin when the one before it may, so that neighbours overlap; those beyond wait for its end. */
  readonly overlapping: boolean;
  /** What goes first among what could start. */
  readonly first: "document" | "urgent" | "phase";
}

/**
 * The four patterns as data. `schedule/patterns.ts` has what they are compared with: there `independent` is what S4's first tool did,
 * everything at once, and what that breaks is counted; nothing is ever executed so.
 */
export const EXECUTION_PATTERNS: Readonly<Record<ExecutionPattern, ExecutionRule>> = {
  independent: {
    words: "tasks that nothing ties together run beside each other, all others one at a time",
    lanes: true,
    batched: false,
    overlapping: false,
    first: "document",
  },
  dag: {
    words: "each task starts when what it waits for is done, the longest way to the end first",
    lanes: false,
    batched: false,
    overlapping: false,
    first: "urgent",
  },
  batched: {
    words: "so many tasks at once, and all of them are waited for",
    lanes: false,
    batched: true,
    overlapping: false,
    first: "urgent",
  },
  pipeline: {
    words: "a phase begins while the one before it is at work, as far as dependencies let it",
    lanes: false,
    batched: false,
    overlapping: true,
    first: "phase",
  },
};

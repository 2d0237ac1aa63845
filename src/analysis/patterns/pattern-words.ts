import type { Pattern } from "../../schedule/patterns.ts";

/** What is said of a pattern before it is measured. */
export interface PatternWords {
  readonly pattern: Pattern;
  readonly name: string;
  readonly rule: string;
  /** What whoever runs it must know and do; what stands in the column of complexity. */
  readonly needs: readonly string[];
}

/** S4's four patterns (tasks 5.1 to 5.4), then what they are compared with. */
export const PATTERN_WORDS: readonly PatternWords[] = [
  {
    pattern: "independent",
    name: "Independent",
    rule: "Every task begins as soon as a worker is free, in the order of the document, whatever it waits for.",
    needs: ["a list of tasks"],
  },
  {
    pattern: "dag",
    name: "DAG",
    rule: "A task begins when all that it waits for by the text is done; the one with the most behind it goes first. No barriers between phases.",
    needs: [
      "a list of tasks",
      "dependencies of each",
      "files each writes",
      "order by what hangs on a task",
    ],
  },
  {
    pattern: "batched",
    name: "Batched",
    rule: "Batches of ready tasks of one phase, as many as there are workers; a batch is done whole before the next.",
    needs: ["a list of tasks", "phases", "dependencies of each", "files each writes"],
  },
  {
    pattern: "pipeline",
    name: "Pipeline",
    rule: "As DAG, but work is in progress in at most two phases that follow each other: phases overlap at their boundaries.",
    needs: [
      "a list of tasks",
      "phases",
      "dependencies of each",
      "files each writes",
      "order by what hangs on a task",
      "a window over phases",
    ],
  },
  {
    pattern: "phases",
    name: "Phase by phase",
    rule: "As DAG within a phase; a phase begins when all before it are done: the plan as it is written.",
    needs: [
      "a list of tasks",
      "phases",
      "dependencies of each",
      "files each writes",
      "order by what hangs on a task",
    ],
  },
  {
    pattern: "waves",
    name: "Wave by wave",
    rule: "All tasks of one level of dependencies, then all of the next; phases are not looked at.",
    needs: ["a list of tasks", "dependencies of each", "files each writes", "levels"],
  },
];

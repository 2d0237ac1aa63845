import { oneLine } from "../core/text.ts";
import type { Undecided } from "../execution/landing-queue.ts";
import type { FailureReason } from "../execution/task-state.ts";
import type { Trouble } from "./gather-work.ts";
import type { Course } from "./landing-course.ts";
import type { LandBatch, LandBatchOutput } from "./landing-batch.ts";
import type { TestReport } from "./test-merged.ts";

export interface BatchEnd {
  /** Why it did not come to its end. */
  readonly stopped: FailureReason | undefined;
  readonly durationMs: number;
}

/** What came of a batch, each task in one list. What was not settled when it stopped is undecided. */
export function batchOutput(
  { items, lenient = false }: LandBatch,
  { queue, branches, trouble, reports, tests }: Course,
  { stopped, durationMs }: BatchEnd,
): LandBatchOutput {
  const { settled } = queue;
  const of = <K extends (typeof settled)[number]["kind"]>(kind: K) =>
    settled.filter((one): one is Extract<typeof one, { readonly kind: K }> => one.kind === kind);
  const troubleOf = (task: string): Trouble => {
    const told = trouble.get(task);
    if (told) return told;
    throw new Error(`nothing was told of ${task}`);
  };
  const last = reports.get(queue.head) ?? [...reports.values()].at(-1);
  const undecided = of("undecided").map(({ task, because }) => ({
    task,
    reason: nobodysFault(because, last),
  }));
  const isSettled = new Set(settled.map(({ task }) => task));
  const left = items.filter(({ task }) => stopped && !isSettled.has(task));
  return {
    head: queue.head,
    branches,
    landed: of("landed").map(({ task, commit }) => ({ task, commit })),
    conflicted: of("conflict").map(({ task }) => troubleOf(task)),
    asked: of("refused").map(({ task }) => ({ task, question: troubleOf(task).question })),
    failed: of("failed").map(({ task, commit }) => ({
      task,
      reason: reasonOf("tests-failed", WORDS["tests-failed"], reports.get(commit)),
    })),
    undecided: [
      ...undecided,
      ...left.flatMap(({ task }) => (stopped ? [{ task, reason: stopped }] : [])),
    ],
    failing: lenient && queue.known.get(queue.head) !== "passed",
    proven: provenHead(queue.head, reports.get(queue.head)),
    tests,
    durationMs,
  };
}

const provenHead = (head: string, report: TestReport | undefined): LandBatchOutput["proven"] =>
  report?.verdict === "passed" ? { commit: head, shown: report.shown } : null;

const WORDS = {
  "tests-failed": "With it the tests fail on the run's branch, and without it they pass",
  "head-fails": "The tests fail on the run's branch without it, too",
  "not-run": "The tests could not be run",
} as const;

const nobodysFault = (because: Undecided, report: TestReport | undefined): FailureReason =>
  reasonOf(because === "not-run" ? "tests-not-run" : because, WORDS[because], report);

const reasonOf = (kind: string, words: string, report: TestReport | undefined): FailureReason => ({
  kind,
  message: report ? `${words}: ${oneLine(report.shown, 200)}` : `${words}.`,
  details: report ? [...report.tail] : [],
});

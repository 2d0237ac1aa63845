import { needsPerson } from "./compare-with-plan.ts";
import type { ExecutionHistory } from "./execution-history.ts";

/** What a person can answer with `wavegate task`. */
export type Answer = "allow" | "retry" | "refuse" | "skip" | "done";

/** What waits for a person. */
export interface Ask {
  readonly task: string;
  readonly title: string;
  /** The question's kind, or `failed`. */
  readonly kind: string;
  readonly message: string;
  /** Paths it is about, or lines that show why it failed. */
  readonly details: readonly string[];
  readonly since: number;
  /** What can be answered, the most likely first. */
  readonly answers: readonly { readonly answer: Answer; readonly words: string }[];
  /** Unfinished tasks that can't begin before it is answered, directly or not. */
  readonly holdsUp: number;
}

const RETRY = { answer: "retry", words: "try it once more, from the beginning" } as const;
const SKIP = { answer: "skip", words: "leave it out; what waits for it goes on" } as const;
const DONE = { answer: "done", words: "it is done, by you" } as const;
const REFUSE = { answer: "refuse", words: "give its result up: the task has failed" } as const;

/** By kind of question; what `execution/advance.ts` makes of each answer. */
const ANSWERS: ReadonlyMap<string, Ask["answers"]> = new Map([
  [
    "outside-declared",
    [{ answer: "allow", words: "it may change them: judge and land it" }, RETRY, REFUSE, SKIP],
  ],
  [
    "protected-change",
    [{ answer: "allow", words: "you looked at it: judge and land it" }, RETRY, REFUSE, SKIP],
  ],
  [
    "conflict",
    [{ answer: "allow", words: "the conflict is solved: land it again" }, RETRY, REFUSE, SKIP],
  ],
  ["agent-asked", [{ answer: "allow", words: "go on: a new attempt begins" }, REFUSE, SKIP, DONE]],
  ["failed", [RETRY, SKIP, DONE]],
]);

/** Everything that waits for a person's word, what holds up most first. O(tasks + waits) for each. */
export function asksOf(history: ExecutionHistory): readonly Ask[] {
  const asking = [...history.tasks.values()].filter(needsPerson);
  if (asking.length === 0) return [];
  const dependents = dependentsOf(history);
  return asking
    .map((task): Ask => {
      const { key, title } = task.planned;
      const attempt = task.attempts.at(-1);
      const question = task.status === "blocked" ? attempt?.question : undefined;
      const kind = question?.kind ?? "failed";
      return {
        task: key,
        title,
        kind,
        message: question?.message ?? attempt?.reason?.message ?? "It failed.",
        details: question?.paths ?? attempt?.reason?.details ?? [],
        since: task.since,
        answers: ANSWERS.get(kind) ?? [RETRY, REFUSE, SKIP],
        holdsUp: heldUp(history, dependents, key),
      };
    })
    .toSorted((a, b) => b.holdsUp - a.holdsUp || a.since - b.since);
}

/** Who waits for each task directly. */
export function dependentsOf({ tasks }: ExecutionHistory): ReadonlyMap<string, readonly string[]> {
  const dependents = new Map<string, string[]>();
  for (const [key, { planned }] of tasks)
    for (const before of planned.waitsFor) {
      const known = dependents.get(before);
      if (known) known.push(key);
      else dependents.set(before, [key]);
    }
  return dependents;
}

function heldUp(
  { tasks }: ExecutionHistory,
  dependents: ReadonlyMap<string, readonly string[]>,
  key: string,
): number {
  const seen = new Set([key]);
  for (const each of seen)
    for (const next of dependents.get(each) ?? []) {
      const status = tasks.get(next)?.status;
      if (status !== "done" && status !== "skipped") seen.add(next);
    }
  return seen.size - 1;
}

import type { TaskStatusName } from "../../core/plan-event.ts";
import type { TaskHistory } from "../../history/execution/execution-history.ts";
import { symbolsOf, type Style, type Tone } from "../style.ts";

/** How a task stands, for people. */
interface Mark {
  readonly tone: Tone;
  readonly words: string;
}

const MARKS: Readonly<Record<TaskStatusName, Mark>> = {
  open: { tone: "quiet", words: "open" },
  running: { tone: "accent", words: "at work" },
  verifying: { tone: "accent", words: "being checked" },
  landing: { tone: "accent", words: "waits to land" },
  done: { tone: "good", words: "done" },
  failed: { tone: "bad", words: "failed" },
  blocked: { tone: "warn", words: "asks" },
  skipped: { tone: "quiet", words: "skipped" },
};

type Standing = Pick<TaskHistory, "status" | "retryAt">;

const isRetried = ({ status, retryAt }: Standing): boolean =>
  status === "failed" && retryAt !== undefined;

export const standingWords = (task: Standing): string =>
  isRetried(task) ? "is tried again" : MARKS[task.status].words;

export const standingTone = (task: Standing): Tone =>
  isRetried(task) ? "warn" : MARKS[task.status].tone;

/** `now` turns what is at work; without it, it stands still. */
export function standingSymbol(
  task: Standing,
  style: Pick<Style, "unicode">,
  now?: number,
): string {
  const symbols = symbolsOf(style);
  if (isRetried(task)) return symbols.retry;
  switch (task.status) {
    case "open":
      return symbols.pending;
    case "running":
      return now === undefined
        ? symbols.partial
        : (symbols.spinner[Math.floor(Math.max(0, now) / 100) % symbols.spinner.length] ?? "");
    case "verifying":
      return symbols.partial;
    case "landing":
      return symbols.arrow.slice(0, 1);
    case "done":
      return symbols.good;
    case "failed":
      return symbols.bad;
    case "blocked":
      return symbols.gate;
    case "skipped":
      return symbols.skipped;
  }
}

/** What is worth seeing where several tasks share one place, most first. */
const WORTH: readonly TaskStatusName[] = [
  "failed",
  "blocked",
  "running",
  "verifying",
  "landing",
  "open",
  "skipped",
  "done",
];

export const worthMost = (tasks: readonly TaskHistory[]): TaskHistory | undefined =>
  tasks.reduce<TaskHistory | undefined>(
    (best, task) =>
      best && WORTH.indexOf(best.status) <= WORTH.indexOf(task.status) ? best : task,
    undefined,
  );

/** Statuses in the order in which counts are told, with what is said of so many. */
const COUNTED: readonly (readonly [TaskStatusName, string])[] = [
  ["running", "at work"],
  ["landing", "to land"],
  ["blocked", "asking"],
  ["failed", "failed"],
  ["skipped", "skipped"],
  ["open", "open"],
];

/** `2 at work`, `1 asking`: what is not done, as pieces of a line. */
export const countCells = (
  counts: Readonly<Record<TaskStatusName, number>>,
): readonly { readonly text: string; readonly tone: Tone }[] =>
  COUNTED.flatMap(([status, words]) => {
    const count = counts[status] + (status === "running" ? counts.verifying : 0);
    return count === 0 ? [] : [{ text: `${count} ${words}`, tone: MARKS[status].tone }];
  });

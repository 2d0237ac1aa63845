import { formatDuration } from "../../../core/duration.ts";
import { cameToNothing } from "../../../history/execution/execution-figures.ts";
import type { TaskAttempt } from "../../../history/execution/execution-history.ts";
import type { Table } from "../../../schedule/report/table.ts";
import { tableOf } from "../../../schedule/report/table.ts";
import { causeWords, PART_WORDS } from "../chain-words.ts";
import { standingWords } from "../task-marks.ts";
import type { PageFacts } from "./page-parts.ts";

const MINUTE = 60_000;

/** Every row is written: there is no other file that has the rest. */
const whole = (
  caption: string,
  titles: readonly string[],
  rows: readonly (readonly string[])[],
): Table => ({ ...tableOf(caption, titles, rows), rows, more: 0 });

const since = (facts: PageFacts, at: number) => formatDuration(at - facts.history.startedAt);

export const tasksTable = (facts: PageFacts): Table =>
  whole(
    "Tasks as planned and as they went",
    ["task", "title", "phase", "state", "#planned", "#busy", "#factor", "#attempts", "from", "to"],
    facts.comparison.tasks.map(({ task, planned, actual, activeMs, factor }) => [
      task.planned.key,
      task.planned.title,
      task.planned.phase ?? "",
      standingWords(task),
      planned ? formatDuration((planned.end - planned.start) * MINUTE) : "",
      activeMs > 0 ? formatDuration(activeMs) : "",
      factor === undefined ? "" : factor.toFixed(2),
      `${task.attempts.length}`,
      actual ? since(facts, actual.from) : "",
      actual && !actual.lasts ? since(facts, actual.to) : "",
    ]),
  );

export const chainTable = (facts: PageFacts): Table =>
  whole(
    "The critical chain: why it took as long as it did, from the start to the task that was finished last",
    ["from", "#for", "task", "#attempt", "spent on", "because"],
    facts.figures.chain
      .filter(({ from, to, after }) => to > from || after)
      .map(({ part, task, attempt, from, to, after }) => [
        since(facts, from),
        formatDuration(to - from),
        task,
        `${attempt}`,
        PART_WORDS[part],
        after ? causeWords(after) : "",
      ]),
  );

export const sharesTable = ({ figures }: PageFacts): Table => {
  const all = figures.chainShares.reduce((sum, { ms }) => sum + ms, 0);
  return whole(
    "What the critical chain was spent on",
    ["spent on", "#time", "#share"],
    figures.chainShares.map(({ part, ms }) => [
      PART_WORDS[part],
      formatDuration(ms),
      `${all > 0 ? Math.round((ms / all) * 100) : 0} %`,
    ]),
  );
};

export const attemptsTable = (facts: PageFacts): Table =>
  whole(
    "Attempts that came to nothing, and questions",
    ["task", "#attempt", "agent", "began", "#lasted", "what", "why"],
    [...facts.history.tasks.values()].flatMap(({ planned, attempts }) =>
      attempts
        .filter((attempt) => cameToNothing(attempt) || attempt.question)
        .map((attempt) => [
          planned.key,
          `${attempt.number}`,
          attempt.agent ?? "",
          since(facts, attempt.startedAt),
          formatDuration((attempt.endedAt ?? facts.until) - attempt.startedAt),
          cameToNothing(attempt) ? attempt.last : "asked",
          whyOf(attempt),
        ]),
    ),
  );

const whyOf = ({ reason, question }: TaskAttempt): string =>
  [
    ...(question ? [question.message] : []),
    ...(reason ? [reason.message, ...reason.details] : []),
  ].join(" ");

export const wordsTable = (facts: PageFacts): Table =>
  whole(
    "What people said",
    ["when", "task", "who", "what"],
    [...facts.history.tasks.values()]
      .flatMap(({ planned, words }) => words.map((word) => ({ ...word, key: planned.key })))
      .toSorted((a, b) => a.at - b.at)
      .map(({ at, key, by, says }) => [since(facts, at), key, by, says]),
  );

export const landingsTable = (facts: PageFacts): Table =>
  whole(
    "Batches that were landed",
    ["#batch", "from", "#for", "tasks", "landed", "conflicts", "failed", "head"],
    facts.history.landings.map(({ batch, from, to, tasks, landed, conflicted, failed, head }) => [
      `${batch}`,
      since(facts, from),
      to === undefined ? "" : formatDuration(to - from),
      tasks.join(", "),
      landed.map(({ task }) => task).join(", "),
      conflicted.map(({ task, paths }) => `${task} (${paths.join(", ")})`).join("; "),
      failed.map(({ task, reason }) => `${task}: ${reason.message}`).join("; "),
      (head ?? "").slice(0, 12),
    ]),
  );

import { WavegateError } from "../../core/error.ts";
import { shellWord } from "../../core/shell-word.ts";
import { oneLine } from "../../core/text.ts";
import type { PersonSays } from "../../execution/task-event.ts";
import type { TaskStatus } from "../../execution/task-state.ts";
import { WORDS_ON_TASK } from "../../execution/words-on-task.ts";

/** A task of a run as its events have it. */
export interface KnownTask {
  readonly key: string;
  readonly status: TaskStatus;
  /** How its plan names it, and the plan's file. */
  readonly name: string;
  readonly file: string;
}

type Word = PersonSays["what"];

/** Throws USAGE for a word that can't be said of a task as it stands, with what can. */
export function refuseWord(runId: string, { key, status, name, file }: KnownTask, word: Word) {
  const can = WORDS_ON_TASK[status];
  if (can.includes(word)) return;
  const message = `${oneLine(key, 80)} ${STANDS[status]}: ${flagOf(word)} can't be said of it.`;
  throw new WavegateError("USAGE", message, {
    hint:
      can.length > 0
        ? `What can be: ${can.map(flagOf).join(", ")}.`
        : status === "done"
          ? `What is done stays done in this run. Open it again for another run with: wavegate plans reset ${shellWord(file)} ${shellWord(name)}`
          : `Wait until it is done, fails or asks: wavegate watch ${runId}. What ends all of the run: wavegate cancel ${runId}`,
  });
}

/** A sync point is only ever passed. */
export const refusePoint = (runId: string, point: string, word: Word): WavegateError =>
  new WavegateError(
    "USAGE",
    `${oneLine(point, 80)} waits to be passed: ${flagOf(word)} can't be said of it.`,
    {
      hint: `What can be: --allow. Or end the run: wavegate cancel ${runId}`,
    },
  );

const flagOf = (word: Word): string => (word === "tick" ? "--done" : `--${word}`);

const STANDS: Readonly<Record<TaskStatus, string>> = {
  open: "has not begun",
  running: "is at work",
  verifying: "is being checked",
  landing: "is about to land",
  done: "is done",
  failed: "failed",
  blocked: "asks",
  skipped: "is skipped",
};

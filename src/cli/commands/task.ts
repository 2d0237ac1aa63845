import { WavegateError } from "../../core/error.ts";
import { oneLine } from "../../core/text.ts";
import type { PersonSays } from "../../execution/task-event.ts";
import type { Cli, CommonFlags } from "../cli.ts";
import { lastEvent } from "../last-event.ts";
import { passGates } from "../pass-gates.ts";
import { printResult } from "../cli.ts";

export interface TaskFlags extends CommonFlags {
  readonly allow: boolean;
  readonly retry: boolean;
  readonly skip: boolean;
  readonly refuse: boolean;
  readonly done: boolean;
  readonly reason?: string;
  readonly detach: boolean;
}

/** The commands that a run shows can be copied as they stand. */
const NO_REASON = "no reason was given";

const WORDS = ["allow", "retry", "skip", "refuse", "done"] as const;

/** Say a word on a task of a run, and show the run as it goes on. */
export async function task(this: Cli, flags: TaskFlags, run: string, name: string): Promise<void> {
  const says = saidBy(flags);
  const app = await this.app();
  const after = flags.json ? 0 : await lastEvent(app, (await app.show(run)).record.runId);
  const told = await app.executions.tell({ run, task: name, says, by: this.io.user });
  const { runId, afterWait } = told;
  if (!flags.detach)
    return passGates(this, flags, { runId, here: true, afterWait, after, recap: true });
  return printResult(this, flags, {
    json: { runId, task: told.task, says },
    lines: () => [`Told run ${runId}: ${oneLine(told.task, 80)}, ${says.what}.`],
  });
}

function saidBy(flags: TaskFlags): PersonSays {
  const [word, another] = WORDS.filter((each) => flags[each]);
  if (word === undefined || another !== undefined)
    throw new WavegateError(
      "USAGE",
      word === undefined
        ? "What is to become of the task is not said."
        : `--${word} and --${another} say different things.`,
      { hint: `Give one of ${WORDS.map((each) => `--${each}`).join(", ")}.` },
    );
  const reason = flags.reason?.trim() ?? "";
  switch (word) {
    case "allow":
    case "retry":
      return { what: word };
    case "skip":
    case "refuse":
      return { what: word, why: reason || NO_REASON };
    case "done":
      return { what: "tick", note: reason };
  }
}

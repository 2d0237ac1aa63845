import { conflictLines } from "../../../reporters/plans/conflict-lines.ts";
import { conflictMarkers } from "../../../reporters/plans/markers.ts";
import type { Cli } from "../../cli.ts";
import { wishOf } from "./like-original.ts";
import { printAnswer, type AnswerFlags } from "./print-answer.ts";

export interface ConflictFlags extends AnswerFlags {
  readonly inferred: boolean;
  readonly all: boolean;
  readonly history: boolean;
}

/** Show which tasks would change one file at once. Needs no database. */
export async function conflicts(this: Cli, flags: ConflictFlags, plan?: string): Promise<void> {
  const { plans } = await this.app();
  await printAnswer(this, flags, {
    answer: () => plans.conflicts({ ...wishOf(plan, flags.inferred), history: flags.history }),
    lines: (answer, style) => conflictLines(answer, style, flags.all),
    markers: conflictMarkers,
    plan,
    complete: ({ tasks }) => tasks === 0,
  });
}

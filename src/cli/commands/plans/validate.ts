import { validateMarkers } from "../../../reporters/plans/markers.ts";
import { validateLines } from "../../../reporters/plans/validate-lines.ts";
import type { Cli } from "../../cli.ts";
import { EXIT } from "../../exit-code.ts";
import { wishOf } from "./like-original.ts";
import { printAnswer, type AnswerFlags } from "./print-answer.ts";

export interface ValidateFlags extends AnswerFlags {
  readonly all: boolean;
}

/** Say what is wrong with a plan. Ends with 1 if there are errors. Needs no database. */
export async function validate(this: Cli, flags: ValidateFlags, plan?: string): Promise<void> {
  const { plans } = await this.app();
  const { ok } = await printAnswer(this, flags, {
    answer: () => plans.validate(wishOf(plan, true)),
    lines: (answer, style) => validateLines(answer, style, flags.all),
    markers: validateMarkers,
    plan,
    complete: ({ diagnostics }) => diagnostics.length === 0,
  });
  this.exit(ok ? EXIT.done : EXIT.failed);
}

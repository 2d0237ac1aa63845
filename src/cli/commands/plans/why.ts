import type { NextRule } from "../../../plan/progress/standing.ts";
import { whyMarkers } from "../../../reporters/plans/markers.ts";
import { whyLines } from "../../../reporters/plans/why-lines.ts";
import type { Cli } from "../../cli.ts";
import { printAnswer, type AnswerFlags } from "./print-answer.ts";

export interface WhyFlags extends AnswerFlags {
  readonly inferred: boolean;
  readonly rule: NextRule;
}

/** Say what holds a task back. Needs no database. */
export async function why(
  this: Cli,
  flags: WhyFlags,
  first: string,
  second?: string,
): Promise<void> {
  const { plans } = await this.app();
  const names: readonly [string, string?] = second === undefined ? [first] : [first, second];
  await printAnswer(this, flags, {
    answer: () => plans.why({ names, inferred: flags.inferred, rule: flags.rule }),
    lines: whyLines,
    markers: whyMarkers,
    plan: second === undefined ? undefined : first,
    complete: ({ verdict }) => verdict === "done" || verdict === "skipped",
  });
}

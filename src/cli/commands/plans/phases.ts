import { phasesMarkers } from "../../../reporters/plans/markers.ts";
import { phasesLines } from "../../../reporters/plans/phase-lines.ts";
import type { Cli } from "../../cli.ts";
import { printLikeOriginal, wishOf, type LikeFlags } from "./like-original.ts";
import { printAnswer } from "./print-answer.ts";

/** Show the phases of a plan. Needs no database. */
export async function phases(this: Cli, flags: LikeFlags, plan?: string): Promise<void> {
  if (await printLikeOriginal(this, flags, plan, { name: "phases" })) return;
  const { plans } = await this.app();
  await printAnswer(this, flags, {
    answer: () => plans.phases(wishOf(plan, flags.inferred)),
    lines: phasesLines,
    markers: phasesMarkers,
    plan,
    complete: ({ phases: all }) => all.every(({ tally }) => tally.percent === 100),
  });
}

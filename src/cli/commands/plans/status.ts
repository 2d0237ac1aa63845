import { statusMarkers } from "../../../reporters/plans/markers.ts";
import { statusLines } from "../../../reporters/plans/status-lines.ts";
import type { Cli } from "../../cli.ts";
import { printLikeOriginal, wishOf, type LikeFlags } from "./like-original.ts";
import { printAnswer } from "./print-answer.ts";

/** Show how a plan stands. Needs no database. */
export async function status(this: Cli, flags: LikeFlags, plan?: string): Promise<void> {
  if (await printLikeOriginal(this, flags, plan, { name: "status" })) return;
  const { plans } = await this.app();
  await printAnswer(this, flags, {
    answer: () => plans.status(wishOf(plan, flags.inferred)),
    lines: statusLines,
    markers: statusMarkers,
    plan,
    complete: ({ tally }) => tally.percent === 100,
  });
}

import { progressMarkers } from "../../../reporters/plans/markers.ts";
import { progressLines } from "../../../reporters/plans/progress-lines.ts";
import type { Cli } from "../../cli.ts";
import { printLikeOriginal, wishOf, type LikeFlags } from "./like-original.ts";
import { printAnswer } from "./print-answer.ts";

/** Show how far a plan is. Needs no database. */
export async function progress(this: Cli, flags: LikeFlags, plan?: string): Promise<void> {
  const command = { name: "progress", format: flags.format ?? "text" } as const;
  if (await printLikeOriginal(this, flags, plan, command)) return;
  const { plans } = await this.app();
  await printAnswer(this, flags, {
    answer: () => plans.progress(wishOf(plan, flags.inferred)),
    lines: progressLines,
    markers: progressMarkers,
    plan,
    complete: ({ state }) => state === "completed",
  });
}

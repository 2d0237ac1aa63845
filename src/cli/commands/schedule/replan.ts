import { replanLines } from "../../../reporters/schedule/replan-lines.ts";
import { printResult, type Cli } from "../../cli.ts";
import { EXIT } from "../../exit-code.ts";
import { listen } from "./listen.ts";
import { wishOf, type SearchFlags } from "./schedule-flags.ts";

export interface ReplanFlags extends SearchFlags {
  readonly now?: string;
}

/** Schedule what is left from what happened, and say what is different and why (WV-06). Needs no database. */
export async function replan(this: Cli, flags: ReplanFlags, plan?: string): Promise<void> {
  const { schedules } = await this.app();
  const { now } = flags;
  const wish = { ...wishOf(plan, flags), ...(now !== undefined && { now }) };
  const { answer, interrupted } = await listen(this, flags, (listening) =>
    schedules.replan(wish, listening),
  );
  printResult(this, flags, { json: answer, lines: (style) => replanLines(answer, style) });
  this.exit(interrupted ? EXIT.interrupted : EXIT.done);
}

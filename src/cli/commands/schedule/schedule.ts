import { scheduleLines } from "../../../reporters/schedule/schedule-lines.ts";
import { printResult, type Cli } from "../../cli.ts";
import { EXIT } from "../../exit-code.ts";
import { listen } from "./listen.ts";
import { wishOf, type ProvingFlags } from "./schedule-flags.ts";

export interface ScheduleFlags extends ProvingFlags {
  readonly output?: string;
  readonly html?: string;
  readonly svg?: string;
  readonly ics?: string;
}

/** Say who does what of a plan when (S3). Needs no database. Stopped by Ctrl-C it prints the best so far and ends with 130. */
export async function schedule(this: Cli, flags: ScheduleFlags, plan?: string): Promise<void> {
  const { schedules } = await this.app();
  const { output, html, svg, ics } = flags;
  const wish = {
    ...wishOf(plan, flags),
    ...(output !== undefined && { output }),
    ...(html !== undefined && { html }),
    ...(svg !== undefined && { svg }),
    ...(ics !== undefined && { ics }),
  };
  const { answer, interrupted } = await listen(this, flags, (listening) =>
    schedules.schedule(wish, listening),
  );
  printResult(this, flags, { json: answer, lines: (style) => scheduleLines(answer, style) });
  this.exit(interrupted ? EXIT.interrupted : EXIT.done);
}

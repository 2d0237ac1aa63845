import { riskLines } from "../../../reporters/schedule/risk-lines.ts";
import { printResult, type Cli } from "../../cli.ts";
import { listen } from "./listen.ts";
import { wishOf, type SearchFlags } from "./schedule-flags.ts";

/** Say what can go wrong with a plan's schedule, and what is done then (WV-09). Needs no database. */
export async function risks(this: Cli, flags: SearchFlags, plan?: string): Promise<void> {
  const { schedules } = await this.app();
  const { answer } = await listen(this, flags, (listening) =>
    schedules.risks(wishOf(plan, flags), listening),
  );
  printResult(this, flags, { json: answer, lines: (style) => riskLines(answer, style) });
}

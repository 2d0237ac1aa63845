import type { Cli } from "../../cli.ts";
import { listen } from "./listen.ts";
import { wishOf, type SearchFlags } from "./schedule-flags.ts";

/** Print the execution strategy of a plan: the document, or S3's five files as one JSON object. Needs no database. */
export async function strategy(this: Cli, flags: SearchFlags, plan?: string): Promise<void> {
  const { schedules } = await this.app();
  const { answer } = await listen(this, flags, (listening) =>
    schedules.strategy(wishOf(plan, flags), listening),
  );
  this.io.stdout.write(flags.json ? `${JSON.stringify(answer.files)}\n` : answer.document);
}

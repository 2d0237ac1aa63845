import { oneLine } from "../../core/text.ts";
import { runReport } from "../../reporters/run-report.ts";
import { raisesOf, type RaiseFlags } from "../budget-flags.ts";
import { lastEvent } from "../last-event.ts";
import { printResult, type Cli, type CommonFlags } from "../cli.ts";
import { passGates } from "../pass-gates.ts";

export interface ResumeFlags extends CommonFlags, RaiseFlags {
  readonly note?: string;
}

/** Carry on a run whose process ended, or try again what failed in a held one. */
export async function resume(this: Cli, flags: ResumeFlags, run: string): Promise<void> {
  const app = await this.app();
  const { note } = flags;
  const after = flags.json ? 0 : await lastEvent(app, (await app.show(run)).record.runId);
  const by = this.io.user;
  const raises = raisesOf(flags);
  const asked = { run, by, raises, ...(note !== undefined && { note }) };
  const { runId, afterWait } = await app.resume(asked);
  await passGates(this, flags, { runId, here: true, afterWait, after, recap: true });
}

/** End a run and whatever its agents are doing. */
export async function cancel(this: Cli, flags: CommonFlags, name: string): Promise<void> {
  const app = await this.app();
  const run = await app.cancel(name, this.io.user);
  printResult(this, flags, {
    json: { run: runReport(run) },
    lines: () => [
      `Run ${run.record.runId} (${oneLine(run.record.subject, 200)}) is canceled.`,
      ...(run.nextSteps ?? []),
    ],
  });
}

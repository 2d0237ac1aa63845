import type { Cli } from "../cli.ts";
import { exitCodeOfRun } from "../exit-code.ts";
import { followRun, type FollowFlags } from "../follow-run.ts";
import { printStanding } from "../pass-gates.ts";

export interface WatchFlags extends FollowFlags {
  readonly progress: boolean;
}

/** Watch a run, wherever it is executed, until it ends or waits for a person. */
export async function watch(this: Cli, flags: WatchFlags, name: string): Promise<void> {
  const app = await this.app();
  const { runId, status } = (await app.show(name)).record;
  if (status === "pending")
    this.io.stderr.write(
      `No process executes this run. Carry on with wavegate resume ${runId}, or leave it to a wavegate worker.\n`,
    );
  const { run } = await followRun(this, flags, { runId, here: false });
  this.exit(exitCodeOfRun(run));
  await printStanding(this, flags, run);
}

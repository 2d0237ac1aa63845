import { printResult, type Cli, type CommonFlags } from "../cli.ts";
import { interrupted, STOPPING } from "../follow-run.ts";
import { passGates } from "../pass-gates.ts";

export interface StageFlags extends CommonFlags {
  readonly agent?: string;
  readonly profile?: "api" | "coding-agent";
  readonly concurrency?: number;
  readonly refresh: boolean;
  readonly detach: boolean;
}

export interface CompleteFlags extends StageFlags {
  readonly from?: Stage;
  readonly until?: Stage;
}

type Stage = "plan" | "prepare" | "review";

/** Run a stage about a spec, or all of them: start the run, show it, and decide at its gates. */
const runStage = (stage: Stage | "complete") =>
  async function (this: Cli, flags: CompleteFlags, spec: string): Promise<void> {
    const app = await this.app();
    const { agent, profile, concurrency, refresh, detach, from, until } = flags;
    let stopped = false;
    const forget = this.io.onInterrupt(() => {
      stopped = true;
      this.io.stderr.write(`${STOPPING}\n`);
    });
    const request = {
      spec,
      detach,
      refresh,
      ...(agent === undefined ? {} : { agent }),
      ...(profile === undefined ? {} : { profile }),
      ...(concurrency === undefined ? {} : { concurrency }),
      ...(from === undefined ? {} : { from }),
      ...(until === undefined ? {} : { until }),
    };
    const { runId } = await app[stage](request).finally(forget);
    if (stopped) {
      await this.closeApp();
      throw interrupted(this, { runId, here: !detach });
    }
    if (!detach) return passGates(this, flags, { runId, here: true });
    printResult(this, flags, {
      json: { runId },
      lines: () => [`Run ${runId} waits for a worker.`, `Watch it with: wavegate watch ${runId}`],
    });
  };

export const plan = runStage("plan");
export const prepare = runStage("prepare");
export const review = runStage("review");
export const complete = runStage("complete");

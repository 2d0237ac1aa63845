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

type Stage = "plan" | "prepare" | "review";

/** Run one stage about a spec: start the run, show it, and decide at its gate. */
const runStage = (stage: Stage) =>
  async function (this: Cli, flags: StageFlags, spec: string): Promise<void> {
    const app = await this.app();
    const { agent, profile, concurrency, refresh, detach } = flags;
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

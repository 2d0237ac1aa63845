import type { CompleteRequest } from "../../app/app.ts";
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

export interface ReviewFlags extends StageFlags {
  readonly audit: boolean;
  readonly html: boolean;
  readonly securityScan: boolean;
}

type Stage = "plan" | "prepare" | "review";

/** Run a stage about a spec, or all of them: start the run, show it, and decide at its gates. */
const runStage = <Flags extends StageFlags>(
  stage: Stage | "complete",
  wishes: (flags: Flags) => Partial<CompleteRequest> = () => ({}),
) =>
  async function (this: Cli, flags: Flags, spec: string): Promise<void> {
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
      ...wishes(flags),
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
/** Without a flag the configuration says whether and what. */
export const review = runStage("review", ({ audit, html, securityScan }: ReviewFlags) => ({
  ...(audit ? { audit } : {}),
  artifacts: [
    ...(html ? (["coverage_report.html"] as const) : []),
    ...(securityScan ? (["security_scan.json"] as const) : []),
  ],
}));

export const complete = runStage("complete", ({ from, until }: CompleteFlags) => ({
  ...(from === undefined ? {} : { from }),
  ...(until === undefined ? {} : { until }),
}));

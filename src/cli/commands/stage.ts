import type { App, CompleteRequest } from "../../app/app.ts";
import type { ScoreSettings } from "../../stage/rules/readings.ts";
import type { ResourceMode } from "../../stage/rules/resources.ts";
import { budgetOfFlags, type BudgetFlags } from "../budget-flags.ts";
import { setScores } from "./score.ts";
import { printResult, type Cli, type CommonFlags } from "../cli.ts";
import { interrupted, STOPPING } from "../follow-run.ts";
import { passGates } from "../pass-gates.ts";

export interface StageFlags extends CommonFlags, BudgetFlags {
  readonly agent?: string;
  readonly profile?: "api" | "coding-agent";
  readonly concurrency?: number;
  readonly score?: readonly ScoreSettings[];
  readonly resources?: ResourceMode;
  readonly refresh: boolean;
  readonly detach: boolean;
}

export interface ReviewFlags extends StageFlags {
  readonly audit: boolean;
  readonly html: boolean;
  readonly securityScan: boolean;
}

export interface PrepareFlags extends StageFlags {
  readonly implementation?: "whole" | "phased";
}

export interface CompleteFlags extends ReviewFlags, PrepareFlags {
  readonly from?: Stage;
  readonly until?: Stage;
}

type Stage = "plan" | "prepare" | "review";

type Start = (app: App, request: CompleteRequest) => Promise<{ readonly runId: string }>;

/** Run a stage about a spec, or all of them: start the run, show it, and decide at its gates. */
async function launch(
  cli: Cli,
  flags: StageFlags,
  request: Partial<CompleteRequest> & { readonly spec: string },
  start: Start,
): Promise<void> {
  const app = await cli.app();
  const { agent, profile, concurrency, resources, refresh, detach } = flags;
  let stopped = false;
  const forget = cli.io.onInterrupt(() => {
    stopped = true;
    cli.io.stderr.write(`${STOPPING}\n`);
  });
  const { runId } = await start(app, {
    detach,
    refresh,
    ...(agent === undefined ? {} : { agent }),
    ...(profile === undefined ? {} : { profile }),
    ...(concurrency === undefined ? {} : { concurrency }),
    scores: setScores(flags.score),
    ...(resources === undefined ? {} : { resources }),
    budget: budgetOfFlags(flags),
    ...request,
  }).finally(forget);
  if (stopped) {
    await cli.closeApp();
    throw interrupted(cli, { runId, here: !detach });
  }
  if (!detach) return passGates(cli, flags, { runId, here: true });
  printResult(cli, flags, {
    json: { runId },
    lines: () => [`Run ${runId} waits for a worker.`, `Watch it with: wavegate watch ${runId}`],
  });
}

const phased = ({ implementation }: PrepareFlags) =>
  implementation === undefined ? {} : { implementation };

const starting = <Flags extends StageFlags>(
  stage: Stage | "complete",
  wishes: (flags: Flags) => Partial<CompleteRequest> = () => ({}),
) =>
  async function (this: Cli, flags: Flags, spec: string): Promise<void> {
    await launch(this, flags, { spec, ...wishes(flags) }, (app, request) => app[stage](request));
  };

export const plan = starting("plan");
export const prepare = starting("prepare", phased);

/** Without a flag the configuration says whether and what. */
const ofReview = ({ audit, html, securityScan }: ReviewFlags): Partial<CompleteRequest> => ({
  ...(audit ? { audit } : {}),
  artifacts: [
    ...(html ? (["coverage_report.html"] as const) : []),
    ...(securityScan ? (["security_scan.json"] as const) : []),
  ],
});

export const review = starting("review", ofReview);

const ofComplete = ({ from, until, ...flags }: CompleteFlags): Partial<CompleteRequest> => ({
  ...ofReview(flags),
  ...phased(flags),
  ...(from === undefined ? {} : { from }),
  ...(until === undefined ? {} : { until }),
});

export const complete = starting("complete", ofComplete);

/** The same for any stage by its name. */
export async function runStage(
  this: Cli,
  flags: StageFlags,
  name: string,
  spec: string,
): Promise<void> {
  await launch(this, flags, { spec }, (app, request) => app.runStage(name, request));
}

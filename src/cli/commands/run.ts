import type { RunWish } from "../../app/execution/execution-cases.ts";
import { WavegateError } from "../../core/error.ts";
import { oneLine } from "../../core/text.ts";
import { shellWord } from "../../core/shell-word.ts";
import type { GateSetting } from "../../execution/execution-settings.ts";
import type { FailureMode } from "../../execution/failure-mode.ts";
import type { ExecutionPattern } from "../../execution/patterns.ts";
import { previewLines, unlandedHints } from "../../reporters/execution/preview-lines.ts";
import { budgetOfFlags, type BudgetFlags } from "../budget-flags.ts";
import { interrupted, STOPPING } from "../follow-run.ts";
import { passGates } from "../pass-gates.ts";
import { printResult, type Cli, type CommonFlags } from "../cli.ts";

export interface RunFlags extends CommonFlags, BudgetFlags {
  readonly pattern?: ExecutionPattern;
  readonly failures?: FailureMode;
  readonly gates?: GateSetting;
  readonly incremental: boolean;
  readonly workers?: number;
  readonly plans?: number;
  readonly phases?: number;
  readonly batch?: number;
  readonly agent?: string;
  readonly target?: string;
  readonly review: boolean;
  readonly dryRun: boolean;
  readonly progress: boolean;
  readonly detach: boolean;
}

const wishOf = (flags: RunFlags, plans: readonly string[]): RunWish => {
  const { pattern, failures, workers, batch, agent, target, review } = flags;
  return {
    plans,
    review,
    budget: budgetOfFlags(flags),
    ...(pattern !== undefined && { pattern }),
    ...(failures !== undefined && { failures }),
    ...(workers !== undefined && { workers }),
    ...(flags.plans !== undefined && { plansAtOnce: flags.plans }),
    ...(flags.phases !== undefined && { phasesAtOnce: flags.phases }),
    ...(batch !== undefined && { batch }),
    ...(agent !== undefined && { agent }),
    ...(flags.incremental && { gates: "proven", checkpoints: "task" }),
    ...(flags.gates !== undefined && { gates: flags.gates }),
    ...(target !== undefined && { target }),
  };
};

/** Carry out plans (PX-05); with `--dry-run` only say what that would be. */
export async function run(this: Cli, flags: RunFlags, ...plans: string[]): Promise<void> {
  const app = await this.app();
  refuseClash(flags);
  const wish = wishOf(flags, plans);
  if (!flags.dryRun) return start(this, flags, wish);
  const preview = await app.executions.preview(wish);
  printResult(this, flags, {
    json: preview,
    lines: (style) => previewLines(preview, commandOf(flags, plans), style),
  });
}

/** Throws USAGE for flags of which one would go unheard. */
function refuseClash({ dryRun, detach, progress, json, incremental, gates }: RunFlags): void {
  const clashes: readonly (readonly [both: boolean, message: string, hint: string])[] = [
    [
      dryRun && detach,
      "--dry-run begins nothing that could be left to a worker.",
      "Leave --detach out, or --dry-run.",
    ],
    [
      dryRun && progress,
      "--dry-run begins nothing whose progress could be printed.",
      "Leave --progress out, or --dry-run.",
    ],
    [
      detach && progress,
      "--detach returns at once, so no progress is printed.",
      "Leave --progress out, and follow the run with: wavegate watch RUN --progress",
    ],
    [
      json && progress,
      "--json and --progress each say what is printed.",
      "Leave one of them out; --json has all that --progress says.",
    ],
    [
      incremental && gates === "none",
      "--incremental goes on by gates that are proven, and --gates none has no gates.",
      "Leave --gates out, or --incremental.",
    ],
  ];
  const clash = clashes.find(([both]) => both);
  if (clash) throw new WavegateError("USAGE", clash[1], { hint: clash[2] });
}

/** Start the run and show it until it ends or waits for a person. */
async function start(cli: Cli, flags: RunFlags, wish: RunWish): Promise<void> {
  const app = await cli.app();
  const { detach } = flags;
  let stopped = false;
  const forget = cli.io.onInterrupt(() => {
    stopped = true;
    cli.io.stderr.write(`${STOPPING}\n`);
  });
  const started = await app.executions.start({ ...wish, detach }).finally(forget);
  if (started.runId === null)
    return printResult(cli, flags, {
      json: started,
      lines: () => [
        ...started.done.map((file) => `Nothing is left to do in ${oneLine(file, 200)}.`),
        ...unlandedHints(started.unlanded),
        `hint: Open a task again with: wavegate plans reset ${shellWord(started.done[0] ?? "PLAN")} TASK`,
      ],
    });
  const { runId } = started;
  if (stopped) {
    await cli.closeApp();
    throw interrupted(cli, { runId, here: !detach });
  }
  if (!detach) return passGates(cli, flags, { runId, here: true });
  return printResult(cli, flags, {
    json: { runId },
    lines: () => [`Run ${runId} waits for a worker.`, `Watch it with: wavegate watch ${runId}`],
  });
}

/** The same without `--dry-run`. */
function commandOf(flags: RunFlags, plans: readonly string[]): string {
  const { pattern, failures, workers, phases, batch, agent, target, review } = flags;
  const values: readonly (readonly [string, string | number | undefined])[] = [
    ["pattern", pattern],
    ["failures", failures],
    ["workers", workers],
    ["plans", flags.plans],
    ["phases", phases],
    ["batch", batch],
    ["agent", agent],
    ["gates", flags.gates],
    ["target", target],
    ["max-cost", flags.maxCost],
    ["max-tokens", flags.maxTokens],
  ];
  return [
    "wavegate run",
    ...plans.map(shellWord),
    ...values.flatMap(([name, value]) =>
      value === undefined ? [] : [`--${name} ${shellWord(String(value))}`],
    ),
    ...(flags.incremental ? ["--incremental"] : []),
    ...(review ? ["--review"] : []),
  ].join(" ");
}

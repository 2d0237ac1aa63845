import type { RunWish } from "../../app/execution/execution-cases.ts";
import { WavegateError } from "../../core/error.ts";
import { shellWord } from "../../core/shell-word.ts";
import type { FailureMode } from "../../execution/failure-mode.ts";
import type { ExecutionPattern } from "../../execution/patterns.ts";
import { previewLines } from "../../reporters/execution/preview-lines.ts";
import { budgetOfFlags, type BudgetFlags } from "../budget-flags.ts";
import { printResult, type Cli, type CommonFlags } from "../cli.ts";

export interface RunFlags extends CommonFlags, BudgetFlags {
  readonly pattern?: ExecutionPattern;
  readonly failures?: FailureMode;
  readonly workers?: number;
  readonly plans?: number;
  readonly phases?: number;
  readonly batch?: number;
  readonly agent?: string;
  readonly target?: string;
  readonly review: boolean;
  readonly dryRun: boolean;
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
    ...(target !== undefined && { target }),
  };
};

/** Carry out plans (PX-05); with `--dry-run` only say what that would be, which needs no database. */
export async function run(this: Cli, flags: RunFlags, ...plans: string[]): Promise<void> {
  if (!flags.dryRun)
    throw new WavegateError("USAGE", "This version says what a run would be, and begins none.", {
      hint: `Look with: ${commandOf(flags, plans)} --dry-run`,
    });
  const app = await this.app();
  const preview = await app.executions.preview(wishOf(flags, plans));
  printResult(this, flags, {
    json: preview,
    lines: (style) => previewLines(preview, commandOf(flags, plans), style),
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
    ...(review ? ["--review"] : []),
  ].join(" ");
}

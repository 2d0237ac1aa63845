import type { TargetName } from "../../integrations/targets.ts";
import { printResult, type Cli, type CommonFlags } from "../cli.ts";
import { initLines } from "../init-lines.ts";

export interface InitFlags extends CommonFlags {
  readonly for?: readonly TargetName[];
  readonly remove: boolean;
  readonly dryRun: boolean;
}

/** Set up a project for Wavegate and the coding agents in use; or take that away. What is not ours stays as it is. */
export async function init(this: Cli, flags: InitFlags): Promise<void> {
  const { remove, dryRun } = flags;
  const app = await this.app();
  const report = await app.init({ remove, dryRun, ...(flags.for && { for: flags.for }) });
  const { targets, created, updated, removed, left } = report;
  printResult(this, flags, {
    json: { project: app.project, dryRun, targets, created, updated, removed, left },
    lines: ({ width }) =>
      initLines(report, { remove, dryRun, named: flags.for !== undefined, width }),
  });
}

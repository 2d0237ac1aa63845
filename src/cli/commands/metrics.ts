import { WavegateError } from "../../core/error.ts";
import { metricsJson } from "../../reporters/metrics-json.ts";
import { metricsLines } from "../../reporters/metrics-lines.ts";
import { printResult, type Cli, type CommonFlags } from "../cli.ts";

export interface MetricsFlags extends CommonFlags {
  /** In milliseconds before now. */
  readonly since?: number;
}

const DEFAULT_SINCE_MS = 30 * 86_400_000;

/** The metrics of one run, or of all that were started within a time. */
export async function metrics(this: Cli, flags: MetricsFlags, run?: string): Promise<void> {
  if (run !== undefined && flags.since !== undefined)
    throw new WavegateError("USAGE", "Metrics are of one run, or of all since a time.", {
      hint: "Leave out the run or --since.",
    });
  const app = await this.app();
  const report = await app.metrics(
    run === undefined ? { sinceMs: flags.since ?? DEFAULT_SINCE_MS } : { run },
  );
  printResult(this, flags, {
    json: metricsJson(report),
    lines: (style) => metricsLines(report, style),
  });
}

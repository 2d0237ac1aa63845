import { runTable } from "../../reporters/run-lines.ts";
import { runReport } from "../../reporters/run-report.ts";
import { printResult, type Cli, type CommonFlags } from "../cli.ts";

export interface RunsFlags extends CommonFlags {
  readonly status?: "pending" | "running" | "waiting" | "completed" | "failed" | "canceled";
  readonly limit: number;
}

/** List the runs of the project, newest first. */
export async function runs(this: Cli, flags: RunsFlags): Promise<void> {
  const { limit, status } = flags;
  const app = await this.app();
  const found = await app.runs({ limit, ...(status === undefined ? {} : { status }) });
  printResult(this, flags, {
    json: { runs: found.map(runReport) },
    lines: (style) =>
      found.length === 0
        ? [
            status === undefined
              ? "No runs yet. Start one with: wavegate plan specs/001-name/spec.md"
              : `No run is ${status}. See all with: wavegate runs`,
          ]
        : runTable(found, { ...style, now: this.io.ticker.now() }),
  });
}

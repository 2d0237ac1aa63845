import type { App, RunView } from "../../app/app.ts";
import { runTable, statusText } from "../../reporters/run-lines.ts";
import { runReport } from "../../reporters/run-report.ts";
import type { RunStatus } from "../../ports/engine.ts";
import { printResult, type Cli, type CommonFlags } from "../cli.ts";

/** What the table calls runs by what they wait for, or came to: parts of a status, how it says it, and how a sentence does. */
const PARTS = {
  gate: { within: "waiting", text: "at a gate", none: "at a gate" },
  work: { within: "waiting", text: "work to do", none: "waiting for work" },
  held: { within: undefined, text: "held", none: "held" },
  rejected: { within: "completed", text: "rejected", none: "rejected" },
} as const;

type Part = keyof typeof PARTS;

export interface RunsFlags extends CommonFlags {
  readonly status?: RunStatus | Part;
  readonly limit: number;
}

const isPart = (status: string): status is Part => Object.hasOwn(PARTS, status);

/** Only the table's own words need all runs of a status to be looked at. */
async function listed(
  app: App,
  {
    limit,
    status,
  }: Pick<RunsFlags, "limit"> & { readonly status: RunsFlags["status"] | undefined },
): Promise<readonly RunView[]> {
  if (status === undefined) return app.runs({ limit });
  if (!isPart(status)) return app.runs({ limit, status });
  const { within, text } = PARTS[status];
  const all = await app.runs(within ? { status: within } : {});
  return all.filter((run) => statusText(run) === text).slice(0, limit);
}

/** List the runs of the project, newest first. */
export async function runs(this: Cli, flags: RunsFlags): Promise<void> {
  const { limit, status } = flags;
  const app = await this.app();
  const found = await listed(app, { limit, status });
  printResult(this, flags, {
    json: { runs: found.map(runReport) },
    lines: (style) =>
      found.length === 0
        ? [
            status === undefined
              ? "No runs yet. Start one with: wavegate plan specs/001-name/spec.md"
              : `No run is ${isPart(status) ? PARTS[status].none : status}. See all with: wavegate runs`,
          ]
        : runTable(found, { ...style, now: this.io.ticker.now() }),
  });
}

import type { RecordedEvent } from "../core/event.ts";
import { metricsReport } from "../history/metrics/metrics-report.ts";
import type { Engine, RunRecord } from "../ports/engine.ts";
import type { MetricsRequest, RunsMetrics } from "./app.ts";
import type { AppPorts } from "./app-ports.ts";
import { findRun } from "./run-view.ts";

/** The metrics of one run, or of all that were created within a time, from what was recorded of them (ST-20). */
export async function measureRuns(
  ports: Pick<AppPorts, "engine" | "clock">,
  request: MetricsRequest,
): Promise<RunsMetrics> {
  const engine = await ports.engine();
  if ("run" in request) return measured(engine, [await findRun(engine, request.run)]);
  const from = ports.clock.now() - request.sinceMs;
  const records = (await engine.runs()).filter(({ createdAt }) => Date.parse(createdAt) >= from);
  return { ...(await measured(engine, records)), since: new Date(from).toISOString() };
}

async function measured(engine: Engine, records: readonly RunRecord[]): Promise<RunsMetrics> {
  const runs: RecordedEvent[][] = [];
  const statuses: Partial<Record<RunRecord["status"], number>> = {};
  for (const { runId, status } of records) {
    const events: RecordedEvent[] = [];
    for await (const event of engine.events(runId, 0)) events.push(event);
    runs.push(events);
    statuses[status] = (statuses[status] ?? 0) + 1;
  }
  return { ...metricsReport(runs), statuses };
}

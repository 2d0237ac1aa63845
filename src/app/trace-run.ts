import type { RecordedEvent } from "../core/event.ts";
import type { Trace } from "../history/trace/span.ts";
import { traceOf } from "../history/trace/trace-of.ts";
import type { AppPorts } from "./app-ports.ts";
import { findRun } from "./run-view.ts";

/** The trace of a run as far as it is recorded. */
export async function traceRun(ports: Pick<AppPorts, "engine">, name: string): Promise<Trace> {
  const engine = await ports.engine();
  const { runId } = await findRun(engine, name);
  const records: RecordedEvent[] = [];
  for await (const record of engine.events(runId, 0)) records.push(record);
  return traceOf(runId, records);
}

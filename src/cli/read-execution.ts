import type { App } from "../app/app.ts";
import type { ExecutionHistory } from "../history/execution/execution-history.ts";
import { ExecutionRecorder } from "../history/execution/record-execution.ts";

/** What was recorded of a run that carries out plans; undefined for any other run. */
export async function readExecution(
  app: Pick<App, "events" | "show">,
  run: string,
): Promise<ExecutionHistory | undefined> {
  const { runId } = (await app.show(run)).record;
  const recorder = new ExecutionRecorder();
  for await (const record of app.events(runId, 0)) recorder.take(record);
  return recorder.history;
}

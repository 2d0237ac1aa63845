import type { RunRecord } from "../ports/engine.ts";
import type { AppPorts } from "./app-ports.ts";
import { findRun } from "./run-view.ts";

/** End a run, whoever executes it, and put on the audit log who did. Throws RUN_FINISHED for one that has ended. */
export async function cancelRun(ports: AppPorts, name: string, by: string): Promise<RunRecord> {
  const engine = await ports.engine();
  const { runId, status } = await findRun(engine, name);
  const canceled = await engine.cancel(runId);
  if (!canceled.ok) throw canceled.error;
  await (
    await ports.audit()
  ).append({
    id: `${runId}/cancel`,
    at: new Date(ports.clock.now()).toISOString(),
    actor: by,
    action: "cancel",
    runId,
    digest: "",
    details: { was: status },
  });
  return findRun(engine, runId);
}

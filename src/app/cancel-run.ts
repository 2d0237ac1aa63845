import { runFinished } from "../core/run-error.ts";
import type { RunRecord } from "../ports/engine.ts";
import type { AppPorts } from "./app-ports.ts";
import { findRun } from "./run-view.ts";

/**
 * End a run, whoever executes it. Who did it goes on the audit log first: a log that can't be written leaves the run as
 * it is, and a process that dies in between leaves an entry that canceling again does not double. If the run ends by
 * itself in between, that is recorded, too. Throws RUN_FINISHED for one that has ended.
 */
export async function cancelRun(
  ports: Pick<AppPorts, "engine" | "audit" | "clock">,
  name: string,
  by: string,
): Promise<RunRecord> {
  const engine = await ports.engine();
  const { runId, status, wait } = await findRun(engine, name);
  if (status === "completed" || status === "canceled" || (status === "failed" && !wait))
    throw runFinished(runId, status);
  const audit = await ports.audit();
  const entry = {
    at: new Date(ports.clock.now()).toISOString(),
    actor: by,
    runId,
    digest: "",
  };
  await audit.append({
    ...entry,
    id: `${runId}/cancel`,
    action: "cancel",
    details: { was: status },
  });
  const canceled = await engine.cancel(runId);
  if (canceled.ok) return findRun(engine, runId);
  const { code } = canceled.error;
  await audit.append({
    ...entry,
    id: `${runId}/cancel-void`,
    action: "cancel-void",
    details: { code },
  });
  throw canceled.error;
}

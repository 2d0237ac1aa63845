import { WavegateError } from "../core/error.ts";
import { ok } from "../core/result.ts";
import { runFinished } from "../core/run-error.ts";
import type { AuditEntry } from "../ports/audit.ts";
import type { RunRecord } from "../ports/engine.ts";
import type { AppPorts } from "./app-ports.ts";
import { refuseInsideAttempt } from "./refuse-inside-attempt.ts";
import { findRun } from "./run-view.ts";

/**
 * End a run, whoever executes it. Who did it goes on the audit log first: a log that can't be written leaves the run as
 * it is, and a process that dies in between leaves an entry that canceling again does not double, but somebody else's has
 * its own. If the run ends by itself in between, or the engine can't do it, that is recorded, too. Throws RUN_FINISHED for
 * one that has ended.
 */
export async function cancelRun(
  ports: Pick<AppPorts, "engine" | "audit" | "clock" | "surroundingRuns">,
  name: string,
  by: string,
): Promise<RunRecord> {
  await refuseInsideAttempt(ports);
  const engine = await ports.engine();
  const { runId, status, wait } = await findRun(engine, name);
  if (status === "completed" || status === "canceled" || (status === "failed" && !wait))
    throw runFinished(runId, status);
  const audit = await ports.audit();
  // A cancel of the same person that came to nothing is another one.
  const before = (await audit.entries()).filter(
    (entry) => entry.runId === runId && entry.actor === by && entry.action === "cancel-void",
  );
  const record = (action: "cancel" | "cancel-void", details: AuditEntry["details"]) =>
    audit.append({
      id: `${runId}/${action}/${before.length + 1}/${by}`,
      at: new Date(ports.clock.now()).toISOString(),
      actor: by,
      action,
      runId,
      digest: "",
      details,
    });
  await record("cancel", { was: status });
  const canceled = await engine.cancel(runId).catch(async (thrown: unknown) => {
    if ((await engine.run(runId).catch(() => undefined))?.status === "canceled")
      return ok(undefined);
    // What kept the engine from it may keep the log from its entry; the engine's error says more.
    await record("cancel-void", { code: codeOf(thrown) }).catch(() => {});
    throw thrown;
  });
  if (canceled.ok) return findRun(engine, runId);
  await record("cancel-void", { code: canceled.error.code });
  throw canceled.error;
}

const codeOf = (thrown: unknown): string =>
  thrown instanceof WavegateError ? thrown.code : "unexpected";

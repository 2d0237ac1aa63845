import type { WavegateError } from "../core/error.ts";
import { runFinished, runNotWaiting } from "../core/run-error.ts";
import { err, ok, type Result } from "../core/result.ts";
import { decide } from "../stage/gate.ts";
import type { DecideRequest } from "./app.ts";
import type { AppPorts } from "./app-ports.ts";
import { findRun, viewRun } from "./run-view.ts";

/**
 * Record a decision on the open gate of a run (ST-11, ST-12): checked against what the gate shows, then kept by one
 * conditional write, so that of any number of decisions one wins. Then carry the run on here, unless a live worker
 * has it.
 */
export async function decideGate(
  ports: AppPorts,
  request: DecideRequest,
): Promise<Result<{ readonly runId: string; readonly wait: string }, WavegateError>> {
  const engine = await ports.engine();
  const view = viewRun(await findRun(engine, request.run), ports.runFolders);
  const { runId, status, wait } = view.record;
  if (!view.gate || !wait) {
    const over = status === "completed" || status === "canceled" || (status === "failed" && !wait);
    return err(over ? runFinished(runId, status) : runNotWaiting(runId, "a decision"));
  }
  // A modification asks agents: those of a configuration that can't be read are not there.
  const settings = request.kind === "modify" ? await ports.settings() : ok(null);
  if (!settings.ok) return settings;
  const at = new Date(ports.clock.now()).toISOString();
  const decision = decide(view.gate, { ...request, at });
  if (!decision.ok) return decision;
  const answered = await engine.answer({
    runId,
    wait: wait.name,
    token: wait.token,
    value: decision.value,
  });
  if (!answered.ok) return answered;
  await carryOn(ports, runId);
  return ok({ runId, wait: wait.name });
}

/** Execute the run here; a live worker that has it does so anyway, and then this is not an error. */
export async function carryOn(ports: Pick<AppPorts, "engine">, runId: string): Promise<void> {
  const engine = await ports.engine();
  const claimed = await engine.claim(runId);
  const fine = claimed.ok || ["RUN_ALREADY_RUNNING", "RUN_FINISHED"].includes(claimed.error.code);
  if (!fine) throw claimed.error;
}

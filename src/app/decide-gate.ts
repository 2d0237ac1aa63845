import { WavegateError } from "../core/error.ts";
import { alreadyDecided, runFinished, runNotWaiting } from "../core/run-error.ts";
import { err, ok, type Result } from "../core/result.ts";
import { oneLine } from "../core/text.ts";
import type { Engine } from "../ports/engine.ts";
import { decide, MIN_DIGEST_PREFIX } from "../stage/gate.ts";
import type { DecideRequest, RunView } from "./app.ts";
import type { AppPorts, Settings } from "./app-ports.ts";
import { playersOfRun } from "./players-of-run.ts";
import { refuseInsideAttempt } from "./refuse-inside-attempt.ts";
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
  await refuseInsideAttempt(ports);
  const engine = await ports.engine();
  const view = viewRun(await findRun(engine, request.run), ports.runFolders);
  const { runId, status, wait } = view.record;
  if (!view.gate || !wait) {
    const over = status === "completed" || status === "canceled" || (status === "failed" && !wait);
    if (over) return err(runFinished(runId, status));
    return err((await decidedBefore(engine, view, request)) ?? noDecision(view));
  }
  // Who may decide stands in the configuration, which may have changed since the gate was opened. One that can't be read
  // lets nobody decide: else whoever breaks it could.
  const settings = await ports.settings();
  if (!settings.ok) return settings;
  const allowed = mayDecide(view.gate.stage, request.by, settings.value);
  if (!allowed.ok) return allowed;
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

/** Whether this person may decide at the gate of a stage. The name is taken as it is given: nothing proves it. */
function mayDecide(
  stage: string,
  by: string,
  { reviewers, configFile }: Settings,
): Result<null, WavegateError> {
  const named = reviewers(stage);
  if (named === null || named.includes(by.trim())) return ok(null);
  const names = named.map((name) => oneLine(name, 100)).join(", ");
  return err(
    new WavegateError(
      "GATE_NOT_REVIEWER",
      `${oneLine(by, 100) || "Nobody"} may not decide at the gate of ${stage}: ${configFile ?? "the configuration"} names ${names}.`,
      {
        hint: `Have it decided by one of them, or change who may: wavegate config explain stages.${stage}.gate.reviewers`,
      },
    ),
  );
}

/** Why nothing can be decided: what a gate showed before is not asked about any more. */
function noDecision({ record: { runId }, hold, work }: RunView): WavegateError {
  if (hold)
    return new WavegateError(
      "RUN_NOT_WAITING",
      `Run ${runId} is held, not at a gate: ${hold.reason}`,
      { hint: hold.hint },
    );
  if (work)
    return new WavegateError(
      "RUN_NOT_WAITING",
      `Run ${runId} is past that gate: it waits for work. ${work.message}`,
      { hint: work.hint },
    );
  return runNotWaiting(runId, "a decision");
}

/** Somebody decided on the very proposal that this request is about, a moment ago. */
async function decidedBefore(
  engine: Engine,
  { record: { runId }, hold, work }: RunView,
  { digest }: DecideRequest,
): Promise<WavegateError | undefined> {
  if (hold || work || digest.length < MIN_DIGEST_PREFIX) return undefined;
  let found: WavegateError | undefined;
  for await (const { event, at } of engine.events(runId, 0))
    if (event.type === "gate-decided" && event.digest.startsWith(digest.toLowerCase()))
      found = alreadyDecided(`${event.stage}/gate/${event.round}`, { by: event.by }, at);
  return found;
}

/** Execute the run here; a live worker that has it does so anyway, and then this is not an error. */
export async function carryOn(
  ports: Pick<AppPorts, "engine" | "warnUnprotected">,
  runId: string,
): Promise<void> {
  const claimed = await claimHere(ports, runId);
  const fine = claimed.ok || ["RUN_ALREADY_RUNNING", "RUN_FINISHED"].includes(claimed.error.code);
  if (!fine) throw claimed.error;
}

/** The same, with what is in the way. Says before who in the run has no sandbox. */
export async function claimHere(
  { engine: open, warnUnprotected }: Pick<AppPorts, "engine" | "warnUnprotected">,
  runId: string,
): ReturnType<Engine["claim"]> {
  const engine = await open();
  const input = await engine.input(runId);
  if (input !== undefined) await warnUnprotected(playersOfRun(input));
  return engine.claim(runId);
}

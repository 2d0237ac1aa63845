import { WavegateError } from "../core/error.ts";
import { runFinished } from "../core/run-error.ts";
import type { HoldAnswer } from "../stage/records.ts";
import type { App, ResumeRequest } from "./app.ts";
import type { AppPorts } from "./app-ports.ts";
import { carryOn } from "./decide-gate.ts";
import { refuseInsideAttempt } from "./refuse-inside-attempt.ts";
import { findRun } from "./run-view.ts";

/**
 * Carry on a run (ST-07, ST-13): one whose process ended goes on from its journal; a held one tries again what failed; one that waits for
 * work goes on.
 * A run that waits for a decision has nothing to resume. Throws GATE_ALREADY_DECIDED for a note when somebody else was first.
 */
export async function resumeRun(
  ports: Pick<AppPorts, "engine" | "settings" | "surroundingRuns">,
  { run, by, note }: ResumeRequest,
): ReturnType<App["resume"]> {
  await refuseInsideAttempt(ports);
  const engine = await ports.engine();
  const { runId, status, wait } = await findRun(engine, run);
  if (wait?.kind === "gate") throw waitsForDecision(runId);
  const settings = await ports.settings();
  if (!settings.ok) throw settings.error;
  if (wait) {
    const words = note?.trim();
    const answered = await engine.answer({
      runId,
      wait: wait.name,
      token: wait.token,
      value: { by, ...(words && { note: words }) } satisfies HoldAnswer,
    });
    if (!answered.ok) {
      if (answered.error.code !== "GATE_ALREADY_DECIDED") throw answered.error;
      if (words) throw noteTooLate(runId, answered.error);
    }
    await carryOn(ports, runId);
    return { runId, afterWait: wait.name };
  }
  if (status === "completed" || status === "canceled" || status === "failed")
    throw runFinished(runId, status);
  if (note !== undefined) throw nobodyAsks(runId);
  const claimed = await engine.claim(runId);
  if (!claimed.ok) throw claimed.error;
  return { runId };
}

const waitsForDecision = (runId: string) =>
  new WavegateError(
    "RUN_NOT_WAITING",
    `Run ${runId} waits for a decision; nothing is to be resumed.`,
    {
      hint: `Look at it with \`wavegate show ${runId}\`, then approve, reject or modify it.`,
    },
  );

const nobodyAsks = (runId: string) =>
  new WavegateError("USAGE", `Run ${runId} is not held, so nobody asked for a note.`, {
    hint: `Run wavegate resume ${runId} without --note.`,
  });

const noteTooLate = (runId: string, { code, message }: WavegateError) =>
  new WavegateError(code, `${message} Your note was not recorded.`, {
    hint: `Run ${runId} goes on without your note. Look at it with \`wavegate show ${runId}\`, and say it at its gate.`,
  });

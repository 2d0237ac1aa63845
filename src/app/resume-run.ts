import { WavegateError } from "../core/error.ts";
import { runFinished } from "../core/run-error.ts";
import { scopeWords } from "../stage/budget/cap.ts";
import { raiseProblem, type Raise } from "../stage/budget/ledger.ts";
import { amountWords } from "../stage/budget/reached.ts";
import type { HoldAnswer } from "../stage/records.ts";
import type { App, ResumeRequest } from "./app.ts";
import type { AppPorts } from "./app-ports.ts";
import { carryOn, claimHere } from "./decide-gate.ts";
import { refuseInsideAttempt } from "./refuse-inside-attempt.ts";
import { findRun } from "./run-view.ts";

/**
 * Carry on a run (ST-07, ST-13): one whose process ended goes on from its journal; a held one tries again what failed; one that waits for
 * work goes on.
 * A run that waits for a decision has nothing to resume. Throws GATE_ALREADY_DECIDED for a note when somebody else was first.
 */
export async function resumeRun(
  ports: Pick<AppPorts, "engine" | "ledgers" | "settings" | "surroundingRuns" | "warnUnprotected">,
  { run, by, note, raises = [] }: ResumeRequest,
): ReturnType<App["resume"]> {
  await refuseInsideAttempt(ports);
  const engine = await ports.engine();
  const { runId, status, wait } = await findRun(engine, run);
  if (wait?.kind === "gate") throw waitsForDecision(runId);
  if (raises.length > 0) await checkRaises(ports, { runId, held: wait?.kind === "hold" }, raises);
  const settings = await ports.settings();
  if (!settings.ok) throw settings.error;
  if (wait) {
    const words = note?.trim();
    const answered = await engine.answer({
      runId,
      wait: wait.name,
      token: wait.token,
      value: {
        by,
        ...(words && { note: words }),
        ...(raises.length > 0 && { raises }),
      } satisfies HoldAnswer,
    });
    if (!answered.ok) {
      if (answered.error.code !== "GATE_ALREADY_DECIDED") throw answered.error;
      if (words || raises.length > 0)
        throw tooLate(runId, answered.error, words !== undefined && words !== "");
    }
    await carryOn(ports, runId);
    return { runId, afterWait: wait.name };
  }
  if (status === "completed" || status === "canceled" || status === "failed")
    throw runFinished(runId, status);
  if (note !== undefined) throw nobodyAsks(runId);
  const claimed = await claimHere(ports, runId);
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

const tooLate = (runId: string, { code, message }: WavegateError, note: boolean) =>
  note
    ? new WavegateError(code, `${message} Your note was not recorded.`, {
        hint: `Run ${runId} goes on without your note. Look at it with \`wavegate show ${runId}\`, and say it at its gate.`,
      })
    : new WavegateError(code, `${message} The limit was not raised.`, {
        hint: `Look at it with \`wavegate show ${runId}\`: it goes on with the limits there are, and is held again where they are reached.`,
      });

/** A limit is raised where there is one, above what holds, and while a person is asked. */
async function checkRaises(
  ports: Pick<AppPorts, "ledgers">,
  { runId, held }: { readonly runId: string; readonly held: boolean },
  raises: readonly Raise[],
): Promise<void> {
  if (!held)
    throw new WavegateError("USAGE", `Run ${runId} is not held, so no limit is to be raised.`, {
      hint: `Run wavegate resume ${runId} without --max-cost and --max-tokens.`,
    });
  const ledger = await (await ports.ledgers()).read(runId);
  for (const raise of raises) {
    const problem = raiseProblem(ledger, raise);
    if (problem === undefined) continue;
    const what = raise.unit === "tokens" ? "tokens" : "money";
    const whose = scopeWords(raise);
    throw new WavegateError(
      "USAGE",
      problem === "no such cap"
        ? `No limit on ${what} is set for ${whose}.`
        : `${amountWords(raise.to, raise.unit)} is not above the limit of ${whose}.`,
      {
        hint: `See the limits with \`wavegate show ${runId}\`, and name one with more than it has.`,
      },
    );
  }
}

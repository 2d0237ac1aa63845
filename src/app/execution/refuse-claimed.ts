import { WavegateError } from "../../core/error.ts";
import { oneLine } from "../../core/text.ts";
import type { Engine, RunRecord } from "../../ports/engine.ts";
import { RUN_PLAN } from "../../workflows/run-plan-input.ts";

/** Of each kind, the newest. */
const MOST_RUNS = 1_000;

/**
 * Throws PLAN_CLAIMED where a run of plans that has not ended carries out one of these. Told before anything is made; the run itself claims its
 * plans once more, for itself alone (PX-09).
 */
export async function refuseClaimed(
  engine: Pick<Engine, "runs">,
  files: readonly string[],
): Promise<void> {
  for (const status of ["running", "waiting", "failed", "pending"] as const)
    for (const run of await engine.runs({ status, limit: MOST_RUNS })) {
      const isHeld = run.wait !== undefined;
      if (run.workflow !== RUN_PLAN || (status === "failed" && !isHeld)) continue;
      const theirs = new Set(run.subject.split(" "));
      const file = files.find((each) => theirs.has(each));
      if (file !== undefined) throw claimedBy(run, file);
    }
}

/** Names the run, how it stands, and the one thing to do about it then. */
function claimedBy({ runId, status, wait }: RunRecord, file: string): WavegateError {
  const [how, hint] = wait
    ? ["is held until a person has seen to it", `See what it waits for: wavegate show ${runId}`]
    : status === "pending"
      ? ["is executed by nobody now", `Go on with it: wavegate resume ${runId}`]
      : ["is at work on it", `Watch it: wavegate watch ${runId}`];
  return new WavegateError(
    "PLAN_CLAIMED",
    `Run ${runId} carries out ${oneLine(file, 200)} already, and ${how}.`,
    { hint, place: { file } },
  );
}

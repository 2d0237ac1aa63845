import { WavegateError } from "./error.ts";
import { oneLine } from "./text.ts";

/** What went wrong between a person and a run. Every engine answers with the same words, so they are written here once. */
export const runNotFound = (runId: string): WavegateError =>
  new WavegateError("RUN_NOT_FOUND", `There is no run ${oneLine(runId, 80)}.`, {
    hint: "List the runs of this project with `wavegate runs`.",
  });

export const runFinished = (runId: string, status: string): WavegateError =>
  new WavegateError("RUN_FINISHED", `Run ${oneLine(runId, 80)} has ended: ${status}.`, {
    hint: `Look at it with \`wavegate show ${oneLine(runId, 80)}\`, or start a new run.`,
  });

export const runAlreadyRunning = (
  runId: string,
  owner: { readonly pid: number; readonly host: string },
): WavegateError =>
  new WavegateError(
    "RUN_ALREADY_RUNNING",
    `Run ${oneLine(runId, 80)} is being executed by process ${owner.pid} on ${oneLine(owner.host, 80)}.`,
    {
      hint: `Follow it with \`wavegate watch ${oneLine(runId, 80)}\`, or end that process and try again.`,
    },
  );

export const runNotWaiting = (runId: string, wait: string): WavegateError =>
  new WavegateError(
    "RUN_NOT_WAITING",
    `Run ${oneLine(runId, 80)} has not asked for ${oneLine(wait, 80)}.`,
    { hint: `See what it does with \`wavegate show ${oneLine(runId, 80)}\`.` },
  );

export const staleToken = (wait: string): WavegateError =>
  new WavegateError(
    "GATE_STALE_DIGEST",
    `The answer to ${oneLine(wait, 80)} names something else than what is shown there now.`,
    { hint: "Read what is shown now with `wavegate show`, and answer with its digest." },
  );

/** `value` is the answer that won; where it says who gave it (`by`), the message says so too. */
export function alreadyDecided(wait: string, value: unknown, at: string): WavegateError {
  const by =
    typeof value === "object" && value !== null && "by" in value && typeof value.by === "string"
      ? ` by ${oneLine(value.by, 60)}`
      : "";
  return new WavegateError(
    "GATE_ALREADY_DECIDED",
    `${oneLine(wait, 80)} was already answered differently${by} at ${at}.`,
    { hint: "The first answer counts. See it with `wavegate show`." },
  );
}

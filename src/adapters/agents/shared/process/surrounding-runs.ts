import { readFileSync } from "node:fs";
import { ATTEMPT_VARIABLE, type Environment } from "../../../shared/process/environment.ts";
import { canSurvey, processInfo } from "../../../shared/process/process-survey.ts";

/** How many processes above this one are looked at. */
const MOST_ANCESTORS = 64;

/**
 * The runs of the attempts that this process was started in, by its environment and, on Linux, those of the processes above
 * it, so that clearing a variable is not enough; `""` for an attempt whose run is not said. A process that has left
 * its ancestors and cleared its environment is not recognised: that takes a sandbox.
 */
export function surroundingRuns(env: Environment): readonly string[] {
  const runs = new Set<string>();
  if (env[ATTEMPT_VARIABLE]) runs.add(env["WAVEGATE_RUN"] ?? "");
  if (!canSurvey) return [...runs];
  let pid = process.pid;
  for (let above = 0; above < MOST_ANCESTORS && pid > 1; above += 1) {
    const run = runOf(pid);
    if (run !== undefined) runs.add(run);
    pid = processInfo(pid)?.parent ?? 0;
  }
  return [...runs];
}

/** The run of the attempt that a process was started in; undefined for one that was started otherwise, or can't be read. */
function runOf(pid: number): string | undefined {
  let entries: readonly string[];
  try {
    entries = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
  } catch {
    return undefined;
  }
  const valueOf = (name: string) =>
    entries.find((entry) => entry.startsWith(`${name}=`))?.slice(name.length + 1);
  return valueOf(ATTEMPT_VARIABLE) ? (valueOf("WAVEGATE_RUN") ?? "") : undefined;
}

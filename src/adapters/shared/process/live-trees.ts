import {
  canSurvey,
  membersOf,
  signalProcess,
  surveyProcesses,
  type AttemptMarks,
} from "./process-survey.ts";

/** How often is looked for processes that were started while others were killed. */
const MAX_ROUNDS = 10;

const live = new Set<AttemptMarks>();
let listening = false;

/**
 * Until the returned function is called, the attempt's processes don't outlive this one: however it exits by itself
 * (`process.exit`, an error that nobody caught), they get SIGKILL first. What can't be caught, a SIGKILL of this
 * process, is left to whoever reads its attempt records.
 */
export function endWithThisProcess(marks: AttemptMarks): () => void {
  if (!listening) process.on("exit", killAll);
  listening = true;
  live.add(marks);
  return () => live.delete(marks);
}

/** Synchronous: nothing else happens in a process that exits. */
function killAll(): void {
  for (let round = 0; round < MAX_ROUNDS && live.size > 0; round += 1)
    for (const marks of live) if (!killTree(marks)) live.delete(marks);
}

/** Whether there was anything to kill. */
function killTree(marks: AttemptMarks): boolean {
  if (!canSurvey) return killGroup(marks);
  const members = membersOf(surveyProcesses(marks), marks);
  for (const info of members) signalProcess(info, "SIGKILL");
  return members.length > 0;
}

function killGroup({ root, ownsGroup }: AttemptMarks): boolean {
  if (root === undefined || !ownsGroup) return false;
  try {
    return process.kill(-root.pid, "SIGKILL");
  } catch {
    return false;
  }
}

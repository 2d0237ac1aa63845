import { setTimeout as wait } from "node:timers/promises";
import {
  canSurvey,
  membersOf,
  signalProcess,
  surveyProcesses,
  type AttemptMarks,
  type ProcessInfo,
} from "./process-survey.ts";

/** How long the dead may take to be gone after SIGKILL before they are reported as survivors. */
const KILL_WAIT_MS = 5_000;

/** The live processes of an attempt, and how to reach them. */
interface Tree {
  alive(): boolean;
  signal(signal: NodeJS.Signals): void;
  size(): number;
}

/**
 * End every process of an attempt: SIGTERM, up to `graceMs` to obey, SIGKILL until none is left. Costs one look when
 * nothing is alive. Returns how many were found, and how many outlived SIGKILL (in a hung system call, or another
 * user's). On Linux that includes processes that left the group; elsewhere the group is all that can be found.
 */
export async function endTree(
  marks: AttemptMarks,
  graceMs: number,
): Promise<{ readonly found: number; readonly survivors: number }> {
  const tree = canSurvey ? surveyedTree(marks) : groupTree(marks);
  const found = tree.size();
  if (found === 0) return { found, survivors: 0 };
  if (graceMs > 0) {
    tree.signal("SIGTERM");
    await gone(tree, graceMs);
  }
  const deadline = performance.now() + KILL_WAIT_MS;
  while (tree.alive() && performance.now() < deadline) {
    tree.signal("SIGKILL");
    await gone(tree, 50);
  }
  return { found, survivors: tree.size() };
}

async function gone(tree: Tree, withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  for (let pause = 2; tree.alive() && performance.now() < deadline; pause = Math.min(50, pause * 2))
    await wait(Math.min(pause, Math.max(1, deadline - performance.now())));
}

/** Whether a process is the sandbox itself: the program that was started, or its only child. */
const isWrapping = ({ wrapped, root }: AttemptMarks, { pid, parent }: ProcessInfo): boolean =>
  wrapped === true && root !== undefined && (pid === root.pid || parent === root.pid);

function surveyedTree(marks: AttemptMarks): Tree {
  const members = () => membersOf(surveyProcesses(marks), marks);
  return {
    alive: () => members().length > 0,
    size: () => members().length,
    signal: (signal) =>
      members()
        .filter((info) => signal === "SIGKILL" || !isWrapping(marks, info))
        .forEach((info) => signalProcess(info, signal)),
  };
}

function groupTree({ root, ownsGroup }: AttemptMarks): Tree {
  const send = (signal: NodeJS.Signals | 0): boolean => {
    if (root === undefined || !ownsGroup) return false;
    try {
      return process.kill(-root.pid, signal);
    } catch {
      return false;
    }
  };
  return {
    alive: () => send(0),
    size: () => (send(0) ? 1 : 0),
    signal: (signal) => void send(signal),
  };
}

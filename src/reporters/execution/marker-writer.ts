import type { RecordedEvent } from "../../core/event.ts";
import type { TaskStatusName } from "../../core/plan-event.ts";
import { oneLine } from "../../core/text.ts";
import { countsOf } from "../../history/execution/execution-figures.ts";
import type { ExecutionHistory } from "../../history/execution/execution-history.ts";
import { ExecutionRecorder } from "../../history/execution/record-execution.ts";
import type { Output, Reporter } from "../reporter.ts";

/** The words that S4's own tool writes, and of the same kind what it does not know. */
const STATES: Readonly<Record<TaskStatusName, string>> = {
  open: "pending",
  running: "started",
  verifying: "verifying",
  landing: "landing",
  done: "completed",
  failed: "failed",
  blocked: "blocked",
  skipped: "skipped",
};

const value = (text: string): string => oneLine(text, 200).replace(/\s+/g, "_") || "-";

/**
 * A run that carries out plans as lines for programs that read logs: `[PROGRESS] task=1.1 status=started` whenever a task stands
 * another way, its phase and plan when one more is finished, and counts at the end (S4; FORMATS §1.4). No value has a blank in it.
 */
export function createMarkerWriter(output: Output, notices: Output): Reporter {
  const recorder = new ExecutionRecorder();
  const told = new Map<string, string>();
  let seq = 0;
  let lastLine = "";
  const say = (line: string) => {
    output.write(`[PROGRESS] ${line}\n`);
    lastLine = line;
  };
  const take = ({ event }: RecordedEvent, history: ExecutionHistory): void => {
    if (event.type === "task-advanced") {
      const again = event.attempt > 1 ? ` attempt=${event.attempt}` : "";
      const line = `task=${value(event.task)} status=${STATES[event.status]}${again}`;
      if (told.get(event.task) !== line) say(line);
      told.set(event.task, line);
      if (FINISHED.has(event.status)) for (const each of sharesOf(history, event.task)) say(each);
    }
    if (event.type === "plan-run-held") say(`plan status=blocked code=${value(event.code)}`);
    if (event.type === "run-finished") {
      for (const line of summaryOf(history)) if (line !== lastLine) say(line);
    }
  };
  return {
    event: (record) => {
      if (record.seq <= seq) return;
      ({ seq } = record);
      recorder.take(record);
      if (recorder.history) take(record, recorder.history);
    },
    past: (record) => {
      seq = Math.max(seq, record.seq);
      recorder.take(record);
    },
    progress: () => {},
    notice: (text) => notices.write(`${text}\n`),
    close: () => {},
  };
}

const FINISHED: ReadonlySet<TaskStatusName> = new Set(["done", "skipped", "failed"]);

/** How far the phase of a task and its plan are. */
function sharesOf(history: ExecutionHistory, key: string): readonly string[] {
  const own = history.tasks.get(key)?.planned;
  if (!own) return [];
  const inPlan = [...history.tasks.values()].filter(({ planned }) => planned.plan === own.plan);
  const inPhase = inPlan.filter(({ planned }) => planned.phase === own.phase);
  const share = (tasks: typeof inPlan) => {
    const over = tasks.filter(({ status }) => status === "done" || status === "skipped").length;
    const bad = tasks.some(({ status, retryAt }) => status === "failed" && retryAt === undefined);
    const state = over === tasks.length ? "completed" : bad ? "failed" : "started";
    return `status=${state} percent=${Math.floor((over / Math.max(1, tasks.length)) * 100)}`;
  };
  const phase = own.phase === null ? [] : [`phase=${phaseKey(own.phase)} ${share(inPhase)}`];
  const plan = history.plans.length > 1 ? `plan=${value(own.plan)} ` : "plan ";
  return [...phase, `${plan}${share(inPlan)}`];
}

/** S4 names phases by their number, which their titles begin with. */
const phaseKey = (title: string): string => /^\S*\d\S*/.exec(title)?.[0] ?? value(title);

function summaryOf(history: ExecutionHistory): readonly string[] {
  const counts = countsOf(history);
  const { done, failed, skipped, open, blocked } = counts;
  const active = counts.running + counts.verifying + counts.landing;
  const over = done + skipped;
  const percent = Math.floor((over / Math.max(1, history.tasks.size)) * 100);
  const state = history.end?.status === "completed" ? "completed" : (history.end?.status ?? "");
  return [
    `plan status=${state} percent=${percent}`,
    `summary completed=${done} pending=${open} failed=${failed} in_progress=${active} skipped=${skipped} blocked=${blocked} total=${history.tasks.size}`,
  ];
}

import { oneLine } from "../core/text.ts";
import { countsOf } from "../history/execution/execution-figures.ts";
import type { ExecutionHistory } from "../history/execution/execution-history.ts";
import { countCells } from "./execution/task-marks.ts";
import type { LiveView, StageView } from "./live-view.ts";

/** How a run stands that goes on, in one line, for whoever does not want to read all that happened before; `plans`: those that it carries out now. */
export const standingLine = (view: LiveView, plans: ExecutionHistory | undefined): string =>
  `Run ${view.runId} goes on: ${plans ? plansText(plans) : stageText(view.stages.at(-1))}. What happened before is shown by: wavegate watch ${view.runId}`;

function plansText(plans: ExecutionHistory): string {
  const counts = countsOf(plans);
  const rest = countCells(counts).map(({ text }) => text);
  return [`${counts.done} of ${plans.tasks.size} done`, ...rest].join(", ");
}

function stageText(stage: StageView | undefined): string {
  if (!stage) return "nothing was begun";
  const name = oneLine(stage.name, 60);
  if (stage.hold) return `${name} was held by ${oneLine(stage.hold.code, 60)}`;
  if (stage.work) return `${name}, ${stage.work.done} of ${stage.work.tasks} tasks ticked off`;
  if (stage.gate) return `${name}, ${GATE[stage.gate.state]}`;
  const rows = [...stage.specialists, ...stage.later];
  const many = (...states: readonly string[]) =>
    rows.filter(({ state }) => states.includes(state)).length;
  const atWork = many("running", "retrying");
  const answered = `${many("succeeded", "partial", "failed")} of ${rows.length} roles have answered`;
  return [name, answered, ...(atWork > 0 ? [`${atWork} at work`] : [])].join(", ");
}

const GATE = {
  waiting: "at its gate",
  approved: "approved at its gate",
  rejected: "rejected at its gate",
  changing: "changed as its gate asked",
  voided: "whose gate asks anew",
} as const;

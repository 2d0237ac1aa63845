import { phaseStandings, type PhaseState } from "./status-answer.ts";
import { stateOf, taskLines, type PlanView } from "./plan-view.ts";
import { tallyOf } from "./tally.ts";
import type { PlanHead, Tally, TaskLine } from "./plan-head.ts";

/** How far a plan is. */
export interface ProgressAnswer {
  readonly plan: PlanHead;
  readonly tally: Tally;
  /** `blocked`: nothing runs and nothing can begin, though not all is done. */
  readonly state: "pending" | "in-progress" | "blocked" | "completed";
  readonly phases: readonly {
    readonly key: string;
    readonly title: string;
    readonly state: PhaseState;
    readonly tally: Tally;
  }[];
  readonly tasks: readonly TaskLine[];
}

/** How far the plan of a view is. */
export function progressAnswer(view: PlanView): ProgressAnswer {
  const tasks = taskLines(view);
  const tally = tallyOf(tasks.map(({ state }) => state));
  return {
    plan: view.head,
    tally,
    state: stateOfPlan(view, tally),
    phases: phaseStandings(view).map(({ key, title, state, tally: own }) => ({
      key,
      title,
      state,
      tally: own,
    })),
    tasks,
  };
}

function stateOfPlan(view: PlanView, tally: Tally): ProgressAnswer["state"] {
  if (tally.percent === 100) return "completed";
  if (tally.inProgress > 0) return "in-progress";
  const { graph, standing, progress } = view;
  const canBegin = graph.nodes.some(
    (node, index) =>
      (node.kind === "task" || node.kind === "verification") &&
      stateOf(view, node.key) === "open" &&
      !standing.passed(index) &&
      standing.holding(index).length === 0,
  );
  if (!canBegin) return "blocked";
  return [...progress.values()].some(({ state }) => state !== "open") ? "in-progress" : "pending";
}

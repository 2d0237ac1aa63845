import { criticalPath } from "../graph/critical-path.ts";
import type { UpstreamPlan } from "../model.ts";
import { nextTasks, type NextTasks } from "../progress/next-tasks.ts";
import type { NextRule } from "../progress/standing.ts";
import type { UsesByTask } from "../resources/plan-uses.ts";
import { exclusionsOf } from "../resources/exclusions.ts";
import type { Checklist } from "../spec-kit/read-checklist.ts";
import { checklistStandings, type ChecklistStanding } from "./checklists-answer.ts";
import { doubtsIn, type Doubt } from "./doubts.ts";
import { heldUpBy } from "./held-up.ts";
import { minutesSources, type MinutesSource } from "./minutes-source.ts";
import type { PlanHead, Tally, TaskLine } from "./plan-head.ts";
import {
  isSettled,
  lineOf,
  linesOf,
  stateOf,
  standingOptions,
  taskLines,
  type PlanView,
} from "./plan-view.ts";
import { tallyOf } from "./tally.ts";
import { workBefore } from "./why-answer.ts";

export interface ReadyTask extends TaskLine {
  /** 1 is to be begun first. */
  readonly rank: number;
  /** Failed before, and is tried again. */
  readonly retry: boolean;
  readonly estimateMinutes: number;
  readonly estimateFrom: MinutesSource | null;
  /** Expected minutes from its beginning to the end of all that waits for it, without what is done. */
  readonly remainingMinutes: number;
  /** Whether nothing that is left takes longer. */
  readonly critical: boolean;
  /** How many unfinished tasks can't begin before it is done. */
  readonly holdsUp: number;
  /** Keys of what it waited for directly, all of it finished. */
  readonly after: readonly string[];
  /** What it is said to wait for besides, and what can't hold it back. */
  readonly doubts: readonly Doubt[];
  /** What it writes, as far as known. */
  readonly writes: readonly string[];
}

/** Ready, but not together with what is in progress or chosen. */
export interface HeldTask extends TaskLine {
  readonly because: "conflict" | "sequence";
  /** The task that it can't run beside. */
  readonly beside: string | null;
  /** What both write, or the range of the group. */
  readonly over: string | null;
}

export interface NextAnswer {
  readonly plan: PlanHead;
  /** What the plan says other plans must do first; advisory. */
  readonly needsFirst: readonly UpstreamPlan[];
  readonly rule: NextRule;
  readonly asked: number;
  readonly tasks: readonly ReadyTask[];
  readonly passedOver: readonly HeldTask[];
  /** Verifications that can be made now and hold tasks back until they are ticked. */
  readonly verifications: readonly TaskLine[];
  readonly running: readonly TaskLine[];
  /** Open tasks that wait for others. */
  readonly waiting: number;
  /** Failed so often that they are not offered any more. */
  readonly exhausted: readonly TaskLine[];
  readonly tally: Tally;
  /** Of a feature of Spec Kit. */
  readonly checklists: readonly ChecklistStanding[];
}

interface Asked {
  readonly count: number;
  readonly checklists: readonly Checklist[];
}

/** What can be begun now: at most `count` tasks, no two of which exclude each other. */
export function nextAnswer(
  view: PlanView,
  uses: UsesByTask,
  { count, checklists }: Asked,
): NextAnswer {
  const { graph } = view;
  const exclusions = exclusionsOf(uses);
  const next = nextTasks(graph, view.progress, {
    ...standingOptions(view),
    count,
    clash: (one, other) => exclusions.clash(one, other),
  });
  return {
    plan: view.head,
    needsFirst: view.plan.upstream,
    rule: view.rule,
    asked: count,
    tasks: readyTasks(view, uses, next),
    passedOver: next.passedOver.flatMap(({ node, because, beside, over }) => {
      const line = lineOf(view, graph.nodes[node]);
      const other = beside === undefined ? null : (graph.nodes[beside]?.key ?? null);
      return line ? [{ ...line, because, beside: other, over: over ?? null }] : [];
    }),
    verifications: linesOf(view, next.verifications),
    running: linesOf(view, next.running),
    waiting: next.waiting.length,
    exhausted: linesOf(view, next.exhausted),
    tally: tallyOf(taskLines(view).map(({ state }) => state)),
    checklists: checklistStandings(checklists),
  };
}

function readyTasks(view: PlanView, uses: UsesByTask, { tasks }: NextTasks): readonly ReadyTask[] {
  const { graph } = view;
  const left = graph.minutes.map((minutes, index) =>
    isSettled(stateOf(view, graph.nodes[index]?.key ?? "")) ? 0 : minutes,
  );
  const doubts = doubtsIn(view);
  const longest = criticalPath(graph, left).minutes;
  const from = minutesSources(view.plan);
  const holdsUp = heldUpBy(
    view,
    tasks.map(({ node }) => node),
  );
  return tasks.flatMap(({ node, retry, remaining }, index) => {
    const found = graph.nodes[node];
    const line = lineOf(view, found);
    if (!found || !line) return [];
    const written = (uses.get(line.key) ?? []).filter(({ access }) => access === "write");
    return [
      {
        ...line,
        rank: index + 1,
        retry,
        estimateMinutes: graph.minutes[node] ?? 0,
        estimateFrom: from(found),
        remainingMinutes: remaining,
        critical: remaining >= longest,
        holdsUp: holdsUp.get(node) ?? 0,
        after: workBefore(view, node)
          .map(({ dependency }) => dependency)
          .filter((key) => view.standing.passed(graph.indexOf.get(key) ?? -1)),
        doubts: doubts(node),
        writes: written.map(({ resource }) => resource),
      },
    ];
  });
}

import { isWork, type GraphNode, type PlanGraph } from "../graph/model.ts";
import type { BoxState, Plan, PlanDiagnostic, Verification } from "../model.ts";
import { progressOf, type Progress, type RecordedProgress } from "../progress/progress.ts";
import {
  standingOf,
  type NextRule,
  type Standing,
  type StandingOptions,
} from "../progress/standing.ts";
import { finished } from "../progress/finished.ts";
import type { PlanHead, TaskLine } from "./plan-head.ts";

/** What answers are made from: a plan with its graph, and what is done. */
export interface PlanView {
  readonly head: PlanHead;
  readonly plan: Plan;
  readonly graph: PlanGraph;
  /** What the status file says, by the keys of the plan. */
  readonly recorded: ReadonlyMap<string, RecordedProgress>;
  readonly progress: Progress;
  /** When its phases begin. A graph for `dag` has no edges of phases in order. */
  readonly rule: NextRule;
  readonly standing: Standing;
  /** What the status file says of failed tasks, by key. */
  readonly errors: ReadonlyMap<string, string>;
  /** The status file that was read; null where there is none. */
  readonly statusFile: string | null;
  /** What is wrong with a status file that is there and can't be read; null where nothing is. */
  readonly damaged: PlanDiagnostic | null;
  /** All that is wrong: what the readers found, the graph, the status file. */
  readonly diagnostics: readonly PlanDiagnostic[];
}

/** A phase begins when those before it are finished; what is verified has to be ticked, unless something behind it was begun. */
export const STANDING = { rule: "barriers", verifications: "awaited" } as const;

/** The same by the rule of a view. */
export const standingOptions = ({ rule }: PlanView): StandingOptions => ({ ...STANDING, rule });

/** What has been read of a plan, with the state of everything worked out. */
export function viewOf(read: Omit<PlanView, "progress" | "standing">): PlanView {
  const progress = progressOf(read.graph, read.recorded);
  const standing = standingOf(read.graph, progress, { ...STANDING, rule: read.rule });
  return { ...read, progress, standing };
}

export const stateOf = ({ graph, progress }: PlanView, key: string): BoxState =>
  progress.get(graph.indexOf.get(key) ?? -1)?.state ?? "open";

export const isSettled = finished;

/** Key, words, state and place of work; undefined for junctions. */
export function lineOf(view: PlanView, node: GraphNode | undefined): TaskLine | undefined {
  if (!isWork(node)) return undefined;
  const { key } = node;
  const of = node.kind === "task" ? node.task : node.verification;
  return {
    key,
    text: node.kind === "task" ? node.task.text : wordsOf(node.verification),
    state: stateOf(view, key),
    phase: of.phase ?? null,
    place: of.place,
  };
}

/** What is verified, without the key, which stands in front of it. */
function wordsOf({ title, criteria }: Verification): string {
  const words = title.replace(/^VERIFY(?: Phase)?(?: [\w.]{1,20})?:?\s{0,8}/i, "").trim();
  return words === "" ? criteria.map(({ text }) => text).join("; ") : words;
}

/** The work of these numbers. */
export const linesOf = (view: PlanView, nodes: readonly number[]): readonly TaskLine[] =>
  nodes.flatMap((index) => lineOf(view, view.graph.nodes[index]) ?? []);

/** Tasks of the plan as lines, in its order. */
export const taskLines = (view: PlanView): readonly TaskLine[] =>
  view.plan.tasks.map(({ key, text, phase, place }) => ({
    key,
    text,
    state: stateOf(view, key),
    phase: phase ?? null,
    place,
  }));

import type { Json } from "../core/json.ts";
import { oneLine } from "../core/text.ts";
import {
  isWork,
  type GraphNode,
  type TaskNode,
  type VerificationNode,
} from "../plan/graph/model.ts";
import { expectedWords, type Expectation } from "./expectation.ts";
import type { Executable } from "./executable.ts";
import { phaseTitle, titleOf, worksBefore } from "./plan-tasks.ts";
import type { DependencyResult, EarlierAttempt, TaskBrief } from "./task-prompt.ts";

/** What a brief is made of besides the plan. */
export interface BriefFacts {
  readonly declared: readonly string[] | undefined;
  readonly kept: readonly string[];
  /** Files, folders and globs whose changes wait for a person's word. */
  readonly protect?: readonly string[];
  /** Commands of ours that decide, with their names. */
  readonly checks: readonly { readonly command: string; readonly expects: Expectation }[];
  /** It asks for a check that these make. */
  readonly mayChangeNothing: boolean;
  /** What a task that is done left. */
  readonly resultOf: (key: string) => Pick<DependencyResult, "report" | "changed"> | undefined;
  readonly earlier: readonly EarlierAttempt[];
  readonly words: readonly string[];
  /** What other sessions told its own. */
  readonly messages: readonly string[];
  readonly schema: Json;
}

/** How many tasks that wait for a task are named. */
const WAITING = 20;

/** A task as its agent is told of it. */
export function taskBrief(work: Executable, node: TaskNode, facts: BriefFacts): TaskBrief {
  const { graph } = work;
  const { task } = node;
  const index = graph.indexOf.get(node.key) ?? -1;
  const plan = graph.plans[node.plan];
  const phase = plan?.phases.find(({ key }) => key === task.phase);
  const parent = parentOf(work, node);
  const after = dependents(work, index);
  return {
    key: node.key,
    title: titleOf(node),
    details: [
      ...(parent ? [`It is a part of: ${oneLine(parent.text, 400)}`, ""] : []),
      ...task.details.map(({ text }) => text),
    ],
    plan: { title: plan?.title ?? "", file: plan?.file ?? "" },
    phase: phaseTitle(graph, node),
    ...(phase?.objective !== undefined && { objective: phase.objective }),
    readOnly: task.verifies,
    mayChangeNothing: facts.mayChangeNothing,
    declared: facts.declared,
    kept: facts.kept,
    protect: facts.protect ?? [],
    acceptance: [
      ...facts.checks.map(
        ({ command, expects }) => `run \`${command}\`: it must ${expectedWords(expects)}`,
      ),
      ...after.flatMap((each) => (each.kind === "verification" ? criteriaOf(each) : [])),
    ],
    waiting: after.flatMap((each) =>
      each.kind === "task" ? [`${each.key} ${titleOf(each)}`] : [],
    ),
    dependencies: dependenciesOf(work, index, facts.resultOf),
    earlier: facts.earlier,
    words: facts.words,
    messages: facts.messages,
    schema: facts.schema,
  };
}

/** In a joined graph all keys of a plan have the same in front. */
function parentOf({ graph: { nodes, indexOf } }: Executable, { key, task }: TaskNode) {
  if (task.parent === undefined) return undefined;
  const before = key.slice(0, key.length - task.key.length);
  const node = nodes[indexOf.get(before + task.parent) ?? -1];
  return node?.kind === "task" ? node.task : undefined;
}

const criteriaOf = ({ verification }: VerificationNode): readonly string[] => [
  ...verification.criteria.map(({ text }) => text),
  ...verification.commands.map((command) => `run \`${command}\``),
];

/** Tasks and verifications that wait for a node directly, through junctions; the first of them. */
function dependents({ graph }: Executable, node: number): readonly (TaskNode | VerificationNode)[] {
  const seen = new Set<number>([node]);
  const found: (TaskNode | VerificationNode)[] = [];
  const queue = [node];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    const { starts, targets } = graph.forward;
    for (let edge = starts[at] ?? 0; edge < (starts[at + 1] ?? 0); edge++) {
      const next = targets[edge] ?? -1;
      if (seen.has(next)) continue;
      seen.add(next);
      const other: GraphNode | undefined = graph.nodes[next];
      if (isWork(other)) found.push(other);
      else queue.push(next);
      if (found.length >= WAITING) return found;
    }
  }
  return found;
}

function dependenciesOf(
  { graph }: Executable,
  node: number,
  resultOf: BriefFacts["resultOf"],
): readonly DependencyResult[] {
  return worksBefore(graph)(node).flatMap((index) => {
    const before = graph.nodes[index];
    const result = before && resultOf(before.key);
    return before && result ? [{ task: before.key, title: titleOf(before), ...result }] : [];
  });
}

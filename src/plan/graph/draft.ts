import type { Phase, Plan, PlanDiagnostic, Task, Verification } from "../model.ts";
import { edgeList, type EdgeList } from "./edge-list.ts";
import type { GraphNode, JunctionNode } from "./model.ts";

export interface GraphOptions {
  /** `phases`: a phase waits for the one before. `declared`: only for what the text names. */
  readonly barriers: "phases" | "declared";
  /** False leaves out what was guessed. */
  readonly inferred: boolean;
}

/** A graph in the making. */
export interface Draft {
  readonly plan: Plan;
  readonly options: GraphOptions;
  readonly nodes: GraphNode[];
  readonly indexOf: Map<string, number>;
  readonly edges: EdgeList;
  readonly problems: PlanDiagnostic[];
  /** Numbers of the tasks and verifications of each phase. */
  readonly phases: ReadonlyMap<string, PhaseDraft>;
  /** Tasks and verifications that belong to no phase. */
  readonly outside: PhaseMembers;
}

export interface PhaseMembers {
  readonly tasks: number[];
  readonly verifications: number[];
}

export interface PhaseDraft extends PhaseMembers {
  readonly phase: Phase;
  readonly end: number;
}

/** One thing that gets a number, at its place in the order of the document. */
type Entry =
  | { readonly kind: "task"; readonly task: Task }
  | { readonly kind: "verification"; readonly verification: Verification }
  | { readonly kind: "phase-end"; readonly phase: Phase };

/** Numbers everything that a plan names: tasks as they stand, after the last of a phase its verifications and its end. */
export function draftOf(plan: Plan, options: GraphOptions): Draft {
  const phases = new Map<string, PhaseDraft>();
  const draft: Draft = {
    plan,
    options,
    nodes: [],
    indexOf: new Map(),
    edges: edgeList(),
    problems: [],
    phases,
    outside: { tasks: [], verifications: [] },
  };
  const members = new Map<string, PhaseMembers>();
  const membersOf = (key: string | undefined): PhaseMembers => {
    if (key === undefined) return draft.outside;
    const known = members.get(key) ?? { tasks: [], verifications: [] };
    members.set(key, known);
    return known;
  };
  for (const entry of inDocumentOrder(plan)) {
    if (entry.kind === "task")
      membersOf(entry.task.phase).tasks.push(
        addNode(draft, { kind: "task", key: entry.task.key, plan: 0, task: entry.task }),
      );
    else if (entry.kind === "verification")
      membersOf(entry.verification.phase).verifications.push(
        addNode(draft, { ...entry, key: entry.verification.key, plan: 0 }),
      );
    else {
      const { phase } = entry;
      const end = addNode(draft, junction("phase-end", `end of ${phase.key}`, { phase }));
      phases.set(phase.key, { phase, end, ...membersOf(phase.key) });
    }
  }
  return draft;
}

interface Placed {
  readonly at: number;
  readonly rank: number;
  readonly entry: Entry;
}

function inDocumentOrder(plan: Plan): readonly Entry[] {
  const lastOf = new Map<string, number>();
  const indexOf = new Map(plan.tasks.map(({ key }, index) => [key, index]));
  plan.tasks.forEach(({ phase }, index) => phase !== undefined && lastOf.set(phase, index));
  const endAt = new Map<string, number>();
  let before = -1;
  for (const { key } of plan.phases) {
    const last = lastOf.get(key) ?? before;
    endAt.set(key, last);
    before = Math.max(before, last);
  }
  const placeOf = ({ phase, tasks = [] }: Verification): number => {
    const ofPhase = phase === undefined ? undefined : endAt.get(phase);
    if (ofPhase !== undefined) return ofPhase;
    const ofTasks = tasks.map((key) => indexOf.get(key) ?? 0);
    return ofTasks.length > 0 ? ofTasks.reduce((a, b) => Math.max(a, b)) : plan.tasks.length;
  };
  const all: readonly Placed[] = [
    ...plan.tasks.map((task, index): Placed => ({
      at: index,
      rank: 0,
      entry: { kind: "task", task },
    })),
    ...plan.verifications.map((verification): Placed => ({
      at: placeOf(verification),
      rank: 1,
      entry: { kind: "verification", verification },
    })),
    ...plan.phases.map((phase): Placed => ({
      at: endAt.get(phase.key) ?? 0,
      rank: 2,
      entry: { kind: "phase-end", phase },
    })),
  ];
  return all.toSorted((a, b) => a.at - b.at || a.rank - b.rank).map(({ entry }) => entry);
}

/** The number of a new node. Keys are unique by the readers' contract; one that is not is told, and kept under another key. */
export function addNode(draft: Draft, node: GraphNode): number {
  const index = draft.nodes.length;
  const twice = draft.indexOf.has(node.key);
  const key = twice ? `${node.key}#node${index}` : node.key;
  if (twice && node.kind !== "verification" && node.task)
    draft.problems.push({
      code: "PLAN_KEY_TWICE",
      severity: "error",
      message: `${node.key} stands for two things; dependencies on it mean the first.`,
      place: node.task.place,
      hint: "Give one of them another id.",
    });
  draft.nodes.push(twice ? { ...node, key } : node);
  draft.indexOf.set(key, index);
  return index;
}

export const junction = (
  kind: JunctionNode["kind"],
  key: string,
  of: Pick<JunctionNode, "phase" | "task">,
): JunctionNode => ({ kind, key, plan: 0, ...of });

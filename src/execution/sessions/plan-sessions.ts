import { at } from "../../core/graph/digraph.ts";
import { isWork, phaseOf, type GraphNode } from "../../plan/graph/model.ts";
import type { Executable } from "../executable.ts";
import type { PlannedSession } from "./session.ts";

/**
 * One session for each phase of the plans that has work, numbered in the order in which they can begin (S3 `session_[3_digit_number]`).
 * One pool of agents does all work, so no phase has two.
 *
 * @param before sessions of the plans as they were: what is still there keeps its id, and no id is given twice
 */
export function planSessions(
  { graph, phaseOf: unitOf, edges }: Executable,
  before: readonly PlannedSession[] = [],
): readonly PlannedSession[] {
  const drafts = new Map<string, { title: string; tasks: string[]; waits: Set<string> }>();
  // For a junction outside of phases: the units behind it.
  const behind = new Map<number, ReadonlySet<string>>();
  for (const node of graph.order) {
    const own = graph.nodes[node];
    const unit = unitOf[node] ?? "";
    if (!own) continue;
    const sources = unitsBefore(node);
    if (!isWork(own) && phaseOf(own) === undefined) {
      behind.set(node, sources);
      continue;
    }
    const draft = drafts.get(unit) ?? { title: titleOf(own, graph), tasks: [], waits: new Set() };
    if (!drafts.has(unit)) drafts.set(unit, draft);
    if (isWork(own)) draft.tasks.push(own.key);
    for (const source of sources) if (source !== unit) draft.waits.add(source);
  }
  return numbered(drafts, before);

  function unitsBefore(node: number): ReadonlySet<string> {
    const found = new Set<string>();
    for (let edge = at(graph.into, node); edge < at(graph.into, node + 1); edge++) {
      if (at(edges.cut, edge) === 1) continue;
      const from = at(edges.from, edge);
      for (const unit of behind.get(from) ?? [unitOf[from] ?? ""]) found.add(unit);
    }
    return found;
  }
}

function numbered(
  drafts: ReadonlyMap<
    string,
    {
      readonly title: string;
      readonly tasks: readonly string[];
      readonly waits: ReadonlySet<string>;
    }
  >,
  before: readonly PlannedSession[],
): readonly PlannedSession[] {
  const known = new Map(before.map(({ unit, id }) => [unit, id]));
  let last = before.reduce((most, { id }) => Math.max(most, numberOf(id)), 0);
  const used = [...drafts].filter(([, { tasks }]) => tasks.length > 0);
  const ids = new Map(used.map(([unit]) => [unit, known.get(unit) ?? idOf(++last)]));
  return used.map(([unit, { title, tasks, waits }]) => ({
    id: ids.get(unit) ?? "",
    unit,
    title,
    tasks,
    waitsFor: [...throughEmpty(waits, drafts)]
      .filter((each) => each !== unit)
      .flatMap((each) => ids.get(each) ?? []),
  }));
}

/** A phase without work has no session: who waits for it waits for what it waits for. */
function throughEmpty(
  waits: ReadonlySet<string>,
  drafts: ReadonlyMap<
    string,
    { readonly tasks: readonly string[]; readonly waits: ReadonlySet<string> }
  >,
): ReadonlySet<string> {
  const found = new Set(waits);
  for (const unit of found) {
    const draft = drafts.get(unit);
    if (draft?.tasks.length === 0) for (const each of draft.waits) found.add(each);
  }
  return found;
}

const idOf = (number: number): string => `session_${String(number).padStart(3, "0")}`;

const numberOf = (id: string): number => Number(/^session_(\d{1,9})$/.exec(id)?.[1] ?? 0);

function titleOf(node: GraphNode, { plans }: Executable["graph"]): string {
  const plan = plans[node.plan];
  const key = phaseOf(node);
  const phase = plan?.phases.find((each) => each.key === key);
  const name = phase ? `Phase ${phase.key}: ${phase.title}` : "Outside of phases";
  return plans.length > 1 ? `${plan?.title ?? ""}: ${name}` : name;
}

import type { Plan } from "../model.ts";
import { draftPhases } from "./draft-phases.ts";
import { draftTasks } from "./draft-tasks.ts";
import type { Facts } from "./facts.ts";
import type { IdIndex } from "./id-index.ts";
import { resolveEdges } from "./resolve-edges.ts";
import { find, lineOf } from "../../core/json-values.ts";
import { waveBarriers } from "./wave-barriers.ts";

/** Where the ids of documents lead. */
export interface Ids {
  readonly phases: IdIndex;
  readonly tasks: IdIndex;
  /** Tasks by their phase's key: where an id stands in several phases, the one of the same phase is meant. */
  readonly within: ReadonlyMap<string, IdIndex>;
  readonly tasksOf: ReadonlyMap<string, readonly string[]>;
}

export interface Assembled {
  readonly plan: Plan;
  readonly ids: Ids;
}

/**
 * Make the plan of what documents say. A phase without tasks is itself a task, for it is what the documents schedule. Where
 * nothing says what waits for what, waves and else the order of the phases do, as barriers.
 */
export function assemble(facts: Facts, file: string): Assembled {
  const phases = draftPhases(facts.phases);
  const tasks = draftTasks(facts.tasks, phases);
  const ids: Ids = { ...tasks.ids, phases: phases.index };
  const resolved = resolveEdges(facts.edges, ids);
  const barriers = facts.saysDependencies ? undefined : waveBarriers(facts, ids, phases.phases);
  const plan: Plan = {
    file,
    dialect: "dependency-json",
    title: titleOf(facts) ?? file,
    phases: phases.phases.map((phase) => ({
      ...phase,
      after: [...(resolved.after.get(phase.key) ?? []), ...(barriers?.after.get(phase.key) ?? [])],
    })),
    tasks: tasks.tasks,
    verifications: [],
    dependencies: [...resolved.dependencies, ...(barriers?.dependencies ?? [])],
    sequences: [],
    upstream: [],
    diagnostics: [
      ...facts.diagnostics,
      ...phases.diagnostics,
      ...tasks.diagnostics,
      ...resolved.diagnostics,
    ],
  };
  return { plan, ids };
}

/** What documents call what they plan; then the ids of the documents themselves. */
const TITLES = [
  "project_name",
  "prd_source",
  "prd_title",
  "title",
  "slug",
  "execution_plan_id",
  "dependency_graph_id",
  "analysis_id",
];

function titleOf({ documents }: Facts): string | undefined {
  for (const name of TITLES)
    for (const document of documents) {
      const title = lineOf(find(document, name));
      if (title !== undefined) return title;
    }
  return undefined;
}

import { toJson, type Json } from "../../../../core/json.ts";
import type { Spec } from "../../../../spec/model.ts";
import { normalId } from "../../../../stage/checks/ids.ts";
import { parseJson, readAnalyses, type Analyses } from "../../../../stage/checks/read-analyses.ts";
import type { ProjectEstimation } from "../../../../stage/contracts/planning.ts";

export type EstimatedPhase = ProjectEstimation["phases"][number];
export type EstimatedTask = EstimatedPhase["tasks"][number];

export interface PlacedTask extends EstimatedTask {
  /** Position of its phase, from 0. */
  readonly phaseAt: number;
  readonly phaseName: string;
}

/** Everything the reviewer compares, looked up once. */
export interface Facts {
  readonly spec: Spec;
  readonly analyses: Analyses;
  /** Requirement ids of the spec, each once, in its order. */
  readonly ids: readonly string[];
  readonly textOf: (id: string) => string;
  /** P1 is 1; what nobody states is undefined. The spec's word counts before the dossier's. */
  readonly rankOf: (id: string) => number | undefined;
  readonly tasks: readonly PlacedTask[];
  readonly tasksFor: (id: string) => readonly PlacedTask[];
  readonly componentsFor: (id: string) => readonly string[];
  /** What a requirement needs first, by the dossier, requirement ids only. */
  readonly needs: ReadonlyMap<string, readonly string[]>;
}

/** The analyses among a role's inputs: `analyses/<role>.json`. Broken JSON is a partial analysis. */
export function analysesFrom(inputs: Readonly<Record<string, string>>): Analyses {
  const values = Object.entries(inputs).flatMap<[string, Json]>(([name, text]) =>
    name.startsWith("analyses/") ? [[name, parseJson(text) ?? toJson(text)]] : [],
  );
  return readAnalyses(Object.fromEntries(values));
}

export function factsOf(spec: Spec, analyses: Analyses): Facts {
  const requirements = new Map(spec.requirements.map((item) => [normalId(item.id), item]));
  const dossier = new Map(
    analyses.requirements?.functional.map((item) => [normalId(item.id), item]),
  );
  const tasks = (analyses.estimation?.phases ?? []).flatMap((phase, phaseAt) =>
    phase.tasks.map((task) => ({ ...task, phaseAt, phaseName: phase.name })),
  );
  const components = analyses.architecture?.components ?? [];
  const stated = (id: string) => requirements.get(id)?.priority ?? dossier.get(id)?.priority;
  return {
    spec,
    analyses,
    ids: [...requirements.keys()],
    textOf: (id) => requirements.get(id)?.text ?? dossier.get(id)?.statement ?? "",
    rankOf: (id) => {
      const priority = stated(id);
      return priority === undefined ? undefined : Number(priority.slice(1));
    },
    tasks,
    tasksFor: (id) => tasks.filter((task) => names(task.requirements, id)),
    componentsFor: (id) =>
      components.filter((component) => names(component.requirements, id)).map(({ name }) => name),
    needs: needsOf(analyses, new Set(requirements.keys())),
  };
}

/** Whether a list of ids has this one, whatever their spelling. */
export const names = (ids: readonly string[], id: string): boolean =>
  ids.some((other) => normalId(other) === id);

function needsOf(
  analyses: Analyses,
  known: ReadonlySet<string>,
): ReadonlyMap<string, readonly string[]> {
  const needs = new Map<string, string[]>();
  for (const { from, to } of analyses.requirements?.dependencies ?? []) {
    const [dependent, needed] = [normalId(from), normalId(to)];
    if (!known.has(dependent) || !known.has(needed) || dependent === needed) continue;
    needs.set(dependent, [...(needs.get(dependent) ?? []), needed]);
  }
  return needs;
}

/** `FR-001, FR-002 and FR-003`; past `most` the number of the rest. */
export function listed(items: readonly string[], most = 8): string {
  const shown = items.slice(0, most);
  if (items.length > most) return `${shown.join(", ")} and ${items.length - most} more`;
  const last = shown.at(-1) ?? "";
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(", ")} and ${last}`;
}

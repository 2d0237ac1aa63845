import type {
  ArchitectureDesign,
  ProjectEstimation,
  RequirementsDossier,
  RiskAssessment,
} from "../contracts/planning.ts";
import { normalId } from "./ids.ts";

/** All dossiers as one: what several say of one requirement is said of it once, with the lists of all. */
export function mergeDossiers(
  all: readonly RequirementsDossier[],
): RequirementsDossier | undefined {
  const dossier = merged(all);
  return dossier && { ...dossier, functional: byKey(dossier.functional, ({ id }) => normalId(id)) };
}

/** All designs as one: components of one name are one component. */
export function mergeDesigns(all: readonly ArchitectureDesign[]): ArchitectureDesign | undefined {
  const design = merged(all);
  return design && { ...design, components: byKey(design.components, ({ name }) => name) };
}

/** All risks of all assessments. Two that share an id but differ stay two: neither may go unmitigated. */
export const mergeAssessments = (all: readonly RiskAssessment[]): RiskAssessment | undefined =>
  merged(all);

/**
 * The first estimation with the phases that only others have, their effort added to the total. A phase or task of an
 * id that is there already is a second opinion of the same work, and would count it twice.
 */
export function mergeEstimations(all: readonly ProjectEstimation[]): ProjectEstimation | undefined {
  const estimation = merged(all);
  const [first, ...others] = all;
  if (!estimation || !first || others.length === 0) return first;
  const seen = new Set(first.phases.flatMap(idsOf));
  const phases = [...first.phases];
  let total = first.total_effort_days;
  for (const phase of others.flatMap((other) => other.phases)) {
    const ids = idsOf(phase);
    if (ids.some((id) => seen.has(id))) continue;
    for (const id of ids) seen.add(id);
    phases.push(phase);
    const { optimistic, likely, pessimistic } = phase.effort_days;
    total = {
      ...total,
      optimistic: total.optimistic + optimistic,
      likely: total.likely + likely,
      pessimistic: total.pessimistic + pessimistic,
    };
  }
  return { ...estimation, phases, total_effort_days: total };
}

const idsOf = ({ id, tasks }: ProjectEstimation["phases"][number]): readonly string[] => [
  id,
  ...tasks.map((task) => task.id),
];

/** The first answer with the lists of all, equal items once. */
function merged<T extends object>(answers: readonly T[]): T | undefined {
  const [first, ...others] = answers;
  if (!first || others.length === 0) return first;
  const lists = Object.keys(first).flatMap((key) => {
    const values = answers.map((answer) => Reflect.get(answer, key) as unknown);
    return Array.isArray(values[0]) ? [[key, distinct(values.flat())] as const] : [];
  });
  return { ...first, ...Object.fromEntries(lists) };
}

function distinct(items: readonly unknown[]): readonly unknown[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const text = JSON.stringify(item);
    return !seen.has(text) && seen.add(text);
  });
}

function byKey<T extends object>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups.values()].flatMap((group) => merged(group) ?? []);
}

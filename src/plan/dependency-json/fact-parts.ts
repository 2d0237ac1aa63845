import type { EdgeFact, PhaseFact, TaskFact } from "./facts.ts";
import { NAMES, readState } from "./names.ts";
import {
  field,
  items,
  lineOf,
  placeOf,
  truthOf,
  wordOf,
  type Value,
} from "../../core/json-values.ts";

export const newPhase = (id: string, value: Value): PhaseFact => ({
  id,
  place: placeOf(value),
  aliases: new Set<string>(),
  skills: [],
  deliverables: [],
});

export const newTask = (id: string, value: Value): TaskFact => ({
  id,
  place: placeOf(value),
  skills: [],
  labels: [],
  files: [],
});

/** What phases and tasks have alike. */
export function describe(fact: PhaseFact | TaskFact, value: Value): void {
  const effort = field(value, ...NAMES.effort);
  const complexity = field(value, ...NAMES.complexity);
  const parallel = truthOf(field(value, ...NAMES.parallel));
  const state = readState(wordOf(field(value, ...NAMES.status)));
  if (effort) fact.effort ??= effort;
  if (complexity) fact.complexity ??= complexity;
  if (parallel !== undefined) fact.parallel ??= parallel;
  if (state !== undefined) fact.state ??= state;
  if (fact.skills.length === 0)
    for (const skill of items(field(value, ...NAMES.skills))) {
      const word = lineOf(skill);
      if (word !== undefined) fact.skills.push(word);
    }
}

/**
 * What names dependencies: ids or groups in a list, one of them alone, or a group with lists of them (`{"phases": […]}`) or
 * with the ids as its keys.
 */
export function mentions(list: Value): readonly Value[] {
  if (list.node.kind !== "map") return items(list);
  if (wordOf(field(list, ...NAMES.dependency)) !== undefined) return [list];
  const { entries } = list.node;
  if (entries.some(({ value }) => value.kind === "list"))
    return items(list).flatMap((item) => items(item));
  return entries.map(({ key, at }) => ({
    node: { kind: "scalar", at, value: key },
    source: list.source,
  }));
}

export function edgeOf(
  item: Value,
  level: EdgeFact["level"],
): Pick<EdgeFact, "level" | "strength" | "reason" | "place"> {
  const strength = field(item, ...NAMES.strength);
  const reason = lineOf(field(item, ...NAMES.reason));
  return {
    level,
    place: placeOf(item),
    ...(strength ? { strength } : {}),
    ...(reason === undefined ? {} : { reason }),
  };
}

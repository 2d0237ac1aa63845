import { naming, topicName, type Domain, type Topic } from "../analysis/domain.ts";
import type { PlacedDemand, Surroundings } from "../analysis/surroundings.ts";
import { plain, stem, wordsOf } from "../text/terms.ts";
import type { VerbKind } from "../text/verbs-lexicon.ts";
import type { Bundle } from "./components.ts";

const CHANGES: ReadonlySet<VerbKind> = new Set(["create", "update", "delete", "record"]);

const stemsOf = (text: string): readonly string[] => wordsOf(text).map(stem);

const holds = (a: readonly string[], b: readonly string[]): boolean =>
  b.length > 0 && b.every((one) => a.includes(one));

/** 3: the same words; 2: the same last word; 1: one name holds the other; 0: none of it. */
function alike(name: readonly string[], entity: readonly string[]): number {
  if (holds(name, entity) && holds(entity, name)) return 3;
  if (name.at(-1) !== undefined && name.at(-1) === entity.at(-1)) return 2;
  return holds(name, entity) || holds(entity, name) ? 1 : 0;
}

/** Whether a demand creates, changes or removes the topic, and not only speaks of it. */
const changes = ({ actions, restricts }: PlacedDemand, topic: Topic): boolean =>
  !restricts &&
  actions.some(
    ({ kind, negated, object }) =>
      !negated && CHANGES.has(kind) && naming(topic, stemsOf(object)) >= 0.5,
  );

/** An entity of the spec as a topic, also where the spec is cut by its headings. */
export const entityTopic = (name: string, line: number): Topic => {
  const shown = topicName(name);
  return { name: shown, origin: "entity", stems: stemsOf(shown), terms: new Set(), line };
};

/**
 * The spec's entities, each with the component it belongs to: the one cut around it, the one named like it, the one that
 * changes it most, at last the one that speaks of it most; undefined when none does.
 */
export function entityOwners(
  components: readonly Bundle[],
  domain: Domain,
  around: Surroundings,
): readonly { readonly entity: string; readonly owner: Bundle | undefined }[] {
  const best = (score: (one: Bundle) => number): Bundle | undefined =>
    components
      .map((one) => ({ one, score: score(one) }))
      .filter((found) => found.score > 0)
      .toSorted((a, b) => b.score - a.score)[0]?.one;
  return around.spec.entities.map(({ name, line }) => {
    const topic =
      domain.topics.find((one) => one.name === topicName(name)) ?? entityTopic(name, line);
    const touching = (id: string): boolean =>
      domain.touched.get(id)?.some((one) => one.name === topic.name) ?? false;
    return {
      entity: plain(name).replace(/\s*\([^)]*$/, ""),
      owner:
        components.find((one) => one.topic?.name === topic.name) ??
        best((one) => alike(stemsOf(one.name), topic.stems)) ??
        best(({ demands }) => demands.filter((one) => changes(one, topic)).length) ??
        best(({ demands }) => demands.filter(({ id }) => touching(id)).length),
    };
  });
}

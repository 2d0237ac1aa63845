import { naming } from "../analysis/domain.ts";
import { citeOf, quoteOf } from "../analysis/evidence.ts";
import { acyclic, type Link } from "../analysis/links.ts";
import type { PlacedDemand, Surroundings } from "../analysis/surroundings.ts";
import { plain, singular } from "../text/terms.ts";
import type { Component } from "./components.ts";
import { entityTopic } from "./entity-owners.ts";

/** One component needs another: why, and what passes from the needed one. */
export interface ComponentNeed extends Link {
  readonly data: string;
}

/** Which components need which. */
export interface ComponentNeeds {
  /** Without cycles, most evidence first. */
  readonly needs: readonly ComponentNeed[];
  /** What would close a cycle: true as well, but not drawn. */
  readonly mutual: readonly ComponentNeed[];
}

const peopleIn = (components: readonly Component[]): ReadonlySet<string> =>
  new Set(
    components.flatMap(({ demands }) =>
      demands.flatMap(({ actions }) =>
        actions.flatMap(({ actor }) => (actor ? [singular(actor.toLowerCase())] : [])),
      ),
    ),
  );

/** Words around the first mention of a name: "a member who has an overdue loan". */
function around(text: string, name: string): string {
  const head = plain(name).split(" ").at(-1)?.slice(0, -1) ?? name;
  const at = text.toLowerCase().indexOf(head.toLowerCase());
  if (at < 0) return quoteOf(text, 60);
  const before = text.slice(0, at).split(" ").slice(-5).join(" ");
  const word = /^[\p{L}\p{N}-]*/u.exec(text.slice(at))?.[0] ?? "";
  return `${before}${word}`.trim();
}

/** Uses of entities that another component owns; people who act are no data. */
function usesOf(
  components: readonly Component[],
  spec: Surroundings["spec"],
): readonly ComponentNeed[] {
  const people = peopleIn(components);
  return components.flatMap((owner) =>
    owner.entities.flatMap((entity) => {
      const topic = entityTopic(
        entity,
        spec.entities.find(({ name }) => name === entity)?.line ?? 0,
      );
      if (people.has(singular(topic.name.toLowerCase()))) return [];
      return components
        .filter((one) => one !== owner)
        .flatMap((user) =>
          user.demands
            .filter(({ said }) => naming(topic, said) >= 1)
            .map((demand) => ({
              from: user.name,
              to: owner.name,
              data: entity,
              reason: `${citeOf(demand)} uses ${entity} ("${around(demand.outright, entity)}"), which ${owner.name} owns`,
            })),
        );
    }),
  );
}

/** Needs between demands as needs between the components that carry them. */
function linkedNeeds(
  components: readonly Component[],
  links: readonly Link[],
): readonly ComponentNeed[] {
  const owner = new Map(
    components.flatMap((one) =>
      one.demands.map((demand) => [demand.id, { component: one, demand }] as const),
    ),
  );
  return links.flatMap(({ from, to, reason }) => {
    const [user, needed] = [owner.get(from), owner.get(to)];
    if (!user || !needed || user.component === needed.component) return [];
    return [
      {
        from: user.component.name,
        to: needed.component.name,
        data: passed(needed.demand, needed.component, reason),
        reason: `${from} needs ${to}: ${reason}`,
      },
    ];
  });
}

/** The component's entity that the demand speaks of, else what it does, by the words of the reason. */
function passed(demand: PlacedDemand, { entities, name }: Component, reason: string): string {
  const entity = entities.find((one) => naming(entityTopic(one, 0), demand.said) >= 1);
  const phrases = demand.actions.map(({ phrase }) => phrase);
  const deed = phrases.find((phrase) => reason.includes(`"${phrase}"`)) ?? phrases[0];
  return entity ?? (deed ? `outcome of "${deed}"` : name);
}

/** A link between requirements says more than the use of a name. */
const LINK_WEIGHT = 2;

/** Which component needs which, from the links between their demands and the entities they use of each other. */
export function componentNeeds(
  components: readonly Component[],
  links: readonly Link[],
  { spec }: Surroundings,
): ComponentNeeds {
  const counted = new Map<string, { need: ComponentNeed; weight: number }>();
  const count = (need: ComponentNeed, weight: number): void => {
    const key = JSON.stringify([need.from, need.to]);
    const entry = counted.get(key) ?? { need, weight: 0 };
    counted.set(key, { ...entry, weight: entry.weight + weight });
  };
  for (const need of linkedNeeds(components, links)) count(need, LINK_WEIGHT);
  for (const need of usesOf(components, spec)) count(need, 1);
  const all = [...counted.values()].toSorted((a, b) => b.weight - a.weight).map(({ need }) => need);
  const needs = acyclic(all);
  return { needs, mutual: all.filter((need) => !needs.includes(need)) };
}

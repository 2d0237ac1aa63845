import { listed, type Facts } from "./facts.ts";
import type { Directive, Findings } from "./finding.ts";
import { closest, sharedTerms } from "./terms.ts";

const quoted = (terms: readonly string[]) => terms.slice(0, 3).join(", ");

/** Requirements that no component carries: given to the component that shares most terms, else left open. */
export function requirementsWithoutComponent(facts: Facts): Findings {
  const architecture = facts.analyses.architecture;
  if (!architecture) return {};
  const orphans = facts.ids.filter((id) => facts.componentsFor(id).length === 0);
  if (orphans.length === 0) return {};
  const found = orphans.map((id) => ({
    id,
    match: closest(facts.textOf(id), architecture.components, componentText),
  }));
  const assigned = found.flatMap(({ id, match }) => (match ? [{ id, ...match }] : []));
  const open = found.filter(({ match }) => !match).map(({ id }) => id);
  const directives = assigned.map<Directive>(({ id, item }) => ({
    kind: "assign",
    requirement: id,
    component: item.name,
  }));
  return {
    conflicts: [
      {
        topic: "Requirements that no component carries",
        severity: open.length > 0 ? "medium" : "low",
        statements: [
          { source: "spec", statement: `The spec requires ${listed(orphans)}.` },
          { source: "architecture", statement: "No component names them." },
        ],
        fate: open.length === 0 ? "reconciled" : "noted",
        resolution: [
          ...assigned.map(
            ({ id, item, terms }) => `${id} goes to ${item.name} (shared terms: ${quoted(terms)}).`,
          ),
          ...(open.length > 0
            ? [`${listed(open)} fit no component by their terms and stay open.`]
            : []),
        ].join(" "),
      },
    ],
    gaps: open.map((id) => ({
      description: `${id} is carried by no component.`,
      affects: [id],
      source: "architecture",
    })),
    guidance: open.length > 0 ? [`Name ${listed(open)} as not yet assigned to a component.`] : [],
    directives,
  };
}

const componentText = (component: {
  readonly name: string;
  readonly responsibility: string;
  readonly entities: readonly string[];
}) => `${component.name} ${component.responsibility} ${component.entities.join(" ")}`;

/** Requirements without a task: planned, but without an invented estimate. */
export function requirementsWithoutTask(facts: Facts): Findings {
  if (!facts.analyses.estimation) return {};
  const orphans = facts.ids.filter((id) => facts.tasksFor(id).length === 0);
  if (orphans.length === 0) return {};
  return {
    conflicts: [
      {
        topic: "Requirements that no task implements",
        severity: "medium",
        statements: [
          { source: "spec", statement: `The spec requires ${listed(orphans)}.` },
          { source: "estimation", statement: "No estimated task names them." },
        ],
        fate: "reconciled",
        resolution:
          "Each gets a task beside related work. It has no estimate, so the total excludes it.",
      },
    ],
    guidance: [`Add a task without estimate for ${listed(orphans)}.`],
    directives: orphans.map((requirement) => ({ kind: "add-task", requirement })),
  };
}

/** Components that carry nothing: gold plating, or a requirement that nobody wrote down. */
export function componentsWithoutRequirement({ analyses }: Facts): Findings {
  const idle = (analyses.architecture?.components ?? [])
    .filter(({ requirements }) => requirements.length === 0)
    .map(({ name }) => name);
  return {
    gaps: idle.map((name) => ({
      description: `The component ${name} carries no requirement: drop it or state what requires it.`,
      affects: [name],
      source: "architecture",
    })),
  };
}

/** Names of the spec's entities that no component owns. */
export function entitiesUnowned({ spec, analyses }: Facts): readonly string[] {
  const owned = (analyses.architecture?.components ?? []).flatMap(({ entities }) => entities);
  return spec.entities
    .map(({ name }) => name)
    .filter((name) => !owned.some((other) => sameName(other, name)));
}

/** Entities of the spec that no component owns. */
export function entitiesWithoutOwner(facts: Facts): Findings {
  const components = facts.analyses.architecture?.components;
  if (!components) return {};
  const found = entitiesUnowned(facts).map((name) => ({
    name,
    match: closest(name, components, componentText, 1),
  }));
  return {
    gaps: found.map(({ name, match }) => ({
      description: match
        ? `No component owns the entity ${name}; ${match.item.name} is the closest by its terms.`
        : `No component owns the entity ${name}.`,
      affects: [name],
      source: "architecture",
    })),
    directives: found.flatMap<Directive>(({ name, match }) =>
      match ? [{ kind: "own", entity: name, component: match.item.name }] : [],
    ),
  };
}

const nameKey = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** `Session/Token` and `Session`: the same, or one inside the other with a shared word. */
const sameName = (a: string, b: string): boolean =>
  nameKey(a) === nameKey(b) ||
  (sharedTerms(a, b).length > 0 &&
    (nameKey(a).includes(nameKey(b)) || nameKey(b).includes(nameKey(a))));

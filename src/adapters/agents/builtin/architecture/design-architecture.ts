import type { Spec } from "../../../../spec/model.ts";
import type { ArchitectureDesign } from "../../../../stage/contracts/planning.ts";
import { domainOf, type Domain } from "../analysis/domain.ts";
import {
  citeOf,
  hitsOf,
  quoteOf,
  statementsOf,
  type Hit,
  type Statement,
} from "../analysis/evidence.ts";
import { acyclic, type Link } from "../analysis/links.ts";
import { surroundingsOf, type Surroundings } from "../analysis/surroundings.ts";
import { isTooling, toolsOf } from "../analysis/tooling.ts";
import { requirementLinks } from "../requirements/requirement-links.ts";
import { plain } from "../text/terms.ts";
import { alternativesOf } from "./alternatives.ts";
import { componentsOf, responsibilityOf, type Component } from "./components.ts";
import { INTEGRATIONS } from "./integrations-lexicon.ts";
import { dataFlowOf, interfacesOf } from "./operations.ts";
import { toolOwners } from "./tool-owners.ts";
import { PATTERNS } from "./patterns-lexicon.ts";

/** Which component needs which, from the links between their demands; free of cycles, most evidence first. */
function needsOf(
  components: readonly Component[],
  around: Surroundings,
  domain: Domain,
): readonly Link[] {
  const owner = new Map(
    components.flatMap((one) => one.demands.map(({ id }) => [id, one.name] as const)),
  );
  const counted = new Map<string, { link: Link; count: number }>();
  for (const { from, to } of requirementLinks(around, domain)) {
    const [a, b] = [owner.get(from), owner.get(to)];
    if (a === undefined || b === undefined || a === b) continue;
    const key = `${a}|${b}`;
    const entry = counted.get(key) ?? {
      link: { from: a, to: b, reason: `${from} needs ${to}` },
      count: 0,
    };
    counted.set(key, { ...entry, count: entry.count + 1 });
  }
  return acyclic(
    [...counted.values()].toSorted((a, b) => b.count - a.count).map(({ link }) => link),
  );
}

const idsOf = (hits: readonly Hit[]): string[] => [
  ...new Set(hits.map(({ statement }) => statement.id)),
];

function patternsOf(statements: readonly Statement[]): ArchitectureDesign["patterns"] {
  const binding = statements.filter(({ kind }) => kind !== "assumption" && kind !== "dependency");
  return PATTERNS.flatMap(({ name, pattern, because, unless }) => {
    const hits = hitsOf(binding, pattern);
    const first = hits[0];
    if (
      !first ||
      (unless && statements.some(({ text }) => unless.test(text))) ||
      hits.every(({ statement }) => statement.kind === "story")
    )
      return [];
    return [
      {
        name,
        applies_to: idsOf(hits).slice(0, 8),
        reason: `${citeOf(first.statement)} says "${quoteOf(first.words, 60)}": ${because}.`,
      },
    ];
  });
}

function integrationsOf(
  statements: readonly Statement[],
  spec: Spec,
): ArchitectureDesign["integration_points"] {
  const named = INTEGRATIONS.flatMap(({ name, pattern }) => {
    const hits = hitsOf(statements, pattern);
    const first = hits.find(({ statement }) => statement.kind === "requirement") ?? hits[0];
    if (!first) return [];
    return [
      {
        name,
        purpose: `${citeOf(first.statement)}: "${quoteOf(first.statement.text, 150)}"`,
        requirements: idsOf(hits)
          .filter((id) => /\d/.test(id))
          .slice(0, 8),
      },
    ];
  });
  const stated = spec.dependencies.map(({ text, line }) => ({
    name: quoteOf(/^([^:]{2,60}):/.exec(plain(text))?.[1] ?? plain(text), 60),
    purpose: `Named as a dependency (line ${line}): "${quoteOf(plain(text), 150)}"`,
    requirements: [],
  }));
  return [...named, ...stated.filter(({ name }) => !named.some((one) => one.name === name))];
}

function unknownsOf(
  around: Surroundings,
  components: readonly Component[],
  interfaces: ArchitectureDesign["interfaces"],
): string[] {
  const { spec } = around;
  const owned = new Set(components.flatMap(({ entities }) => entities));
  const unused = spec.entities
    .map(({ name }) => plain(name).replace(/\s*\([^)]*$/, ""))
    .filter((name) => !owned.has(name));
  const silent = components.filter(
    ({ name }) => !interfaces.some(({ provider }) => provider === name),
  );
  const technology =
    /\b(?:react|vue|angular|svelte|next\.js|node(?:\.js)?|django|rails|laravel|spring|\.net|go\b|rust|python|typescript|postgres(?:ql)?|mysql|sqlite|mongodb|bash|shell scripts?)\b/iu;
  const stack = hitsOf(statementsOf(around), technology);
  return [
    stack.length === 0 ? "Language, framework and data store: the spec names none." : "",
    spec.entities.length === 0
      ? "The data model: the spec describes no entities; components are cut by what its sentences act on."
      : "",
    unused.length > 0 ? `Who owns ${unused.join(", ")}: no requirement acts on it by name.` : "",
    silent.length > 0
      ? `Operations of ${silent.map(({ name }) => name).join(", ")}: its requirements state rules, and no action somebody calls.`
      : "",
    "Deployment, hosting and the existing code base: not in the spec.",
  ].filter((text) => text !== "");
}

/** Solution Architect: components after the domain, what they offer each other, patterns and choices with their evidence. */
export function designArchitecture(spec: Spec): { architecture_design: ArchitectureDesign } {
  const around = surroundingsOf(spec);
  const domain = domainOf(around);
  const components = componentsOf(around, domain);
  const needs = needsOf(components, around, domain);
  const statements = statementsOf(around);
  const owned = toolOwners(components, isTooling(around) ? toolsOf(around) : []);
  const interfaces = interfacesOf(components, needs, owned);
  return {
    architecture_design: {
      components: components.map((one) => ({
        name: one.name,
        responsibility: responsibilityOf(one, around),
        requirements: one.demands.map(({ id }) => id),
        entities: [...one.entities],
        depends_on: needs.filter(({ from }) => from === one.name).map(({ to }) => to),
        ...(owned.size > 0 && {
          artifacts: (owned.get(one.name) ?? []).map(({ name, kind }) => `${kind} ${name}`),
        }),
      })),
      interfaces,
      data_flow: dataFlowOf(components, needs),
      patterns: patternsOf(statements),
      alternatives: alternativesOf(statements),
      integration_points: integrationsOf(statements, spec),
      unknowns: unknownsOf(around, components, interfaces),
    },
  };
}

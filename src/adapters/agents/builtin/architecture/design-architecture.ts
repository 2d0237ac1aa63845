import type { Spec } from "../../../../spec/model.ts";
import type { ArchitectureDesign } from "../../../../stage/contracts/planning.ts";
import { domainOf } from "../analysis/domain.ts";
import {
  citeOf,
  hitsOf,
  quoteOf,
  statementsOf,
  type Hit,
  type Statement,
} from "../analysis/evidence.ts";
import { surroundingsOf, type Surroundings } from "../analysis/surroundings.ts";
import { isTooling, toolsOf } from "../analysis/tooling.ts";
import { requirementLinks } from "../requirements/requirement-links.ts";
import { plain } from "../text/terms.ts";
import { alternativesOf } from "./alternatives.ts";
import { componentNeeds, type ComponentNeed } from "./component-needs.ts";
import { componentsOf, responsibilityOf, type Component } from "./components.ts";
import { integrationsOf } from "./integrations.ts";
import { dataFlowOf, interfacesOf } from "./operations.ts";
import { toolOwners } from "./tool-owners.ts";
import { PATTERNS } from "./patterns-lexicon.ts";

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

function unknownsOf(
  around: Surroundings,
  components: readonly Component[],
  interfaces: ArchitectureDesign["interfaces"],
  mutual: readonly ComponentNeed[],
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
    ...mutual.map(
      ({ from, to, reason }) =>
        `How ${from} and ${to} are kept from waiting for each other: ${from} needs ${to} too (${reason}); that side is not drawn.`,
    ),
    "Deployment, hosting and the existing code base: not in the spec.",
  ].filter((text) => text !== "");
}

/** Solution Architect: components after the domain, what they offer each other, patterns and choices with their evidence. */
export function designArchitecture(spec: Spec): { architecture_design: ArchitectureDesign } {
  const around = surroundingsOf(spec);
  const domain = domainOf(around);
  const components = componentsOf(around, domain);
  const { needs, mutual } = componentNeeds(components, requirementLinks(around, domain), around);
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
        depends_because: needs
          .filter(({ from }) => from === one.name)
          .map(({ to, reason }) => ({ on: to, reason })),
        ...(owned.size > 0 && {
          artifacts: (owned.get(one.name) ?? []).map(({ name, kind }) => `${kind} ${name}`),
        }),
      })),
      interfaces,
      data_flow: dataFlowOf(components, needs),
      patterns: patternsOf(statements),
      alternatives: alternativesOf(statements),
      integration_points: integrationsOf(statements, spec),
      unknowns: unknownsOf(around, components, interfaces, mutual),
    },
  };
}

import type { ArchitectureDesign } from "../../../../stage/contracts/planning.ts";
import { normalId } from "../../../../stage/checks/ids.ts";
import { idRuns } from "./compact-lists.ts";
import { purposeOf } from "./component-purpose.ts";
import {
  blocks,
  bullets,
  cell,
  count,
  inline,
  mermaidLabel,
  sentence,
  sentenceList,
  table,
} from "./markdown.ts";
import { componentsCarrying, type PlanModel } from "./plan-model.ts";

/** `## Technical approach`: components, how they connect, what was decided and what was not. */
export function approachSection(model: PlanModel): string {
  const design = model.analyses.architecture;
  if (!design)
    return blocks(
      "## Technical approach",
      `There is no architecture analysis (${lostReason(model)}), so this plan names no components. What follows is known from the specification alone.`,
      entitiesKnown(model),
    );
  return blocks(
    "## Technical approach",
    opening(design),
    componentDiagram(design),
    "### Components",
    componentTable(model, design),
    unassigned(model),
    design.interfaces.length > 0 && blocks("### Interfaces", interfaceTable(design)),
    design.data_flow.length > 0 &&
      blocks(
        "### Data flow",
        bullets(
          design.data_flow.map(({ from, to, data, trigger }) =>
            sentence(
              `${inline(from)} → ${inline(to)}: ${inline(data)}${trigger ? `, ${inline(trigger)}` : ""}`,
            ),
          ),
        ),
      ),
    design.patterns.length > 0 &&
      blocks(
        "### Patterns",
        bullets(
          design.patterns.map(
            ({ name, applies_to, reason }) =>
              `**${inline(name)}**${applies_to.length > 0 ? ` (${inline(applies_to.join(", "))})` : ""}: ${sentence(inline(reason))}`,
          ),
        ),
      ),
    alternatives(design),
  );
}

const lostReason = (model: PlanModel): string =>
  inline(
    model.analyses.partial.find(({ role }) => role === "architecture")?.reason ?? "not delivered",
  );

const entitiesKnown = ({ spec }: PlanModel): string | undefined =>
  spec.entities.length > 0
    ? bullets(
        spec.entities.map(({ name, text }) => `**${inline(name)}**: ${sentence(inline(text))}`),
      )
    : undefined;

function opening(design: ArchitectureDesign): string {
  const links = design.components.filter(({ depends_on }) => depends_on.length > 0).length;
  const points = design.integration_points.map(({ name }) => inline(name));
  return [
    `The work divides into ${count(design.components.length, "component")}${links > 0 ? "; an arrow means “needs”" : ""}.`,
    points.length > 0 ? `Outside it relies on ${sentenceList(points)}.` : "",
  ]
    .filter(Boolean)
    .join(" ");
}

/** Parts that need each other, as a flowchart; undefined where none needs another. */
export function componentDiagram({
  components,
  integration_points,
}: {
  readonly components: readonly { readonly name: string; readonly depends_on: readonly string[] }[];
  readonly integration_points: readonly { readonly name: string }[];
}): string | undefined {
  if (components.length < 2) return undefined;
  const node = new Map(components.map(({ name }, index) => [name, `c${index + 1}`]));
  const outside = new Map(integration_points.map(({ name }, index) => [name, `x${index + 1}`]));
  const edges = components.flatMap(({ name, depends_on }) =>
    depends_on.flatMap((other) => {
      const target = node.get(other) ?? outside.get(other);
      return target ? [`  ${node.get(name)} --> ${target}`] : [];
    }),
  );
  if (edges.length === 0) return undefined;
  const reached = [...outside].filter(([, id]) => edges.some((edge) => edge.endsWith(` ${id}`)));
  return [
    "```mermaid",
    "flowchart LR",
    ...[...node].map(([name, id]) => `  ${id}[${mermaidLabel(name)}]`),
    ...reached.map(([name, id]) => `  ${id}([${mermaidLabel(name)}])`),
    ...new Set(edges),
    "```",
  ].join("\n");
}

/** Most requirements told of one component; the rest is counted. */
const TOLD = 8;

function componentTable(model: PlanModel, { components }: ArchitectureDesign): string {
  return table(
    ["Component", "Responsibility", "Owns", "Requirements"],
    components.map((component) => {
      const { name, entities, requirements } = component;
      const given = model.directives.flatMap((directive) =>
        directive.kind === "assign" && directive.component === name ? [directive.requirement] : [],
      );
      const owned = model.directives.flatMap((directive) =>
        directive.kind === "own" && directive.component === name
          ? [`${directive.entity} (by review)`]
          : [],
      );
      return [
        `**${cell(name)}**`,
        purposeOf(model, component, TOLD).replace(/\|/g, String.raw`\|`),
        cell([...entities, ...owned].join(", ")),
        cell(idRuns([...new Set([...requirements.map(normalId), ...given])])),
      ];
    }),
  );
}

function unassigned(model: PlanModel): string | undefined {
  const open = model.facts.ids.filter((id) => componentsCarrying(model, id).length === 0);
  return open.length > 0
    ? `No component carries ${sentenceList(open)} yet: decide where ${open.length === 1 ? "it belongs" : "they belong"} before work on ${open.length === 1 ? "it" : "them"} starts.`
    : undefined;
}

const interfaceTable = ({ interfaces }: ArchitectureDesign): string =>
  table(
    ["Interface", "Provided by", "Used by", "Operations"],
    interfaces.map(({ name, provider, consumers, operations }) => [
      cell(name),
      cell(provider),
      cell(consumers.join(", ")),
      cell(operations.join("; ")),
    ]),
  );

/** Options by topic, chosen first; an open topic is said to be open. */
function alternatives({ alternatives: options }: ArchitectureDesign): string | undefined {
  const topics = [...new Set(options.map(({ topic }) => topic))];
  if (topics.length === 0) return undefined;
  return blocks(
    "### Decisions and alternatives",
    ...topics.map((topic) => {
      const own = options.filter((option) => option.topic === topic);
      const open = own.every(({ decision }) => decision === "open");
      return blocks(
        `**${inline(topic)}**${open ? " (open: a person has to choose)" : ""}`,
        table(
          ["Option", "For", "Against", "Decision"],
          own.map(({ option, pros, cons, decision }) => [
            cell(option),
            cell(pros.join("; ")),
            cell(cons.join("; ")),
            decision,
          ]),
        ),
      );
    }),
  );
}

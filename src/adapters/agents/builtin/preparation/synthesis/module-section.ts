import type { CoreImplementation } from "../../../../../stage/contracts/preparation.ts";
import { componentDiagram } from "../../synthesis/approach-section.ts";
import { idRuns } from "../../synthesis/compact-lists.ts";
import { blocks, bullets, cell, inline, sentence, table } from "../../synthesis/markdown.ts";
import { furtherFields } from "./beside-lines.ts";
import type { ImplementationModel } from "./implementation-model.ts";

type Module = CoreImplementation["modules"][number];

/** `## Module architecture`: each module with what it keeps, offers and computes. */
export function moduleSection(model: ImplementationModel): string {
  const { facts } = model;
  const { core, integrations } = facts;
  if (!core)
    return blocks(
      "## Module architecture",
      `There is no preparation of the core (${inline(facts.missing.find(({ part }) => part === "core")?.reason ?? "not delivered")}): no module, record or operation is designed.`,
    );
  const systems = integrations?.integrations ?? [];
  const diagram = componentDiagram({
    components: core.modules.map(({ name, depends_on, requirements }) => ({
      name,
      depends_on: [
        ...depends_on,
        ...systems
          .filter((one) => one.requirements.some((id) => requirements.includes(id)))
          .map((one) => one.name),
      ],
    })),
    integration_points: systems,
  });
  return blocks(
    "## Module architecture",
    diagram === undefined
      ? "No module needs another."
      : "An arrow means “needs”; rounded are things outside.",
    diagram,
    ...core.modules.map((module) => moduleText(module, core, model)),
  );
}

function moduleText(module: Module, core: CoreImplementation, model: ImplementationModel): string {
  const { name, responsibility, requirements, depends_on } = module;
  const own = <T extends { readonly module: string }>(all: readonly T[]): readonly T[] =>
    all.filter((one) => one.module === name);
  return blocks(
    `### ${inline(name)}`,
    sentence(inline(responsibility)),
    bullets(
      [
        requirements.length > 0 && `Carries ${inline(idRuns(requirements))}`,
        depends_on.length > 0 && `Needs ${inline(depends_on.join(", "))}`,
      ].filter((line) => typeof line === "string"),
    ),
    recordsText(own(core.data_structures), model),
    ...own(core.interfaces).map(operationsTable),
    algorithmsText(own(core.algorithms)),
  );
}

function recordsText(
  records: readonly CoreImplementation["data_structures"][number][],
  model: ImplementationModel,
): string | undefined {
  if (records.length === 0) return undefined;
  const lines = records.flatMap((record) => {
    const { name, fields, invariants, source } = record;
    const further = furtherFields(model, record);
    const told = fields.map((field) =>
      field.rule === null ? field.name : `${field.name} (${field.rule})`,
    );
    return [
      `- **${inline(name)}** (${inline(source)}): ${told.length > 0 ? sentence(inline(told.join("; "))) : "the specification lists no fields."}`,
      ...(further === undefined ? [] : [`  - ${sentence(inline(further))}`]),
      ...invariants.map((rule) => `  - Always: ${sentence(inline(rule))}`),
    ];
  });
  return blocks("**Keeps:**", lines.join("\n"));
}

const operationsTable = ({ name, operations }: CoreImplementation["interfaces"][number]): string =>
  blocks(
    `**Offers** (${inline(name)}):`,
    table(
      ["Operation", "What", "Who", "Given", "Then", "Refused when", "For"],
      operations.map((one) => [
        `\`${one.name.replace(/[`|\n]/g, "")}\``,
        cell(one.purpose),
        cell(Array.isArray(one["callers"]) ? one["callers"].map(String).join(", ") : ""),
        cell(one.inputs.join("; ")),
        one.output === null ? "not stated" : cell(one.output),
        cell(one.errors.join("; ")),
        cell(idRuns(one.requirements)),
      ]),
    ),
  );

const algorithmsText = (
  algorithms: readonly CoreImplementation["algorithms"][number][],
): string | undefined =>
  algorithms.length === 0
    ? undefined
    : blocks(
        "**Called for by particular requirements:**",
        bullets(
          algorithms.map(
            ({ name, rule, requirements }) =>
              `**${inline(name)}** (${inline(idRuns(requirements))}): ${sentence(inline(rule))}`,
          ),
        ),
      );

import { normalId } from "../../../../stage/checks/ids.ts";
import { blocks, bullets, cell, count, inline, sentence, short, table } from "./markdown.ts";
import { componentsCarrying, tasksNaming, type PlanModel } from "./plan-model.ts";

const TEXT = 110;

/** `## Requirement coverage`: where each requirement and success criterion is dealt with. */
export function coverageSection(model: PlanModel): string {
  const excluded = new Set(model.notCovered.map(({ id }) => id));
  const requirements = model.facts.ids
    .filter((id) => !excluded.has(id))
    .map((id) => {
      const rank = model.facts.rankOf(id);
      return [
        id,
        cell(short(model.facts.textOf(id), TEXT)),
        rank === undefined ? "—" : `P${rank}`,
        cell(componentsCarrying(model, id).join(", ")),
        tasksNaming(model, id)
          .map((task) => task.id)
          .join(", ") || "—",
      ];
    });
  const criteria = model.spec.criteria
    .filter(({ id }) => !excluded.has(normalId(id)))
    .map(({ id, text }) => [
      normalId(id),
      cell(short(text, TEXT)),
      "—",
      "—",
      checkedIn(model, normalId(id)),
    ]);
  if (requirements.length + criteria.length === 0)
    return blocks(
      "## Requirement coverage",
      "The specification gives its requirements and success criteria no ids, so there is nothing to count.",
    );
  return blocks(
    "## Requirement coverage",
    `${count(requirements.length, "requirement")} and ${count(criteria.length, "success criterion", "success criteria")} of the specification, each with the tasks that carry it.`,
    table(["Id", "What", "Priority", "Component", "Tasks"], [...requirements, ...criteria]),
  );
}

const checkedIn = (model: PlanModel, id: string): string => {
  const phase = model.phases.find(({ criteria }) => criteria.includes(id));
  const tasks = tasksNaming(model, id).map((task) => task.id);
  return [...tasks, ...(phase ? [`VERIFY phase ${phase.number}`] : [])].join(", ") || "—";
};

/** `## Not covered`: ids left out, each with the reason. */
export const notCoveredSection = (model: PlanModel): string =>
  blocks(
    "## Not covered",
    model.notCovered.length > 0
      ? bullets(model.notCovered.map(({ id, reason }) => `${id}: ${sentence(inline(reason))}`))
      : "Nothing that the specification states by id is left out.",
    model.spec.outOfScope.length > 0 &&
      blocks(
        "Out of scope by the specification:",
        bullets(model.spec.outOfScope.map(({ text }) => sentence(inline(text)))),
      ),
  );

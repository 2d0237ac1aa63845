import { idsIn, normalId } from "../../../../../stage/checks/ids.ts";
import { phaseSection } from "../../synthesis/phase-sections.ts";
import { blocks, bullets, cell, count, inline, sentence, table } from "../../synthesis/markdown.ts";
import { isRequirement } from "../review/preparation-facts.ts";
import { WORK } from "../work-ids.ts";
import {
  chainTo,
  rounds,
  tasksFor,
  tasksIn,
  type ImplementationModel,
} from "./implementation-model.ts";

/** `## Task breakdown`, then each phase in the plan grammar so that plan tools find its tasks. */
export const taskSections = (model: ImplementationModel): string =>
  blocks(
    "## Task breakdown",
    table(
      ["Phase", "Title", "Tasks", "Ends when"],
      model.phases.map(({ number, title, tasks, verify }) => [
        String(number),
        title,
        String(tasks.length),
        `its ${count(verify.length, "line")} under VERIFY ${verify.length === 1 ? "holds" : "hold"}`,
      ]),
    ),
    "A task names the ids it serves and the tasks it waits for; below it stand its module and the cases that show it.",
    ...model.phases.map((phase) => phaseSection(phase, { phases: model.phases, estimated: false })),
  );

/** Titles in JSON hold no clarification marks and no Markdown. */
const bareTitle = (title: string): string => title.replace(/\\(?=[\\`*_[\]~<>|])/g, "");

/** `## Dependencies`: outside, between modules, and the order of tasks for programs. */
export function dependencySection(model: ImplementationModel): string {
  const { core, integrations, basis } = model.facts;
  const outside = (integrations?.integrations ?? []).map(
    ({ name, requirements }) =>
      `**${inline(name)}**${requirements.length > 0 ? ` (${requirements.join(", ")})` : ""}`,
  );
  const modules = (core?.modules ?? []).flatMap(({ name, depends_on }) =>
    depends_on.map((other) => {
      const because = basis.needs.find(({ from, to }) => from === name && to === other);
      return `${inline(name)} needs ${inline(other)}${because ? `: ${sentence(inline(because.reason))}` : "."}`;
    }),
  );
  const order = {
    tasks: model.phases.flatMap(({ number, tasks }) =>
      tasks.map(({ id, title, ids, dependsOn, effort }) => ({
        id,
        phase: number,
        title: bareTitle(title),
        serves: ids,
        after: dependsOn,
        ...(effort && { days: effort }),
      })),
    ),
    rounds: rounds(model),
    checkpoints: model.phases.map(({ number, title, tasks }) => ({
      phase: number,
      title,
      after: tasks.map(({ id }) => id),
    })),
  };
  return blocks(
    "## Dependencies",
    "### On things outside",
    outside.length > 0 ? bullets(outside) : "None that the specification or the plan names.",
    "### Between modules",
    modules.length > 0
      ? bullets([...modules, ...bothWays(model)])
      : "None: the modules can be built in any order.",
    "### Order of tasks, for programs",
    "`after` is what a task waits for, `serves` what it is for, `days` its effort (optimistic, likely, pessimistic) where the plan has one; tasks of one round need nothing of each other.",
    `\`\`\`json\n${compactJson(order)}\n\`\`\``,
  );
}

/** Modules of which one needs the other at work while its own records are referred to: records and work then go opposite ways. */
function bothWays(model: ImplementationModel): readonly string[] {
  const recordsOf = (name: string): string | undefined => model.numberOf.get(WORK.data(name));
  return (model.facts.core?.modules ?? []).flatMap(({ name, depends_on }) =>
    depends_on.flatMap((other) => {
      const [own, theirs] = [recordsOf(name), recordsOf(other)];
      if (own === undefined || theirs === undefined || !chainTo(model, theirs).includes(own))
        return [];
      return [
        `${inline(name)} and ${inline(other)} go both ways: at work ${inline(name)} needs ${inline(other)}, but records of ${inline(other)} refer to those of ${inline(name)}. The records of ${inline(name)} come first (${own} before ${theirs}), its work comes second.`,
      ];
    }),
  );
}

const lines = (items: readonly unknown[]): string =>
  items.map((item) => `    ${JSON.stringify(item).replace(/`/g, String.raw`\u0060`)}`).join(",\n");

/** One task or round a line: diffs stay readable. */
function compactJson({
  tasks,
  rounds: all,
  checkpoints,
}: {
  readonly tasks: readonly object[];
  readonly rounds: readonly (readonly string[])[];
  readonly checkpoints: readonly object[];
}): string {
  return `{\n  "tasks": [\n${lines(tasks)}\n  ],\n  "rounds": [\n${lines(all)}\n  ],\n  "checkpoints": [\n${lines(checkpoints)}\n  ]\n}`;
}

/** Tasks that work against a risk; else those that build what it says it touches. */
function tasksAgainst(model: ImplementationModel, risk: string, said: string): string {
  const own = tasksFor(model, risk);
  if (own.length > 0) return own.join(", ");
  const touched = new Set(idsIn(said).filter(isRequirement));
  const built = tasksIn(model)
    .filter(({ ids }) => ids.length === 1 && ids.every((id) => touched.has(id)))
    .map(({ id }) => id);
  return built.length > 0 ? `to watch in ${built.slice(0, 6).join(", ")}` : "none";
}

/** `## Risk mitigation`: the plan's risks, each with the tasks that work against it or build what it touches. */
export function riskSection(model: ImplementationModel): string {
  const { plan } = model.facts.basis;
  if (plan.risks.length === 0)
    return blocks(
      "## Risk mitigation",
      "plan.md lists no risks by id, so none can be followed here. That is itself a risk: have them looked for before the work begins.",
    );
  return blocks(
    "## Risk mitigation",
    table(
      ["Risk", "What", "Score", "Answer", "Owner", "Tasks"],
      plan.risks.map(({ id, description, score, mitigation, owner }) => [
        id,
        cell(description),
        cell(score),
        cell(mitigation),
        cell(model.requests.owners.get(normalId(id)) ?? owner),
        tasksAgainst(model, id, `${description} ${mitigation}`),
      ]),
    ),
  );
}

/** `## Requirement coverage`: each id with its module, tasks and cases. */
export function coverageSection(model: ImplementationModel): string {
  const excluded = new Set(model.notCovered.map(({ id }) => id));
  const { facts } = model;
  const rows = facts.ids
    .filter((id) => !excluded.has(id))
    .map((id) => [
      id,
      cell(facts.modulesCarrying(id).join(", ")),
      tasksFor(model, id).join(", ") || "—",
      cell(facts.casesFor(id).join(", ") || "none: see Not testable as stated"),
    ]);
  return blocks(
    "## Requirement coverage",
    rows.length > 0
      ? table(["Id", "Module", "Tasks", "Cases"], rows)
      : "The specification gives nothing an id, so there is nothing to count.",
  );
}

/** `## Not covered`: ids left out, each with the reason. */
export const notCoveredSection = ({ notCovered }: ImplementationModel): string =>
  blocks(
    "## Not covered",
    notCovered.length > 0
      ? bullets(notCovered.map(({ id, reason }) => `${id}: ${sentence(inline(reason))}`))
      : "Nothing that the specification states by id is left out.",
  );

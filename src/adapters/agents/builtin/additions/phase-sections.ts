import {
  tasksIn,
  type ImplementationModel,
} from "../preparation/synthesis/implementation-model.ts";
import { normalId } from "../../../../stage/checks/ids.ts";
import { blocks, bullets, cell, count, inline, table } from "../synthesis/markdown.ts";
import type { PlannedPhase } from "../synthesis/plan-model.ts";

/** Tasks between two looks at progress. */
const TASKS_PER_CHECKPOINT = 4;

/** S2 §7, break_into_phases: what each phase delivers on its own. */
export const incrementSection = ({ phases }: ImplementationModel): string =>
  table(
    ["Phase", "Delivers", "Serves", "Effort in days"],
    phases.map(({ number, title, deliverables, goal, tasks, effort }) => [
      cell(`${number} ${title}`),
      cell(deliverables.join("; ") || goal || `${count(tasks.length, "task")} done`),
      cell([...new Set(tasks.flatMap(({ ids }) => ids))].slice(0, 12).join(", ")),
      effort ? effort.join(" / ") : "not estimated",
    ]),
  );

/** S2 §7, checkpoint_frequency: high. */
export const checkpointSection = ({ phases }: ImplementationModel): string =>
  bullets(
    phases.flatMap(({ number, title, tasks }) => {
      const ends = tasks.filter(
        (_, index) => (index + 1) % TASKS_PER_CHECKPOINT === 0 || index === tasks.length - 1,
      );
      return ends.map(
        ({ id }, index) =>
          `**Phase ${number}, ${inline(title)}, after task ${id}:** checkpoint ${index + 1} of ${ends.length}; progress, problems and deviations are written down, the suite runs.`,
      );
    }),
  );

/** S2 §7, validation: per_phase. */
export const phaseValidationSection = ({ phases }: ImplementationModel): string =>
  blocks(
    ...phases.map(({ number, title, verify, criteria }) =>
      blocks(
        `### Phase ${number}: ${inline(title)}`,
        bullets([
          `${count(verify.length, "line")} under VERIFY Phase ${number} hold; each is run, not believed`,
          `every case of this phase and of those before passes`,
          ...(criteria.length > 0 ? [`${criteria.join(", ")} measured`] : []),
        ]),
      ),
    ),
  );

/** S2 §7, rollback_planning: enabled. */
export const rollbackSection = ({ phases, facts }: ImplementationModel): string => {
  const records = (facts.core?.data_structures ?? []).map(({ name }) => name);
  const touched = ({ tasks }: PlannedPhase) =>
    records.filter((name) => tasks.some(({ title }) => title.includes(name)));
  return blocks(
    table(
      ["Phase", "Point to go back to", "Data", "Go back when"],
      phases.map((phase) => [
        cell(`${phase.number} ${phase.title}`),
        phase.number === 1
          ? "the commit before the first task"
          : `the commit at which phase ${phase.number - 1} was validated`,
        cell(
          touched(phase).length > 0
            ? `copy of ${touched(phase).slice(0, 6).join(", ")} made before the phase`
            : "none that its tasks name",
        ),
        "its validation fails and what fails can't be mended within the phase",
      ]),
    ),
    "Going back is tried once on a copy before the first phase is delivered.",
  );
};

/** S2 §7, checkpoints: per_component. */
export const componentCheckpointSection = (model: ImplementationModel): string => {
  const modules = model.facts.core?.modules ?? [];
  return modules.length === 0
    ? "Unknown: there is no design of modules."
    : table(
        ["Module", "Looked at after", "What must hold"],
        modules.map(({ name, requirements }) => {
          const ids = requirements.map(normalId);
          const last = tasksIn(model).findLast(
            (task) => task.ids.some((id) => ids.includes(id)) || task.title.includes(name),
          );
          const cases = new Set(ids.flatMap((id) => model.facts.casesFor(id)));
          return [
            cell(name),
            last ? `task ${last.id}` : "its own tasks are not named: at the end of the first phase",
            cell(
              cases.size > 0
                ? `${[...cases].slice(0, 8).join(", ")} pass; its interface is as designed`
                : "its interface is as designed; no case covers it yet",
            ),
          ];
        }),
      );
};

const REFUSED =
  /\b(?:refus|reject|error|fail|invalid|denied|not allowed|cannot|unavailable|expired|missing)/i;
const LIMIT =
  /\b(?:limit|maximum|minimum|at most|at least|empty|boundar|\d+(?:[.,]\d+)?\s*(?:%|ms|s|seconds?|minutes?|MB|KB|items?|users?))/i;

/** S2 §7, testing_rigor: exhaustive. */
export const testingRigorSection = ({ facts }: ImplementationModel): string => {
  const cases = facts.tests?.cases ?? [];
  if (!facts.tests) return "Unknown: there is no test strategy.";
  return blocks(
    table(
      ["For", "Works", "Refused", "At the limit", "Missing"],
      facts.ids.map((id) => {
        const own = cases.filter(({ requirements }) =>
          requirements.some((one) => normalId(one) === id),
        );
        const text = ({ title, given, when, then }: (typeof own)[number]) =>
          [title, given, when, then].join(" ");
        const refused = own.filter((one) => REFUSED.test(text(one)));
        const limit = own.filter((one) => !refused.includes(one) && LIMIT.test(text(one)));
        const works = own.filter((one) => !refused.includes(one) && !limit.includes(one));
        const missing = [
          works.length === 0 && "a case that works",
          refused.length === 0 && "a refusal",
          limit.length === 0 && "a limit",
        ].filter((one) => one !== false);
        const names = (some: typeof own) =>
          cell(
            some
              .map((one) => one.id)
              .slice(0, 5)
              .join(", "),
          );
        return [id, names(works), names(refused), names(limit), cell(missing.join(", "))];
      }),
    ),
    "Kinds are told by the words of the cases. What is missing has no scenario in the specification: it is written with the task, or the requirement has no such case, and whoever tests says so.",
  );
};

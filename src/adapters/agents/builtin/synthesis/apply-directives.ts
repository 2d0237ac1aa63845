import { normalId } from "../../../../stage/checks/ids.ts";
import type { Facts } from "../review/facts.ts";
import type { Directive } from "../review/finding.ts";
import { sharedTerms } from "../review/terms.ts";
import type { DraftPhase, DraftTask } from "./draft-phases.ts";
import { tidy } from "./plain-words.ts";
import { deedOf } from "./deed.ts";
import { short } from "./markdown.ts";

/** Change drafted phases as the review decided: move needed work forward, add missing and mitigating tasks. */
export function applyDirectives(
  phases: readonly DraftPhase[],
  directives: readonly Directive[],
  facts: Facts,
): readonly DraftPhase[] {
  let result = phases;
  for (const directive of directives) {
    if (directive.kind === "advance") result = advance(result, directive.task, directive.to);
    if (directive.kind === "add-task") result = addTask(result, directive.requirement, facts);
    if (directive.kind === "mitigate") result = addMitigation(result, directive.risk, facts);
  }
  return result.filter(({ tasks }) => tasks.length > 0);
}

const phaseOf = (phases: readonly DraftPhase[], key: string): number =>
  phases.findIndex(({ tasks }) => tasks.some((task) => task.key === key));

/** Move a task to the phase of another, before it, with all that it needs itself from later phases. */
function advance(phases: readonly DraftPhase[], key: string, to: string): readonly DraftPhase[] {
  const target = phaseOf(phases, to);
  if (target < 0) return phases;
  const tasks = new Map(phases.flatMap((phase) => phase.tasks.map((task) => [task.key, task])));
  const moving = new Set<string>();
  const collect = (next: string): void => {
    if (next === to || moving.has(next) || phaseOf(phases, next) <= target) return;
    moving.add(next);
    for (const need of tasks.get(next)?.needs ?? []) collect(need);
  };
  collect(key);
  const moved = [...moving].toReversed().flatMap((next) => tasks.get(next) ?? []);
  return phases.map((phase, index) => ({
    ...phase,
    tasks:
      index === target
        ? phase.tasks.flatMap((task) => (task.key === to ? [...moved, task] : [task]))
        : phase.tasks.filter((task) => !moving.has(task.key)),
  }));
}

/** Phase with the task closest to a text; the given one when none shares two terms. */
function closestPhase(phases: readonly DraftPhase[], text: string, otherwise: number): number {
  let best = { at: otherwise, shared: 1 };
  phases.forEach(({ tasks }, at) => {
    const shared = Math.max(0, ...tasks.map(({ title }) => sharedTerms(text, title).length));
    if (shared > best.shared) best = { at, shared };
  });
  return best.at;
}

const insert = (
  phases: readonly DraftPhase[],
  at: number,
  task: DraftTask,
): readonly DraftPhase[] =>
  phases.map((phase, index) =>
    index === at ? { ...phase, tasks: [...phase.tasks, task] } : phase,
  );

function addTask(
  phases: readonly DraftPhase[],
  requirement: string,
  facts: Facts,
): readonly DraftPhase[] {
  const id = normalId(requirement);
  const text = facts.textOf(id);
  if (text === "" || phases.some(({ tasks }) => tasks.some(({ ids }) => ids.includes(id))))
    return phases;
  return insert(phases, closestPhase(phases, text, phases.length - 1), {
    key: `review:${id}`,
    title: short(deedOf(text), 160),
    ids: [id],
    needs: [],
    effort: undefined,
    origin: "review",
  });
}

function addMitigation(
  phases: readonly DraftPhase[],
  riskId: string,
  facts: Facts,
): readonly DraftPhase[] {
  const risk = facts.analyses.risk?.risks.find(({ id }) => id === riskId);
  if (!risk) return phases;
  const sources = new Set(risk.sources.map(normalId));
  // A task that is about little else than the risk's sources says more than one that names many requirements.
  const overlap = phases.map(({ tasks }) =>
    tasks.reduce(
      (sum, { ids }) =>
        sum + ids.filter((id) => sources.has(id)).length / Math.max(1, ids.length) ** 2,
      0,
    ),
  );
  return insert(phases, overlap.indexOf(Math.max(...overlap)), {
    key: `review:${riskId}`,
    title: short(`Mitigate ${risk.category}: ${tidy(risk.mitigation)}`, 260),
    ids: [normalId(riskId)],
    needs: [],
    effort: undefined,
    origin: "review",
  });
}

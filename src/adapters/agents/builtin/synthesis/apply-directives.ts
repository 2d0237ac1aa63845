import { idsIn, normalId } from "../../../../stage/checks/ids.ts";
import type { Facts } from "../review/facts.ts";
import type { Directive } from "../review/finding.ts";
import { sharedTerms } from "../review/terms.ts";
import { TITLE, type DraftPhase, type DraftTask } from "./draft-phases.ts";
import { deedOf } from "./deed.ts";
import { homesOf, ownTasks } from "./home-phases.ts";
import { clause } from "./markdown.ts";
import { deedAgainst, mitigationDetails } from "./mitigation.ts";

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

/** The last phase in which a requirement is built; work that fits nowhere is not left to the verification. */
function lastBuilding(phases: readonly DraftPhase[], { ids }: Facts): number {
  const homes = homesOf(phases);
  const built = ids.flatMap((id) => homes.get(id) ?? []);
  return built.length > 0 ? Math.max(...built) : phases.length - 1;
}

function addTask(
  phases: readonly DraftPhase[],
  requirement: string,
  facts: Facts,
): readonly DraftPhase[] {
  const id = normalId(requirement);
  const text = facts.textOf(id);
  if (text === "" || phases.some(({ tasks }) => tasks.some(({ ids }) => ids.includes(id))))
    return phases;
  return insert(phases, closestPhase(phases, text, lastBuilding(phases, facts)), {
    key: `review:${id}`,
    title: clause(deedOf(text), TITLE),
    details: [],
    ids: [id],
    needs: [],
    effort: undefined,
    origin: "review",
  });
}

/** In the first phase whose own tasks build what the risk touches, after them; of a risk that touches none, the first. */
function addMitigation(
  phases: readonly DraftPhase[],
  riskId: string,
  facts: Facts,
): readonly DraftPhase[] {
  const risk = facts.analyses.risk?.risks.find(({ id }) => id === riskId);
  if (!risk) return phases;
  const homes = homesOf(phases);
  const touched = new Set(risk.sources.flatMap((source) => idsIn(source)));
  const at = Math.min(...[...touched].flatMap((id) => homes.get(id) ?? []));
  const phase = phases[at];
  const built = phase ? ownTasks(phase, at, homes) : [];
  return insert(phases, phase ? at : 0, {
    key: `review:${riskId}`,
    title: deedAgainst(risk),
    details: mitigationDetails(risk),
    ids: [normalId(riskId)],
    needs: built.filter(({ ids }) => ids.some((id) => touched.has(id))).map(({ key }) => key),
    effort: undefined,
    origin: "review",
  });
}

import type { FilePlace } from "../../core/place.ts";
import type { Dependency, Phase, Plan } from "../../plan/model.ts";
import type { AnalysedPlan } from "../input.ts";
import {
  namesNothing,
  outputsAmong,
  outputsByTask,
  outputsOf,
  tiesBetween,
  type Tie,
} from "../measure/shared-files.ts";
import { counted, named } from "../phrases.ts";
import type { Opportunity, PlanState } from "./opportunity.ts";

/** Keys of tasks by their phase. */
function tasksByPhase({ phases, tasks }: Plan): ReadonlyMap<string, readonly string[]> {
  const byPhase = new Map(phases.map(({ key }): [string, string[]] => [key, []]));
  for (const { key, phase } of tasks) byPhase.get(phase ?? "")?.push(key);
  return byPhase;
}

/** A tie as a dependency that the plan would state. */
const dependencyOf = ({ from, to, resource, uses }: Tie): Dependency => ({
  dependency: from,
  dependent: to,
  origin: "explicit",
  strength: "hard",
  place: uses[1].place,
  reason: resource,
});

const tiedTasks = (ties: readonly Tie[]): readonly string[] => [
  ...new Set(ties.map(({ to }) => to)),
];

/**
 * Phases that wait for the one before only because it stands before: each run beside it, what ties their tasks declared as
 * dependencies. Then all barriers at once.
 */
export function phaseOpportunities(plan: AnalysedPlan): readonly Opportunity[] {
  const { phases } = plan.plan;
  const outputs = outputsByTask(outputsOf(plan.uses));
  const tasks = tasksByPhase(plan.plan);
  const pairs = phases.flatMap((phase) =>
    phase.startsWhen.length > 0
      ? []
      : phase.after.flatMap(({ phase: before, origin, place }) => {
          const other = phases.find(({ key }) => key === before);
          return origin === "barrier" && other ? [{ phase, other, place }] : [];
        }),
  );
  const single = pairs.map(({ phase, other, place }): Opportunity => {
    const [first, second] = [tasks.get(other.key) ?? [], tasks.get(phase.key) ?? []];
    const ties = tiesBetween(outputsAmong(outputs, second), new Set(first), new Set(second));
    const doubt = cautionOf(plan, [...first, ...second]);
    return {
      kind: "overlap-phases",
      deed: `Let phase ${phase.key} run beside phase ${other.key}`,
      because: reasonOf(plan.plan, { first, second, ties }),
      ...doubt,
      places: [place, ...placesOfTies(ties)],
      lines: 1 + tiedTasks(ties).length + doubt.unproven,
      effort: "plan",
      change: (state) => besides(state, phase.key, other.key, ties.map(dependencyOf)),
    };
  });
  return pairs.length < 2 ? single : [...single, allDeclared(plan)];
}

const placesOfTies = (ties: readonly Tie[]): readonly FilePlace[] =>
  ties.slice(0, 2).flatMap(({ uses }) => uses.map(({ place }) => place));

function reasonOf(
  plan: Plan,
  {
    first,
    second,
    ties,
  }: { first: readonly string[]; second: readonly string[]; ties: readonly Tie[] },
): string {
  const [before, after] = [new Set(first), new Set(second)];
  const said = plan.dependencies.filter(
    ({ dependency, dependent }) => before.has(dependency) && after.has(dependent),
  );
  const shared = [...new Set(ties.map(({ resource }) => resource))];
  const files =
    shared.length === 0
      ? "no file that is written in one is named in the other"
      : `${named(shared, 3)} ${shared.length === 1 ? "ties" : "tie"} ${counted(tiedTasks(ties).length, "task")}, which would say so`;
  const leads =
    said.length === 0
      ? "no dependency leads"
      : counted(said.length, "dependency leads", "dependencies lead");
  return `${leads} from one into the other; ${files}`;
}

function cautionOf(
  plan: AnalysedPlan,
  keys: readonly string[],
): Pick<Opportunity, "unproven" | "caution"> {
  const silent = keys.filter((key) => namesNothing(plan.uses, key));
  if (silent.length === 0) return { unproven: 0 };
  return {
    unproven: silent.length,
    caution: `${silent.length} of ${keys.length} tasks name nothing they touch, so ties between them can't be seen: ${named([...silent], 4)}`,
  };
}

/** The phase waits for what the other one waits for; what waited for it waits for both. */
function besides(
  state: PlanState,
  key: string,
  before: string,
  ties: readonly Dependency[],
): PlanState {
  const { plan } = state;
  const other = plan.phases.find((phase) => phase.key === before);
  const phases = plan.phases.map((phase): Phase => {
    const barrier = phase.after.find(({ phase: to, origin }) => to === key && origin === "barrier");
    if (barrier) return { ...phase, after: [...phase.after, { ...barrier, phase: before }] };
    if (phase.key !== key) return phase;
    const kept = phase.after.filter(
      ({ phase: to, origin }) => to !== before || origin !== "barrier",
    );
    return { ...phase, after: [...kept, ...(other?.after ?? [])] };
  });
  return { ...state, plan: { ...plan, phases, dependencies: [...plan.dependencies, ...ties] } };
}

function allDeclared(plan: AnalysedPlan): Opportunity {
  const { phases } = plan.plan;
  const outputs = outputsByTask(outputsOf(plan.uses));
  const tasks = tasksByPhase(plan.plan);
  const seen = new Set<string>();
  const ties = phases.flatMap(({ key }) => {
    const own = tasks.get(key) ?? [];
    const found = tiesBetween(outputsAmong(outputs, own), seen, new Set(own));
    for (const task of own) seen.add(task);
    return found;
  });
  const shared = new Set(ties.map(({ resource }) => resource)).size;
  const doubt = cautionOf(plan, [...seen]);
  return {
    kind: "declare-dependencies",
    deed: "Start each task when what it waits for is done, in place of whole phases",
    because: `${counted(ties.length, "tie")} over ${counted(shared, "file")} between phases become dependencies, beside the ${plan.plan.dependencies.length} that the plan states`,
    ...doubt,
    places: [...phases.slice(1, 3).map(({ place }) => place), ...placesOfTies(ties)],
    lines: phases.length - 1 + tiedTasks(ties).length + doubt.unproven,
    effort: "architecture",
    change: (state) => ({
      ...state,
      plan: {
        ...state.plan,
        phases: state.plan.phases.map((phase) => ({
          ...phase,
          after: phase.after.filter(({ origin }) => origin !== "barrier"),
        })),
        dependencies: [...state.plan.dependencies, ...ties.map(dependencyOf)],
      },
    }),
  };
}

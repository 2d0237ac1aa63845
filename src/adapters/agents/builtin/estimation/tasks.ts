import { counted } from "../../../../spec/scores/score.ts";
import { quoteOf } from "../analysis/evidence.ts";
import type { Link } from "../analysis/links.ts";
import { subjectsOf } from "../analysis/subjects.ts";
import type { PlacedDemand, Surroundings } from "../analysis/surroundings.ts";
import { criteriaFor, scenariosFor } from "../requirements/acceptance.ts";
import { deedOf } from "../text/deed.ts";
import { foundation, joined } from "./foundation-phase.ts";
import { taskId, type Context, type PhaseWithTasks, type Task } from "./planned-task.ts";
import { verification } from "./verification-phase.ts";
import { estimateOf } from "./effort.ts";
import { sizeOf } from "./functional-size.ts";
import type { PhaseDraft } from "./phases.ts";
import { HOURS_PER_CFP } from "./sizing-constants.ts";

/** A demand with a way to verify it and no open question: its estimate may be narrow. */
const isSettled = (demand: PlacedDemand, around: Surroundings): boolean =>
  !around.spec.clarifications.some(
    ({ within }) => within !== undefined && (within === demand.id || demand.stories[0] === within),
  ) &&
  (scenariosFor(demand, around).length > 0 || criteriaFor(demand, around).length > 0);

function storyTask(
  draft: PhaseDraft,
  id: string,
  after: readonly string[],
  around: Surroundings,
): Task {
  const scenarios = around.scenarios.filter(({ story }) => story === draft.story);
  return {
    id,
    title: `Make ${draft.name} hold end to end${scenarios.length === 0 ? "" : ` (${counted(scenarios.length, "scenario")})`}`,
    requirements: around.demands
      .filter(({ stories }) => draft.story !== undefined && stories.includes(draft.story))
      .map((one) => one.id),
    depends_on: [...after],
    effort_days: estimateOf(Math.max(1, scenarios.length) * HOURS_PER_CFP, scenarios.length > 0),
    size_cfp: 0,
  };
}

/** The task that builds one demand; `taskOf` knows the tasks of demands built before. */
function demandTask(demand: PlacedDemand, id: string, context: Context, before: Before): Task {
  const { around, domain, links } = context;
  const needed = links
    .filter(({ from }) => from === demand.id)
    .flatMap(({ to }) => before.taskOf.get(to) ?? []);
  const modelled = needed.length === 0 && before.modelled.includes(demand.id) ? ["T001"] : [];
  const { cfp } = sizeOf(demand, domain, around);
  return {
    id,
    title: `${demand.id}: ${deedOf(demand.text, subjectsOf(around))}`,
    requirements: [demand.id],
    depends_on: [...new Set([...modelled, ...needed])],
    effort_days: estimateOf(cfp * HOURS_PER_CFP, isSettled(demand, around)),
    size_cfp: cfp,
  };
}

interface Before {
  /** Task by demand, of the tasks planned so far. */
  readonly taskOf: Map<string, string>;
  /** Demands whose data the foundation models. */
  readonly modelled: readonly string[];
}

/** Turn phases into tasks: foundation where phases share entities, one task per demand, verification last. */
export function planTasks(
  context: Context,
  drafts: readonly PhaseDraft[],
): readonly PhaseWithTasks[] {
  const { around, links } = context;
  const base = foundation(context, drafts);
  const before: Before = { taskOf: new Map(), modelled: base?.tasks[0]?.requirements ?? [] };
  let number = base ? 2 : 1;
  const built = drafts.map((draft): PhaseWithTasks => {
    const own = inOrder(draft.demands, links);
    const tasks = own.map((demand) => {
      const task = demandTask(demand, taskId(number++), context, before);
      before.taskOf.set(demand.id, task.id);
      return task;
    });
    const after = around.demands
      .filter(({ stories }) => draft.story !== undefined && stories.includes(draft.story))
      .flatMap((one) => before.taskOf.get(one.id) ?? []);
    if (tasks.length === 0) tasks.push(storyTask(draft, taskId(number++), after, around));
    const scenarios = around.scenarios.filter(({ story }) => story === draft.story);
    const deliverables = [
      ...own.map(({ id, text }) => `${id}: ${quoteOf(text, 100)}`),
      ...scenarios.map(({ source }) => `${source} passes`),
    ];
    return { ...draft, deliverables, tasks };
  });
  const all = joined(base, built);
  const needed = new Set(all.flatMap(({ tasks }) => tasks.flatMap((one) => one.depends_on)));
  const last = all.flatMap(({ tasks }) =>
    tasks.filter(({ id }) => !needed.has(id)).map(({ id }) => id),
  );
  return [...all, verification(context, number, last)];
}

/** Demands of one phase, those that others of it need first; otherwise as in the spec. */
function inOrder(
  demands: readonly PlacedDemand[],
  links: readonly Link[],
): readonly PlacedDemand[] {
  const own = new Map(demands.map((demand) => [demand.id, demand]));
  const needs = new Map<string, string[]>();
  for (const { from, to } of links)
    if (own.has(from) && own.has(to)) needs.set(from, [...(needs.get(from) ?? []), to]);
  const out = new Set<PlacedDemand>();
  const add = (demand: PlacedDemand): void => {
    if (out.has(demand)) return;
    for (const id of needs.get(demand.id) ?? []) {
      const needed = own.get(id);
      if (needed) add(needed);
    }
    out.add(demand);
  };
  for (const demand of demands) add(demand);
  return [...out];
}

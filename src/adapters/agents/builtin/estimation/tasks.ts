import type { Estimate } from "../../../../stage/contracts/shared.ts";
import type { Domain } from "../analysis/domain.ts";
import { quoteOf } from "../analysis/evidence.ts";
import type { Link } from "../analysis/links.ts";
import { isTooling } from "../analysis/tooling.ts";
import type { PlacedDemand, Surroundings } from "../analysis/surroundings.ts";
import { criteriaFor, scenariosFor } from "../requirements/acceptance.ts";
import { capitalize, plain } from "../text/terms.ts";
import { estimateOf } from "./effort.ts";
import { sizeOf } from "./functional-size.ts";
import type { PhaseDraft } from "./phases.ts";
import { ENABLING_HOURS, HOURS_PER_CFP } from "./sizing-constants.ts";

interface Task {
  readonly id: string;
  readonly title: string;
  readonly requirements: string[];
  readonly depends_on: string[];
  readonly effort_days: Estimate;
  /** Functional size; 0 for enabling and verifying work. */
  readonly size_cfp: number;
}

export interface PhaseWithTasks {
  readonly key: string;
  readonly name: string;
  readonly goal: string;
  readonly story: string | undefined;
  readonly deliverables: string[];
  readonly tasks: readonly Task[];
}

interface Context {
  readonly around: Surroundings;
  readonly domain: Domain;
  readonly links: readonly Link[];
}

/** A demand with a way to verify it and no open question: its estimate may be narrow. */
const isSettled = (demand: PlacedDemand, around: Surroundings): boolean =>
  !around.spec.clarifications.some(
    ({ within }) => within !== undefined && (within === demand.id || demand.stories[0] === within),
  ) &&
  (scenariosFor(demand, around).length > 0 || criteriaFor(demand, around).length > 0);

const titleOf = ({ id, text }: PlacedDemand): string => {
  const said = text
    .replace(/^(?:the |le )?(?:system|système) (?:must|shall|doit) (?!not\b)/i, "")
    .replace(/^.{3,40}? (?:must|shall|doit|doivent) (?:be able to|pouvoir) /i, "")
    .replace(/^(?:allow|let|enable|permit) (?:\S+ ){1,2}to /i, "");
  return `${id}: ${capitalize(quoteOf(/^be\b/i.test(said) ? text : said, 90))}`;
};

/** Entities that demands of at least two phases touch: they are modelled once, first. */
function sharedEntities(
  { around, domain }: Context,
  drafts: readonly PhaseDraft[],
): readonly string[] {
  const phaseOf = new Map(
    drafts.flatMap(({ key, demands }) => demands.map(({ id }) => [id, key] as const)),
  );
  return around.spec.entities
    .map(({ line, name }) => ({
      name: plain(name),
      phases: new Set(
        around.demands
          .filter(({ id }) =>
            domain.touched
              .get(id)
              ?.some((topic) => topic.origin === "entity" && topic.line === line),
          )
          .map(({ id }) => phaseOf.get(id)),
      ),
    }))
    .filter(({ phases }) => phases.size >= 2)
    .map(({ name }) => name);
}

function foundation(context: Context, drafts: readonly PhaseDraft[]): PhaseWithTasks | undefined {
  const shared = sharedEntities(context, drafts);
  if (shared.length === 0) return undefined;
  const touching = context.around.demands.filter(({ id }) =>
    context.domain.touched
      .get(id)
      ?.some(({ name }) =>
        shared.some(
          (one) => one.replace(/\W/g, "").toLowerCase() === name.replace(/\W/g, "").toLowerCase(),
        ),
      ),
  );
  return {
    key: "foundation",
    name: "Foundation",
    goal: `Agree on ${shared.join(", ")}, which more than one later phase builds on.`,
    story: undefined,
    deliverables: shared.map((name) => `${name}: fields, rules and storage`),
    tasks: [
      {
        id: "T001",
        title: `${isTooling(context.around) ? "Settle form and place of" : "Model and store"} ${shared.join(", ")}`,
        requirements: touching.map(({ id }) => id),
        depends_on: [],
        effort_days: estimateOf(
          ENABLING_HOURS.project + shared.length * ENABLING_HOURS.entity,
          true,
        ),
        size_cfp: 0,
      },
    ],
  };
}

function storyTask(
  draft: PhaseDraft,
  id: string,
  after: readonly string[],
  around: Surroundings,
): Task {
  const scenarios = around.scenarios.filter(({ story }) => story === draft.story);
  return {
    id,
    title: `Make ${draft.name} hold end to end (${scenarios.length} scenario${scenarios.length === 1 ? "" : "s"})`,
    requirements: around.demands
      .filter(({ stories }) => draft.story !== undefined && stories.includes(draft.story))
      .map((one) => one.id),
    depends_on: [...after],
    effort_days: estimateOf(Math.max(1, scenarios.length) * HOURS_PER_CFP, scenarios.length > 0),
    size_cfp: 0,
  };
}

function verification({ around }: Context, from: number, last: readonly string[]): PhaseWithTasks {
  const { spec, scenarios } = around;
  const work = [
    {
      title:
        scenarios.length > 0
          ? `Run all ${scenarios.length} acceptance scenarios together`
          : "Walk through every requirement with its author",
      hours: Math.max(ENABLING_HOURS.project / 2, scenarios.length * ENABLING_HOURS.scenario),
      ids: around.demands.map(({ id }) => id),
    },
    {
      title: `Measure ${spec.criteria.map(({ id }) => id).join(", ")}`,
      hours: spec.criteria.length * ENABLING_HOURS.criterion,
      ids: spec.criteria.map(({ id }) => id),
    },
    {
      title: `Try the ${spec.edgeCases.length} edge cases`,
      hours: spec.edgeCases.length * ENABLING_HOURS.edgeCase,
      ids: [],
    },
  ].filter(({ hours }) => hours > 0);
  return {
    key: "verification",
    name: "Verification",
    goal: "Show with evidence that the whole holds together, not only its parts.",
    story: undefined,
    deliverables: [
      "Results of all scenarios, measurements and edge cases",
      ...(spec.criteria.length > 0
        ? [`Measured values of ${spec.criteria.length} success criteria`]
        : []),
    ],
    tasks: work.map(({ title, hours, ids }, index) => ({
      id: taskId(from + index),
      title,
      requirements: ids,
      depends_on: [...last],
      effort_days: estimateOf(hours, spec.clarifications.length === 0),
      size_cfp: 0,
    })),
  };
}

const taskId = (number: number): string => `T${String(number).padStart(3, "0")}`;

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
    title: titleOf(demand),
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
  const all = [...(base ? [base] : []), ...built];
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

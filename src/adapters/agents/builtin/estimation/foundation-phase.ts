import { isTooling } from "../analysis/tooling.ts";
import { plain } from "../text/terms.ts";
import { estimateOf } from "./effort.ts";
import type { PhaseDraft } from "./phases.ts";
import type { Context, PhaseWithTasks } from "./planned-task.ts";
import { ENABLING_HOURS } from "./sizing-constants.ts";
import { FOUNDATION } from "./story-homes.ts";

/** How an entity is told that is there already. */
const EXISTS =
  /^\W*(?:existing|already (?:exists|there|stored)|entité existante|déjà existante?)\b/i;

/** Settings in files are changed where they are; nobody stores them anew. */
const SETTINGS =
  /config\w*\s*:|\bconfiguration (?:attributes?|files?)\b|\.(?:json|ya?ml|toml|ini)\b/i;

/**
 * Entities that demands of at least two phases touch, and those that no demand names though all may need them: they are
 * modelled once, first. What is there already is not modelled again.
 */
function sharedEntities(
  { around, domain }: Context,
  drafts: readonly PhaseDraft[],
): readonly string[] {
  const phaseOf = new Map(
    drafts.flatMap(({ key, demands }) => demands.map(({ id }) => [id, key] as const)),
  );
  return around.spec.entities
    .filter(({ name, text }) => !EXISTS.test(plain(text)) && !SETTINGS.test(`${name}: ${text}`))
    .map(({ line, name }) => ({
      name: plain(name).replace(/\s*\([^)]*$/, ""),
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
    .filter(({ phases }) => phases.size !== 1)
    .map(({ name }) => name);
}

/** Model what several phases share; undefined when they share nothing. */
export function foundation(
  context: Context,
  drafts: readonly PhaseDraft[],
): PhaseWithTasks | undefined {
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
    key: FOUNDATION,
    name: "Foundation",
    goal: `Agree on ${shared.join(", ")}, which later phases build on.`,
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

/** The foundation's own demands behind what it models, as one phase. */
export function joined(
  base: PhaseWithTasks | undefined,
  built: readonly PhaseWithTasks[],
): readonly PhaseWithTasks[] {
  const founding = built.find(({ key }) => key === FOUNDATION);
  if (!base || !founding) return [...(base ? [base] : []), ...built];
  return [
    {
      ...base,
      goal: `${base.goal} ${founding.goal}`,
      deliverables: [...base.deliverables, ...founding.deliverables],
      tasks: [...base.tasks, ...founding.tasks],
    },
    ...built.filter((one) => one !== founding),
  ];
}

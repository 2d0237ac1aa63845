import { normalId } from "../../../../stage/checks/ids.ts";
import type { Story } from "../../../../spec/model.ts";
import type { Facts } from "../review/facts.ts";
import { sharedTerms } from "../review/terms.ts";
import { bare, inline, sentence, short } from "./markdown.ts";
import type { PlannedPhase } from "./plan-model.ts";

type Unverified = Omit<PlannedPhase, "verify" | "criteria">;

/**
 * Give each phase what must hold at its end: the acceptance scenarios of the stories finished in it and the success
 * criteria closest to it; what fits no phase is checked at the last one. Nothing else is checked, so a phase without
 * stories says which requirements to look at.
 */
export function withVerification(
  phases: readonly Unverified[],
  facts: Facts,
): readonly PlannedPhase[] {
  const storyPhase = new Map(
    facts.spec.stories.map((story) => [story.id, phaseOfStory(phases, facts, story)]),
  );
  const criterionPhase = new Map(
    facts.spec.criteria.map(({ id, text }) => [
      normalId(id),
      phaseOfCriterion(phases, facts, text, storyPhase),
    ]),
  );
  return phases.map((phase) => {
    const stories = facts.spec.stories.filter(({ id }) => storyPhase.get(id) === phase.number);
    const criteria = facts.spec.criteria.filter(
      ({ id }) => criterionPhase.get(normalId(id)) === phase.number,
    );
    const verify = [
      ...stories.flatMap(scenarioLines),
      ...criteria.map(({ id, text }) => `${normalId(id)}: ${sentence(inline(text))}`),
    ];
    return {
      ...phase,
      criteria: criteria.map(({ id }) => normalId(id)),
      verify: verify.length > 0 ? verify : requirementLines(phase, facts),
    };
  });
}

function scenarioLines(story: Story): readonly string[] {
  const id = normalId(story.id);
  if (story.scenarios.length === 0)
    return story.independentTest === undefined
      ? []
      : [`${id}: ${sentence(inline(short(story.independentTest, 300)))}`];
  return story.scenarios.map(({ number, given, when, then, text }) => {
    const words =
      given !== undefined && then !== undefined
        ? [
            `given ${bare(inline(given))}`,
            when && `when ${bare(inline(when))}`,
            `then ${bare(inline(then))}`,
          ]
            .filter(Boolean)
            .join(", ")
        : inline(text);
    return `${id} scenario ${number}: ${sentence(words)}`;
  });
}

/** A phase that finishes no story: its requirements are looked at one by one. */
const requirementLines = (phase: Unverified, facts: Facts): readonly string[] =>
  [...new Set(phase.tasks.flatMap(({ ids }) => ids))]
    .filter((id) => facts.ids.includes(id))
    .map((id) => `${id} is met: ${sentence(inline(short(facts.textOf(id), 160)))}`);

/** Where most of a story's tasks stand; of equals the last. A story that no task serves: the last phase. */
function phaseOfStory(phases: readonly Unverified[], facts: Facts, story: Story): number {
  const id = normalId(story.id);
  const served = new Set(
    facts.analyses.requirements?.functional
      .filter(({ stories }) => stories.some((other) => normalId(other) === id))
      .map((item) => normalId(item.id)),
  );
  const weight = (exact: boolean) =>
    phases.map(
      ({ tasks }) =>
        tasks.filter(({ ids }) =>
          exact ? ids.includes(id) : ids.some((other) => served.has(other)),
        ).length,
    );
  const named = weight(true);
  return heaviest(phases, named.some((tasks) => tasks > 0) ? named : weight(false));
}

function heaviest(phases: readonly Unverified[], weights: readonly number[]): number {
  let best = { number: phases.at(-1)?.number ?? 1, weight: 0 };
  phases.forEach(({ number }, at) => {
    const weight = weights[at] ?? 0;
    if (weight > 0 && weight >= best.weight) best = { number, weight };
  });
  return best.number;
}

/** Phase of the story or requirement closest to a criterion by its terms. */
function phaseOfCriterion(
  phases: readonly Unverified[],
  facts: Facts,
  text: string,
  storyPhase: ReadonlyMap<string, number>,
): number {
  let best = { number: phases.at(-1)?.number ?? 1, shared: 1 };
  const offer = (words: string, number: number) => {
    const shared = sharedTerms(text, words).length;
    if (shared >= best.shared && shared > 1) best = { number, shared };
  };
  for (const { id, title, narrative } of facts.spec.stories) {
    const number = storyPhase.get(id);
    if (number !== undefined) offer(`${title} ${narrative}`, number);
  }
  for (const phase of phases)
    for (const id of phase.tasks.flatMap(({ ids }) => ids))
      if (facts.ids.includes(id)) offer(facts.textOf(id), phase.number);
  return best.number;
}

import { idsIn, normalId } from "../../../../stage/checks/ids.ts";
import { storiesAbout } from "../analysis/proofs.ts";
import { surroundingsOf } from "../analysis/surroundings.ts";
import type { Story } from "../../../../spec/model.ts";
import type { Facts } from "../review/facts.ts";
import { sharedTerms } from "../review/terms.ts";
import { deedOf } from "./deed.ts";
import { edgeCaseText } from "./edge-case-text.ts";
import { groundworkLines } from "./groundwork-lines.ts";
import { homesOf, ownTasks } from "./home-phases.ts";
import { bare, clause, inline, lowered, sentence, short } from "./markdown.ts";
import type { PlannedPhase } from "./plan-model.ts";
import { showsInUse } from "./shows-in-use.ts";

type Unverified = Omit<PlannedPhase, "verify" | "criteria">;

/** Most answered edge cases listed for trying. */
const EDGE_CASES = 15;

/**
 * Give each phase what must hold at its end, by what it delivers: the entities it models; the acceptance scenarios of the
 * stories finished in it; the success criteria closest to it; the requirements built in it that nothing else checks. What
 * fits no phase, or shows only in use, is looked at in the last one.
 */
export function withVerification(
  phases: readonly Unverified[],
  facts: Facts,
): readonly PlannedPhase[] {
  const homes = homesOf(phases);
  const last = phases.length - 1;
  const storyHome = new Map(
    facts.spec.stories.map((story) => [story.id, homeOfStory(homes, facts, story) ?? last]),
  );
  const around = surroundingsOf(facts.spec);
  const criterionHome = new Map(
    facts.spec.criteria.map(({ id, text }) => {
      const known = [
        ...storiesAbout(text, around).flatMap((story) => storyHome.get(story) ?? []),
        ...provenAt(homes, facts, normalId(id)),
      ];
      const home =
        known.length > 0 ? Math.max(...known) : homeOfCriterion(homes, facts, text, storyHome);
      return [normalId(id), showsInUse(text) ? last : (home ?? last)] as const;
    }),
  );
  return phases.map((phase, at) => {
    const criteria = facts.spec.criteria.filter(({ id }) => criterionHome.get(normalId(id)) === at);
    const groundwork = phase.tasks.filter((task) => !ownTasks(phase, at, homes).includes(task));
    const built = facts.ids.filter((id) => homes.get(id) === at);
    const verify = [
      ...groundworkLines(groundwork, facts),
      ...facts.spec.stories.filter(({ id }) => storyHome.get(id) === at).flatMap(scenarioLines),
      ...criteria.map(({ id, text }) => criterionLine(normalId(id), text)),
      ...built.filter((id) => !isCheckedElsewhere(facts, id)).map(requirementLine(facts)),
      ...(at === last && built.length === 0 ? togetherLines(phases.length, facts) : []),
      ...(phase.tasks.some(({ title }) => /\bedge cases?\b/i.test(title))
        ? edgeCaseLines(facts)
        : []),
    ];
    return {
      ...phase,
      criteria: criteria.map(({ id }) => normalId(id)),
      verify: verify.length > 0 ? verify : fallbackLines(phase, built, facts),
    };
  });
}

const criterionLine = (id: string, text: string): string =>
  showsInUse(text)
    ? `${id} is being measured, since it shows only in use: ${sentence(inline(text))}`
    : `${id}: ${sentence(inline(text))}`;

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

const requirementLine =
  ({ textOf }: Facts) =>
  (id: string): string =>
    `${id} is met: ${sentence(inline(lowered(clause(deedOf(textOf(id)), 200))))}`;

/** A scenario or success criterion checks it, by the dossier; without a dossier nobody knows, and scenarios are enough. */
function isCheckedElsewhere({ analyses, spec }: Facts, id: string): boolean {
  if (!analyses.requirements) return spec.stories.some(({ scenarios }) => scenarios.length > 0);
  const item = analyses.requirements.functional.find((other) => normalId(other.id) === id);
  return (
    item !== undefined &&
    (item.acceptance_criteria.length > 0 || idsIn(item.verification ?? "").length > 0)
  );
}

function togetherLines(phases: number, { spec }: Facts): readonly string[] {
  const scenarios = spec.stories.reduce((sum, story) => sum + story.scenarios.length, 0);
  return phases > 1 && scenarios > 1
    ? [`All ${scenarios} acceptance scenarios pass in one run, on one build.`]
    : [];
}

function edgeCaseLines({ spec, analyses }: Facts): readonly string[] {
  const answered = (analyses.risk?.edge_cases ?? []).filter(({ handling }) => handling !== null);
  return answered.slice(0, EDGE_CASES).map((item) => `Edge case: ${edgeCaseText(item, spec)}`);
}

/** A phase whose work is all checked elsewhere: what is built in it, or what it does. */
const fallbackLines = (
  phase: Unverified,
  built: readonly string[],
  facts: Facts,
): readonly string[] =>
  built.length > 0
    ? built.map(requirementLine(facts))
    : phase.tasks.map(({ id, title }) => `Task ${id} is done and shown: ${sentence(title)}`);

/** Where most requirements that serve a story are built; of equals the last phase. Undefined when none does. */
function homeOfStory(
  homes: ReadonlyMap<string, number>,
  facts: Facts,
  story: Story,
): number | undefined {
  const id = normalId(story.id);
  const named = homes.get(id);
  const weights = new Map<number, number>();
  for (const item of facts.analyses.requirements?.functional ?? []) {
    const home = homes.get(normalId(item.id));
    if (home !== undefined && item.stories.some((other) => normalId(other) === id))
      weights.set(home, (weights.get(home) ?? 0) + 1);
  }
  return named ?? [...weights].toSorted(([a, x], [b, y]) => y - x || b - a)[0]?.[0];
}

/** Where the requirements are built that a criterion proves, by the dossier. */
const provenAt = (
  homes: ReadonlyMap<string, number>,
  { analyses }: Facts,
  criterion: string,
): readonly number[] =>
  (analyses.requirements?.functional ?? []).flatMap(({ id, verification }) =>
    idsIn(verification ?? "").includes(criterion) ? (homes.get(normalId(id)) ?? []) : [],
  );

/** Where the story or requirement is built that is closest to a criterion by its terms; of equals the first, stories before. */
function homeOfCriterion(
  homes: ReadonlyMap<string, number>,
  facts: Facts,
  text: string,
  storyHome: ReadonlyMap<string, number>,
): number | undefined {
  let best: { readonly at: number; readonly shared: number } | undefined;
  const offer = (words: string, at: number | undefined) => {
    const shared = sharedTerms(text, words).length;
    if (at !== undefined && shared > (best?.shared ?? 1)) best = { at, shared };
  };
  for (const { id, title, narrative } of facts.spec.stories)
    offer(`${title} ${narrative}`, storyHome.get(id));
  for (const id of facts.ids) offer(facts.textOf(id), homes.get(id));
  return best?.at;
}

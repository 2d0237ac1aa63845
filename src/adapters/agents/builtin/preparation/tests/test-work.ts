import type { ProposedWork } from "../../../../../stage/contracts/preparation.ts";
import { idRuns } from "../../synthesis/compact-lists.ts";
import { sentenceList } from "../../synthesis/markdown.ts";
import { plain } from "../../text/terms.ts";
import type { Basis } from "../basis.ts";
import { outsideOf } from "../integrations/outside-systems.ts";
import { WORK } from "../work-ids.ts";
import { idsOf, type Case } from "./draft-case.ts";
import { LEVELS } from "./levels-lexicon.ts";

/** What has to be built before ids can be shown: their demands, and the adapters that those use. */
function builtFor(basis: Basis): (ids: readonly string[]) => string[] {
  const demands = new Set(basis.around.demands.map(({ id }) => id));
  const systems = outsideOf(basis);
  return (ids) => [
    ...new Set([
      ...ids.filter((id) => demands.has(id)).map(WORK.demand),
      ...systems
        .filter(({ requirements }) => requirements.some((id) => ids.includes(id)))
        .map(({ name }) => WORK.adapter(name)),
    ]),
  ];
}

const told = (cases: readonly Case[]): string =>
  cases.length === 1 ? `case ${cases[0]?.id}` : `${cases.length} cases`;

/** Work on cases; none where there are none. Cases without an id are the stories'. */
function workOn(
  cases: readonly Case[],
  {
    id,
    title,
    after,
  }: { readonly id: string; readonly title: string; readonly after: readonly string[] },
  { spec }: Basis,
): ProposedWork[] {
  const [first] = cases;
  if (!first) return [];
  const ids = idsOf(cases);
  return [
    {
      id,
      title,
      builds: LEVELS[first.level].name,
      requirements: ids.length > 0 ? ids : spec.stories.map((one) => one.id),
      depends_on: [...after],
      phase: "quality",
    },
  ];
}

function fixtureWork(
  fixtures: readonly { readonly name: string }[],
  cases: readonly Case[],
  { modules }: Basis,
): ProposedWork[] {
  if (fixtures.length === 0) return [];
  const names = fixtures.map(({ name }) => name);
  const ids = idsOf(cases.filter((one) => one.fixtures.length > 0));
  const stories = ids.filter((id) => id.startsWith("US"));
  return [
    {
      id: WORK.fixtures,
      title: `Write the fixtures: ${sentenceList(names, 6)}`,
      builds: "fixtures",
      requirements: stories.length > 0 ? stories : ids,
      depends_on: [
        WORK.structure,
        ...modules.filter(({ entities }) => entities.length > 0).map(({ name }) => WORK.data(name)),
      ],
      phase: "foundation",
    },
  ];
}

/** The scenarios of each story, when all that they show is built. */
function storyWork(cases: readonly Case[], basis: Basis): ProposedWork[] {
  const built = builtFor(basis);
  return basis.spec.stories.flatMap((story) => {
    const own = cases.filter(({ source }) => source.startsWith(`${story.id}/`));
    const served = basis.around.demands
      .filter(({ stories }) => stories[0] === story.id)
      .map(({ id }) => id);
    const work = {
      id: WORK.scenarios(story.id),
      title: `Automate the scenarios of ${story.id} ${plain(story.title)} (${told(own)})`,
      after: [WORK.fixtures, ...built([...idsOf(own), ...served])],
    };
    return workOn(own, work, basis);
  });
}

const named = (cases: readonly Case[]): string => idRuns(cases.map(({ source }) => source));

/** Success criteria: measured on the whole, or recorded in use. */
function criterionWork(
  cases: readonly Case[],
  ready: readonly string[],
  basis: Basis,
): ProposedWork[] {
  const measured = cases.filter(({ level }) => level === "measurement");
  const used = cases.filter(({ level }) => level === "use");
  const everything = basis.around.demands.map(({ id }) => WORK.demand(id));
  return [
    ...workOn(
      measured,
      {
        id: WORK.measured,
        title: `Measure ${named(measured)} on the whole and improve until the figures hold`,
        after: ready.length > 0 ? ready : everything,
      },
      basis,
    ),
    ...workOn(
      used,
      {
        id: WORK.used,
        title: `Record from the first day on what ${named(used)} need to be judged in use`,
        after: everything,
      },
      basis,
    ),
  ];
}

/** The work on tests: fixtures first, then stories, what no scenario holds, and the criteria. */
export function testWork(
  cases: readonly Case[],
  fixtures: readonly { readonly name: string }[],
  basis: Basis,
): ProposedWork[] {
  const built = builtFor(basis);
  const stories = storyWork(cases, basis);
  const shown = (one: Case): boolean =>
    stories.some(({ id }) => one.source.startsWith(`${id.split("/").at(-1)}/`));
  const loose = cases.filter((one) => !shown(one));
  const edges = loose.filter(({ level }) => level === "acceptance");
  const rules = loose.filter(
    ({ level }) => level === "rules" || level === "store" || level === "contract",
  );
  return [
    ...fixtureWork(fixtures, cases, basis),
    ...stories,
    ...workOn(
      rules,
      {
        id: WORK.rules,
        title: `Complete the cases of rules, store and contract that no scenario holds (${told(rules)})`,
        after: [WORK.fixtures, ...built(idsOf(rules))],
      },
      basis,
    ),
    ...workOn(
      edges,
      {
        id: WORK.edges,
        title: `Automate the answered edge cases and what requirements state by themselves (${told(edges)})`,
        after: [WORK.fixtures, ...built(idsOf(edges))],
      },
      basis,
    ),
    ...criterionWork(
      cases,
      stories.map(({ id }) => id),
      basis,
    ),
  ];
}

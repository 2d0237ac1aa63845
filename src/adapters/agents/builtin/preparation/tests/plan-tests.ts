import type { ProposedWork, TestStrategy } from "../../../../../stage/contracts/preparation.ts";
import { openEdgeCases } from "../../analysis/edge-cases.ts";
import { idRuns } from "../../synthesis/compact-lists.ts";
import { sentenceList } from "../../synthesis/markdown.ts";
import { plain } from "../../text/terms.ts";
import type { Basis } from "../basis.ts";
import { outsideOf } from "../integrations/outside-systems.ts";
import { WORK } from "../work-ids.ts";
import { failureCases, limitCases, notTestable, rightCases, statedCases } from "./derived-cases.ts";
import type { DraftCase } from "./draft-case.ts";
import { fixturesFor, fixturesOf } from "./fixtures.ts";
import { LEVEL_ORDER, LEVELS } from "./levels-lexicon.ts";
import { criterionCases, edgeCases, scenarioCases } from "./stated-cases.ts";

type Case = DraftCase & { readonly id: string; readonly fixtures: readonly string[] };

const criteriaOf = (cases: readonly Case[]): string[] =>
  cases.flatMap(({ source, requirements }) => (requirements.includes(source) ? [source] : []));

/** All cases, numbered in the order of the spec: what it states first, then what its sentences call for. */
function casesOf(basis: Basis): readonly Case[] {
  const stated = [...scenarioCases(basis), ...edgeCases(basis)];
  const rest = [...limitCases(basis), ...rightCases(basis), ...failureCases(basis)];
  const measured = criterionCases(basis);
  const tested = new Set(
    idsOf([...stated, ...measured, ...rest.filter(({ level }) => level === "rules")]),
  );
  const all = [...stated, ...statedCases(basis, tested), ...rest, ...measured];
  return all.map((one, index) => ({
    ...one,
    id: `TC-${String(index + 1).padStart(3, "0")}`,
    fixtures: fixturesFor(one, basis),
  }));
}

const idsOf = (cases: readonly { readonly requirements: readonly string[] }[]): string[] => [
  ...new Set(cases.flatMap(({ requirements }) => requirements)),
];

function workOf(
  cases: readonly Case[],
  fixtures: readonly { name: string }[],
  basis: Basis,
): ProposedWork[] {
  const { around, spec } = basis;
  const demands = new Set(around.demands.map(({ id }) => id));
  const systems = outsideOf(basis);
  const built = (ids: readonly string[]): string[] => [
    ...ids.filter((id) => demands.has(id)).map(WORK.demand),
    ...systems
      .filter(({ requirements }) => requirements.some((id) => ids.includes(id)))
      .map(({ name }) => WORK.adapter(name)),
  ];
  const make = (
    id: string,
    title: string,
    own: readonly Case[],
    after: readonly string[],
  ): ProposedWork[] =>
    own.length === 0
      ? []
      : [
          {
            id,
            title,
            builds: LEVELS[own[0]?.level ?? "acceptance"].name,
            requirements: idsOf(own).length > 0 ? idsOf(own) : spec.stories.map((one) => one.id),
            depends_on: [...after],
            phase: "quality",
          },
        ];
  const at = (level: Case["level"]): readonly Case[] => cases.filter((one) => one.level === level);
  const named = (own: readonly Case[]): string =>
    own.length === 1 ? `case ${own[0]?.id}` : `${own.length} cases`;
  const early = [
    ...at("rules"),
    ...at("store").filter(({ source }) => !source.startsWith("US")),
    ...at("contract"),
  ];
  const storyWork = spec.stories.flatMap((story) => {
    const own = cases.filter(({ source }) => source.startsWith(`${story.id}/`));
    const served = around.demands
      .filter(({ stories }) => stories[0] === story.id)
      .map(({ id }) => id);
    return make(
      WORK.scenarios(story.id),
      `Automate the scenarios of ${story.id} ${plain(story.title)} (${named(own)})`,
      own,
      [WORK.fixtures, ...built([...idsOf(own), ...served])],
    );
  });
  const loose = at("acceptance").filter(({ source }) => !source.startsWith("US"));
  const ready = storyWork.map(({ id }) => id);
  const measured = at("measurement");
  return [
    ...(fixtures.length === 0
      ? []
      : [
          {
            id: WORK.fixtures,
            title: `Write the fixtures: ${sentenceList(
              fixtures.map(({ name }) => name),
              6,
            )}`,
            builds: "fixtures",
            requirements: idsOf(cases.filter((one) => one.fixtures.length > 0))
              .filter((id) => /^(?:US|FR)/.test(id))
              .slice(0, 30),
            depends_on: [
              WORK.structure,
              ...basis.modules
                .filter(({ entities }) => entities.length > 0)
                .map(({ name }) => WORK.data(name)),
            ],
            phase: "foundation" as const,
          },
        ]),
    ...storyWork,
    ...make(
      WORK.rules,
      `Complete the cases of rules, store and contract that no scenario holds (${named(early)})`,
      early,
      [WORK.fixtures, ...built(idsOf(early))],
    ),
    ...make(
      WORK.edges,
      `Automate the answered edge cases and what requirements state by themselves (${named(loose)})`,
      loose,
      [WORK.fixtures, ...built(idsOf(loose))],
    ),
    ...make(
      WORK.measured,
      `Measure ${idRuns(criteriaOf(measured))} on the whole and improve until the figures hold`,
      measured,
      ready.length > 0 ? ready : built([...demands]),
    ),
    ...make(
      WORK.used,
      `Record from the first day on what ${idRuns(criteriaOf(at("use")))} need to be judged in use`,
      at("use"),
      built([...demands]).slice(0, 40),
    ),
  ];
}

/** Test Engineer: levels, a case for all that the spec states, shared fixtures, and what cannot be tested. */
export function planTests(basis: Basis): { test_strategy: TestStrategy } {
  const cases = casesOf(basis);
  const fixtures = fixturesOf(cases, basis);
  // an adapter's failures say nothing about what the requirement itself asks for
  const covered = new Set(idsOf(cases.filter(({ level }) => level !== "contract")));
  const present = LEVEL_ORDER.filter((level) => cases.some((one) => one.level === level));
  const levels = present.length > 0 ? present : (["acceptance"] as const);
  return {
    test_strategy: {
      levels: levels.map((key) => ({
        ...LEVELS[key],
        covers: idsOf(cases.filter(({ level }) => level === key)),
      })),
      cases: cases.map(({ level, systems: _, requirements, fixtures: used, ...one }) => ({
        ...one,
        level: LEVELS[level].name,
        requirements: [...requirements],
        fixtures: [...used],
      })),
      fixtures,
      not_testable: [...notTestable(basis, covered)],
      tasks: workOf(cases, fixtures, basis),
      unknowns: openEdgeCases(basis.around).map(
        ({ text, line }) => `What is expected: ${text} (edge case, line ${line}).`,
      ),
    },
  };
}

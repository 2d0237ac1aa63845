import type { TestStrategy } from "../../../../../stage/contracts/preparation.ts";
import { openEdgeCases } from "../../analysis/edge-cases.ts";
import type { Basis } from "../basis.ts";
import { failureCases, limitCases, notTestable, rightCases, statedCases } from "./derived-cases.ts";
import { fixturesFor, fixturesOf } from "./fixtures.ts";
import { idsOf, type Case } from "./draft-case.ts";
import { LEVEL_ORDER, LEVELS } from "./levels-lexicon.ts";
import { criterionCases, edgeCases, scenarioCases } from "./stated-cases.ts";
import { testWork } from "./test-work.ts";

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
      cases: cases.map(
        ({ id, level, title, given, when, then, requirements, fixtures: used, source }) => ({
          id,
          title,
          given,
          when,
          then,
          source,
          level: LEVELS[level].name,
          requirements: [...requirements],
          fixtures: [...used],
        }),
      ),
      fixtures,
      not_testable: [...notTestable(basis, covered)],
      tasks: testWork(cases, fixtures, basis),
      unknowns: openEdgeCases(basis.around).map(
        ({ text, line }) => `What is expected: ${text} (edge case, line ${line}).`,
      ),
    },
  };
}

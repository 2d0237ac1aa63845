/** Several answers of one contract are read as one, and nothing that any of them says is lost. */
import { expect, test } from "vitest";
import { toJson } from "../../../src/core/json.ts";
import { readAnalyses } from "../../../src/stage/checks/read-analyses.ts";
import { days, estimation } from "./estimation.ts";

test("phases of several estimations add up, second opinions of one phase do not", () => {
  const both = readAnalyses({ a: estimation("1", 2), b: estimation("2", 2) }).estimation;
  expect(both?.phases.map(({ id }) => id)).toEqual(["P1", "P2"]);
  expect(both?.total_effort_days).toEqual({ optimistic: 2, likely: 4, pessimistic: 18 });
  const again = readAnalyses({ a: estimation("1", 2), b: estimation("1", 5) });
  expect(again.estimation?.phases).toHaveLength(1);
  expect(again.estimation?.total_effort_days).toEqual(days(2));
  expect(again.estimations.map(({ total_effort_days: total }) => total.likely)).toEqual([2, 5]);
});

const dossier = (story: string, ids: readonly string[]) =>
  toJson({
    requirements_dossier: {
      functional: ids.map((id) => ({
        id,
        statement: "Borrow",
        priority: "P1",
        stories: [story],
      })),
      unknowns: [story, "how many"],
    },
  });

test("a requirement that several describe is one, with the lists of all", () => {
  const { requirements, partial } = readAnalyses({
    a: dossier("US1", ["FR-001"]),
    b: dossier("US2", ["fr-001", "FR-002"]),
  });
  expect(requirements?.functional.map(({ id, stories }) => [id, stories])).toEqual([
    ["FR-001", ["US1", "US2"]],
    ["FR-002", ["US2"]],
  ]);
  expect(requirements?.unknowns).toEqual(["US1", "how many", "US2"]);
  expect(partial.map(({ role }) => role)).toEqual(["architecture", "risk", "estimation"]);
});

const design = (requirement: string) =>
  toJson({
    architecture_design: {
      components: [{ name: "Shelf", responsibility: "keeps tools", requirements: [requirement] }],
    },
  });

test("a component that several design is one, with the requirements of all", () => {
  const { architecture } = readAnalyses({ a: design("FR-001"), b: design("FR-002") });
  expect(architecture?.components).toMatchObject([{ requirements: ["FR-001", "FR-002"] }]);
});

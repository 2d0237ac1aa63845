/** What a plan says itself of risks stands beside what rules find, in its own words (S3 `risk_management`). */
import { describe, expect, test } from "vitest";
import type { GivenPlanning, GivenRisk } from "../../../../src/schedule/project/given.ts";
import { strategyOn } from "../../../../src/schedule/strategy/make-strategy.ts";
import { listSchedule } from "./list-schedule.ts";
import { DAY, one, person, plainTimeline, project, team } from "./projects.ts";

const PLACE = { file: "plan.json", line: 3, column: 5 };
const given = (more: Partial<GivenRisk> = {}): GivenRisk => ({
  id: "res_001",
  name: "Ann leaves",
  category: "staff",
  activities: ["a", "gone"],
  teams: ["t"],
  signs: ["She looks away"],
  prevention: [],
  response: [],
  place: PLACE,
  ...more,
});

const strategy = (planning: Partial<GivenPlanning>) => {
  const made = {
    ...project({
      activities: { a: { minutes: 5 * DAY, crew: one("sql") }, b: { minutes: 5 * DAY } },
      teams: [team("t", [person("ann", ["sql"]), person("bob", ["js"])])],
      resources: [{ id: "db", kind: "database" }],
    }),
    given: { risks: [], strategies: [], constraints: [], ...planning },
  };
  return strategyOn(made, listSchedule(made), plainTimeline(), { runs: 500 });
};

describe("risks that the plan names", () => {
  test("keep their id and words; what a rule finds gets another number", () => {
    const { risks } = strategy({ risks: [given({ probability: "medium", impact: "high" })] }).risks;
    expect(risks[0]).toMatchObject({
      id: "res_001",
      source: { kind: "given", place: PLACE },
      name: "Ann leaves",
      category: "staff",
      probability: { level: "medium", source: "given" },
      impact: { level: "high" },
      level: "high",
      affected: { activities: ["a"], teams: ["t"] },
      trigger: { kind: "sign", text: "She looks away" },
      owner: "",
    });
    expect(risks[0]?.probability).not.toHaveProperty("value");
    const single = risks.find(
      ({ source }) => source.kind === "derived" && source.rule === "single-person",
    );
    expect(single?.id).toBe("res_002");
    expect(new Set(risks.map(({ id }) => id)).size).toBe(risks.length);
  });

  test("a high one without answers is not covered, one with all is", () => {
    const bare = given({ probability: "high", impact: "high" });
    const whole = given({
      probability: "high",
      impact: "high",
      prevention: ["x"],
      response: ["y"],
      contingency: "z",
      owner: { name: "lead" },
    });
    const before = strategy({}).risks.coverage;
    expect(strategy({ risks: [bare] }).risks.coverage).toMatchObject({
      high: before.high + 1,
      mitigated: before.mitigated,
    });
    expect(strategy({ risks: [whole] }).risks.coverage.mitigated).toBe(before.mitigated + 1);
  });

  test.each([
    [
      "30%",
      "2 days",
      { value: 0.3, level: "medium", source: "given" },
      { minutes: 960, level: "high" },
    ],
    ["0.6", "very low", { value: 0.6, level: "high", source: "given" }, { level: "low" }],
    ["Almost certain", "CRITICAL", { level: "high", source: "given" }, { level: "high" }],
    ["unlikely", "Moderate", { level: "low", source: "given" }, { level: "medium" }],
    ["300%", "blue", { level: "medium", source: "assumed" }, { level: "medium" }],
    [undefined, undefined, { level: "medium", source: "assumed" }, { level: "medium" }],
  ])("likely %j, costs %j", (probability, impact, likelihood, cost) => {
    const risk = given({
      ...(probability !== undefined && { probability }),
      ...(impact !== undefined && { impact }),
    });
    const found = strategy({ risks: [risk] }).risks.risks.find(({ id }) => id === "res_001");
    expect(found?.probability).toStrictEqual(likelihood);
    expect(found?.impact).toMatchObject(cost);
    const told = found?.evidence.map(({ text }) => text) ?? [];
    expect(told[0]).toBe("The plan names it (plan.json:3:5)");
    expect(told.filter((text) => text.includes("medium is taken"))).toHaveLength(
      (likelihood.source === "assumed" ? 1 : 0) +
        (impact === undefined || impact === "blue" ? 1 : 0),
    );
  });
});

test("given strategies come first; ours answer what they do not, one of the same name is one", () => {
  const place = PLACE;
  const own = { description: "d", implementation: [], successMetrics: [], monitoring: "m", place };
  const { risks, strategies } = strategy({
    risks: [given()],
    strategies: [
      { ...own, id: "mit_001", name: "Talk", risks: ["res_001"] },
      { ...own, id: "mine", name: "Resource Scheduling", risks: [] },
    ],
  }).risks;
  expect(strategies.slice(0, 2)).toMatchObject([
    { id: "mit_001", source: "given", name: "Talk", risks: ["res_001"] },
    { id: "mine", source: "given", description: "d", risks: ["res_002"] },
  ]);
  const answered = strategies.flatMap((each) => each.risks).toSorted();
  expect(answered).toEqual(risks.map(({ id }) => id).toSorted());
  expect(new Set(strategies.map(({ id }) => id)).size).toBe(strategies.length);
});

test("a constraint that the plan names is told, used or not", () => {
  const { constraints } = strategy({
    constraints: [
      {
        resource: "db",
        description: "One database",
        impact: "Wait",
        mitigation: "Ask",
        place: PLACE,
      },
    ],
  });
  expect(constraints).toStrictEqual([
    {
      resource: "db",
      source: "given",
      type: "db",
      description: "One database",
      impact: "Wait",
      mitigation: "Ask",
      observed: "No activity is known to use it",
      users: [],
    },
  ]);
});

/** ST-15: the depth tables of S0 §5.2 and S2 §5, one test for each cell: the prompt, what the answer must hold, and the built-in agent. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { Json } from "../../../src/core/json.ts";
import { checkAnswer } from "../../../src/stage/answer.ts";
import { PLANNING } from "../../../src/stage/built-in/planning.ts";
import { PREPARATION } from "../../../src/stage/built-in/preparation.ts";
import { demandText, unmetDemands, type OutputDemand } from "../../../src/stage/depth/demand.ts";
import { levelOf, type Level } from "../../../src/stage/depth/depth.ts";
import { depthsFor } from "../../../src/stage/depth/depth-tables.ts";
import { buildPrompt } from "../../../src/stage/prompts.ts";
import { applyRules } from "../../../src/stage/rules/apply-rules.ts";
import type { StageSpec } from "../../../src/stage/stage-spec.ts";
import { planned } from "../builtin-preparation/chain.ts";
import { circumstances } from "./circumstances.ts";
import { answerOf, type Texts } from "./play.ts";

const FIXTURES = path.resolve(import.meta.dirname, "../../fixtures/specs");
const spec = (name: string) => readFileSync(path.join(FIXTURES, `${name}.md`), "utf8");
const SCORE: Readonly<Record<Level, number>> = { low: 39, medium: 40, high: 71 };

/** As the seeds write them down. */
const S0_5_2 = `
low_complexity: requirements basic, architecture standard, risk basic, estimation ranges_only
medium_complexity: requirements thorough, architecture comprehensive, risk detailed, estimation phased_estimates
high_complexity: requirements exhaustive, architecture with_alternatives, risk comprehensive_mitigations, estimation detailed_breakdown`;
const S2_5 = `
low_complexity: core standard, integrations basic, tests essential, docs minimal
medium_complexity: core thorough, integrations comprehensive, tests detailed, docs standard
high_complexity: core exhaustive, integrations comprehensive, tests exhaustive, docs detailed`;

const cells = (table: string) =>
  [...table.matchAll(/^(low|medium|high)_complexity: (.+)$/gm)].flatMap(
    ([, level = "", row = ""]) =>
      row
        .split(", ")
        .map((cell) => [level as Level, ...(cell.split(" ") as [string, string])] as const),
  );

/** An answer that holds nothing of what a demand asks for, and says nothing about it. */
function bare(demand: OutputDemand): Json {
  const fields = ("list" in demand ? demand.list : demand.each).split(".");
  const items: Json = "list" in demand ? [] : [{ id: "X-1" }];
  return fields.reduceRight<Json>(
    (inner, field, index) => (index === 0 ? { [field]: inner } : [{ [field]: inner }]),
    items,
  );
}

function checkCell(
  stage: StageSpec,
  documents: () => Texts,
  [level, name, word]: readonly [Level, string, string],
): void {
  const { stage: adapted } = applyRules(stage, circumstances({ complexity: SCORE[level] }));
  const role = adapted.roles.find((one) => one.name === name);
  const depth = depthsFor(stage.name)?.[name]?.[level];
  if (!role || !depth) throw new Error(`${stage.name} has no ${name}`);
  expect(role.directions?.depth).toBe(word);
  const prompt = buildPrompt({
    stage: stage.name,
    feature: "X",
    role,
    inputs: {},
    schema: {},
    failures: [],
  });
  expect(prompt).toContain(depth.instruction);
  for (const demand of depth.demands) expect(prompt).toContain(demandText(demand));
  // The built-in agent goes as deep as it is asked to, on a large spec and on one with hardly anything in it.
  const answer = answerOf(adapted, role, "analysis", documents());
  expect(unmetDemands(role.contract, depth.demands, answer)).toEqual([]);
  // An answer that holds nothing of it is refused, and so is asked for again.
  for (const demand of depth.demands)
    expect(unmetDemands(role.contract, [demand], { [role.contract]: bare(demand) })).toHaveLength(
      1,
    );
}

const large = { "spec.md": spec("large") };
let prepared: Texts | undefined;
const asPlanned = () => (prepared ??= planned(spec("large")));

describe("S0 §5.2 depth_by_complexity", () => {
  test.each(cells(S0_5_2))("%s_complexity %s: %s", (...cell) => {
    expect(() => checkCell(PLANNING, () => large, cell)).not.toThrow();
  });

  test("has all of its twelve cells here", () => expect(cells(S0_5_2)).toHaveLength(12));
});

describe("S2 §5 depth_by_complexity", () => {
  test.each(cells(S2_5))("%s_complexity %s: %s", (...cell) => {
    expect(() => checkCell(PREPARATION, asPlanned, cell)).not.toThrow();
  });

  test("has all of its twelve cells here", () => expect(cells(S2_5)).toHaveLength(12));
});

const at = (complexity: number, stated = false) =>
  [PLANNING, PREPARATION].map(
    (stage) =>
      applyRules(
        { ...stage, concurrency: stated ? 7 : stage.concurrency },
        circumstances(
          { complexity },
          {
            stated: { concurrency: stated, timeouts: [], cache: false },
            rules: [],
          },
        ),
      ).stage.concurrency,
  );

test("S0 §5.1 and S2 §5: at once by complexity, where nobody set a number", () => {
  expect([at(39), at(40), at(70), at(71)]).toEqual([
    [4, 4],
    [3, 3],
    [3, 3],
    [2, 2],
  ]);
  expect(at(39, true)).toEqual([7, 7]);
  expect([39, 40, 70, 71].map(levelOf)).toEqual(["low", "medium", "medium", "high"]);
});

describe("demands", () => {
  const demands = [
    { list: "alternatives", atLeast: 2 },
    { each: "risks", has: ["contingency", "mitigation"] },
    { each: "phases.tasks", has: ["requirements"] },
  ];
  const unmet = (root: Json) =>
    unmetDemands("risk_assessment", demands, { risk_assessment: root }).map(
      ({ problem }) => problem,
    );

  test("each deeper level asks for all that the one below it does", () => {
    for (const stage of ["planning", "preparation"])
      for (const levels of Object.values(depthsFor(stage) ?? {})) {
        expect(levels.medium.demands).toEqual(expect.arrayContaining([...levels.low.demands]));
        expect(levels.high.demands).toEqual(expect.arrayContaining([...levels.medium.demands]));
      }
  });

  test("what is missing is named, item by item, also in lists of lists", () => {
    expect(
      unmet({
        risks: [{ id: "R-1", contingency: " " }],
        phases: [{ tasks: [{ id: "T1", requirements: [] }] }],
        unknowns: [],
      }),
    ).toEqual([
      "alternatives: 0 where at least 2 are asked for, and unknowns does not say why",
      'risks: "R-1" has no contingency or mitigation, and unknowns does not name it',
      'phases.tasks: "T1" has no requirements, and unknowns does not name it',
    ]);
  });

  test("saying that there is nothing meets a demand; nothing has to be made up", () => {
    expect(
      unmet({
        risks: [{ id: "R-1" }],
        phases: [{ tasks: [{ id: "T1", requirements: ["FR-1"] }] }],
        unknowns: ["Alternatives: none found.", "R-1: no contingency known."],
      }),
    ).toEqual([]);
  });

  test("an answer that leaves one unmet does not match its contract", () => {
    const answer = { risk_assessment: { risks: [], unknowns: [] } };
    expect(checkAnswer("risk_assessment", answer).ok).toBe(true);
    expect(checkAnswer("risk_assessment", answer, [{ list: "edge_cases", atLeast: 1 }])).toEqual({
      ok: false,
      error: ["edge_cases: 0 where at least 1 is asked for, and unknowns does not say why"],
    });
  });
});

/** ST-14: every rule fires exactly where it should, and every line of the seeds does what it says. */
import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseSpec } from "../../../src/spec/parse-spec.ts";
import { BUILT_IN_STAGES } from "../../../src/stage/built-in/stages.ts";
import { runChecks } from "../../../src/stage/checks/run-checks.ts";
import { buildPrompt } from "../../../src/stage/prompts.ts";
import { ADDITIONS, ADDITION_NAMES } from "../../../src/stage/rules/addition.ts";
import { applyRules, discoveryAskedBy } from "../../../src/stage/rules/apply-rules.ts";
import { BUILT_IN_RULES } from "../../../src/stage/rules/built-in-rules.ts";
import type { Circumstances } from "../../../src/stage/rules/circumstances.ts";
import { LEAST_FREE_BYTES, resourcesOf } from "../../../src/stage/rules/resources.ts";
import type { StageSpec } from "../../../src/stage/stage-spec.ts";
import { planned } from "../builtin-preparation/chain.ts";
import { circumstances } from "./circumstances.ts";
import { play } from "./play.ts";
import { readingsOf } from "./readings.ts";

const { planning, preparation, review, discovery } = BUILT_IN_STAGES;
const STAGES: Readonly<Record<string, StageSpec>> = BUILT_IN_STAGES;
const MACHINE = { freeBytes: 8 * 2 ** 30, totalBytes: 16 * 2 ** 30, cores: 4 };
const SHORT = { limited: true, because: "300 of 2000 MiB free, 1 core", from: "measured" } as const;

const fixture = (name: string) =>
  readFileSync(path.resolve(import.meta.dirname, `../../fixtures/specs/${name}.md`), "utf8");

const firedFor = (stage: StageSpec, about: Circumstances) =>
  applyRules(stage, about).fired.map(({ rule }) => rule);

const whole = (stage: StageSpec) =>
  applyRules(stage, circumstances({ complexity: 81 }, { workflow: "complete" })).stage;

const depths = (stage: StageSpec) => stage.roles.map(({ directions }) => directions?.depth);

const sectionsOf = (stage: StageSpec) => stage.artifacts[0]?.sections ?? [];

const discovers = (scores: Parameters<typeof circumstances>[0]) =>
  discoveryAskedBy("planning", circumstances(scores)).map(({ rule }) => rule);

const headings = (text = "") => [...text.matchAll(/^## (.+)$/gm)].map(([, title]) => title);

const failed = (checks: ReturnType<typeof play>["checks"]) =>
  checks.filter(({ passed, blocking }) => blocking && !passed).flatMap(({ findings }) => findings);

const untouched = ({ quorum, retry, reworkRounds, checks, requires, profile }: StageSpec) => ({
  quorum,
  retry,
  reworkRounds,
  checks,
  requires,
  profile,
});

const adds = (stage: StageSpec, name: keyof typeof ADDITIONS) => {
  expect(sectionsOf(stage)).toContain(ADDITIONS[name].section);
  expect(stage.synthesizer.directions?.sections).toContain(name);
  const prompt = buildPrompt({
    stage: stage.name,
    feature: "X",
    role: stage.synthesizer,
    inputs: {},
    schema: {},
    failures: [],
  });
  expect(prompt).toContain(`section "${ADDITIONS[name].section}": ${ADDITIONS[name].instruction}`);
};

describe("each rule fires exactly where it should", () => {
  type Case = readonly [
    name: string,
    stage: StageSpec,
    just: Circumstances,
    not: readonly Circumstances[],
  ];
  const complete = { workflow: "complete" } as const;
  const cases: readonly Case[] = [
    [
      "planning-high-complexity",
      planning,
      circumstances({ complexity: 71 }),
      [circumstances({ complexity: 70 }), circumstances({ complexity: 80 }, complete)],
    ],
    [
      "planning-high-complexity",
      planning,
      circumstances({ complexity: 81 }, complete),
      [circumstances({ complexity: 80 }, complete)],
    ],
    [
      "planning-low-clarity",
      planning,
      circumstances({ clarity: 39 }),
      [circumstances({ clarity: 40 })],
    ],
    [
      "planning-high-uncertainty",
      planning,
      circumstances({ uncertainty: 71 }),
      [circumstances({ uncertainty: 70 })],
    ],
    ...[planning, preparation, review].map((stage): Case => [
      "workflow-high-complexity",
      stage,
      circumstances({ complexity: 81 }, complete),
      [circumstances({ complexity: 80 }, complete), circumstances({ complexity: 81 })],
    ]),
    [
      "workflow-high-uncertainty",
      planning,
      circumstances({ uncertainty: 71 }, complete),
      [circumstances({ uncertainty: 70 }, complete)],
    ],
    ...[discovery, planning, preparation, review].map((stage): Case => [
      "limited-resources",
      stage,
      circumstances({}, { resources: SHORT }),
      [circumstances()],
    ]),
    [
      "preparation-high-complexity",
      preparation,
      circumstances({ complexity: 71 }),
      [circumstances({ complexity: 70 }), circumstances({ complexity: 80 }, complete)],
    ],
    [
      "preparation-high-debt",
      preparation,
      circumstances({ debt: 71 }),
      [circumstances({ debt: 70 })],
    ],
    [
      "preparation-phased",
      preparation,
      circumstances({}, { implementation: "phased" }),
      [circumstances()],
    ],
  ];

  test.each(cases)("%s", (name, stage, just, not) => {
    expect(firedFor(stage, just)).toContain(name);
    for (const other of not) expect(firedFor(stage, other)).not.toContain(name);
    const rule = BUILT_IN_RULES.find((one) => one.name === name);
    for (const elsewhere of Object.values(STAGES))
      if (rule?.stages?.includes(elsewhere.name) === false)
        expect(firedFor(elsewhere, just)).not.toContain(name);
  });

  test("no rule is left out here, and none fires on a calm day", () => {
    expect(new Set(cases.map(([name]) => name))).toEqual(
      new Set(BUILT_IN_RULES.map(({ name }) => name)),
    );
    for (const stage of Object.values(STAGES)) expect(firedFor(stage, circumstances())).toEqual([]);
  });

  test("a finding says which score, its value, the threshold and where the value comes from", () => {
    const readings = readingsOf({ complexity: 50, clarity: 100, uncertainty: 0, debt: 71 });
    const about = circumstances(
      {},
      { readings: { ...readings, debt: { ...readings.debt, source: "command line" } } },
    );
    expect(applyRules(preparation, about).fired).toMatchObject([
      {
        rule: "preparation-high-debt",
        source: "S2 §7, High Technical Debt",
        on: "debt",
        value: 71,
        is: "above",
        threshold: 70,
        from: "command line",
        changes: [
          { what: "implementation_plan.md", from: "", to: 'section "Refactoring"' },
          { to: 'section "Regression tests"' },
          { to: 'section "Migration phases"' },
          { to: 'section "Documentation rewrite"' },
          { to: 'section "Backwards compatibility"' },
        ],
      },
    ]);
  });
});

describe("every line of the seeds does what it says", () => {
  const high = applyRules(planning, circumstances({ complexity: 71 })).stage;
  const unclear = applyRules(planning, circumstances({ clarity: 39 })).stage;
  const uncertain = applyRules(planning, circumstances({ uncertainty: 71 })).stage;
  const short = applyRules(planning, circumstances({}, { resources: SHORT })).stage;
  const complex = applyRules(preparation, circumstances({ complexity: 71 })).stage;
  const indebted = applyRules(preparation, circumstances({ debt: 71 })).stage;
  const phased = applyRules(preparation, circumstances({}, { implementation: "phased" })).stage;

  test.each<readonly [line: string, holds: () => void]>([
    ["S0 §7.1 concurrency: 2", () => expect(high.concurrency).toBe(2)],
    [
      "S0 §7.1 analysis_depth: exhaustive",
      () =>
        expect(depths(high)).toEqual([
          "exhaustive",
          "with_alternatives",
          "comprehensive_mitigations",
          "detailed_breakdown",
        ]),
    ],
    ["S0 §7.1 iterations: 2", () => expect(high.synthesisIterations).toBe(2)],
    ["S0 §7.1 approval_gates: strict", () => expect(high.gate.strict).toBe(true)],
    [
      "S0 §7.1 review_depth: comprehensive",
      () => expect(high.reviewer.directions?.demands).toHaveLength(2),
    ],
    [
      "S0 §7.2 add_discovery_phase: true",
      () => expect(discovers({ clarity: 39 })).toEqual(["planning-low-clarity"]),
    ],
    ["S0 §7.2 clarification: comprehensive", () => adds(unclear, "clarifications")],
    ["S0 §7.2 validation: extensive", () => adds(unclear, "validation-gates")],
    ["S0 §7.2 iterations: 2+", () => expect(unclear.synthesisIterations).toBeGreaterThanOrEqual(2)],
    ["S0 §7.2 stakeholder_involvement: high", () => adds(unclear, "stakeholders")],
    ["S0 §7.3 add_prototyping: recommended", () => adds(uncertain, "prototypes")],
    ["S0 §7.3 document_assumptions: explicit", () => adds(uncertain, "assumptions")],
    ["S0 §7.3 provide_options: multiple_paths", () => adds(uncertain, "options")],
    [
      "S0 §7.3 risk_analysis: deep",
      () => expect(depths(uncertain)[2]).toBe("comprehensive_mitigations"),
    ],
    ["S0 §7.3 contingency_planning: detailed", () => adds(uncertain, "contingency")],
    [
      "S1 §9.1 concurrency: reduce_to_2",
      () =>
        expect([planning, preparation, review].map((one) => whole(one).concurrency)).toEqual([
          2, 2, 2,
        ]),
    ],
    [
      "S1 §9.1 timeouts: increase_by_50%",
      () => expect(whole(review).timeouts.agentMs).toBe(review.timeouts.agentMs * 1.5),
    ],
    [
      "S1 §9.1 review_depth: exhaustive",
      () => expect(whole(review).reviewer.directions?.demands).toHaveLength(2),
    ],
    ["S1 §9.1 synthesis_iterations: 2", () => expect(whole(review).synthesisIterations).toBe(2)],
    [
      "S1 §9.1 qa_thoroughness: detailed",
      () => expect(whole(review).qa.directions?.demands).toHaveLength(2),
    ],
    [
      "S1 §9.2 add_discovery_step: true",
      () => expect(discovers({ uncertainty: 71 })).toEqual(["workflow-high-uncertainty"]),
    ],
    ["S1 §9.2 increase_clarification: true", () => adds(uncertain, "clarifications")],
    ["S1 §9.2 add_validation_gates: true", () => adds(uncertain, "validation-gates")],
    ["S1 §9.2 require_examples: true", () => adds(uncertain, "examples")],
    ["S1 §9.2 document_assumptions: explicit", () => adds(uncertain, "assumptions")],
    ["S1 §9.3 use_sequential: true", () => expect(short.order).toBe("sequential")],
    ["S1 §9.3 reduce_concurrency: 1", () => expect(short.concurrency).toBe(1)],
    ["S1 §9.3 enable_caching: aggressive", () => expect(short.cache).toBe("aggressive")],
    [
      "S1 §9.3 simplify_outputs: true",
      () =>
        expect(
          [...short.roles, short.synthesizer].every(({ directions }) => directions?.brief),
        ).toBe(true),
    ],
    [
      "S1 §9.3 skip_optional: true",
      () =>
        expect(short.artifacts.map(({ name }) => name)).toEqual(["plan.md", "planning-summary.md"]),
    ],
    ["S2 §7 high complexity: concurrency: 2", () => expect(complex.concurrency).toBe(2)],
    [
      "S2 §7 high complexity: preparation_depth: exhaustive",
      () =>
        expect(depths(complex)).toEqual(["exhaustive", "comprehensive", "exhaustive", "detailed"]),
    ],
    [
      "S2 §7 high complexity: checkpoints: per_component",
      () => adds(complex, "component-checkpoints"),
    ],
    ["S2 §7 high complexity: testing_rigor: exhaustive", () => adds(complex, "testing-rigor")],
    [
      "S2 §7 high complexity: review_depth: comprehensive",
      () => expect(complex.reviewer.directions?.demands).toHaveLength(2),
    ],
    ["S2 §7 debt: refactoring: extensive", () => adds(indebted, "refactoring")],
    ["S2 §7 debt: testing: full_regression", () => adds(indebted, "regression-tests")],
    ["S2 §7 debt: migration: multi_phase", () => adds(indebted, "migration-phases")],
    ["S2 §7 debt: documentation: complete_rewrite", () => adds(indebted, "documentation-rewrite")],
    [
      "S2 §7 debt: backwards_compatibility: required",
      () => adds(indebted, "backwards-compatibility"),
    ],
    ["S2 §7 phased: break_into_phases: true", () => adds(phased, "increments")],
    ["S2 §7 phased: checkpoint_frequency: high", () => adds(phased, "checkpoints")],
    ["S2 §7 phased: validation: per_phase", () => adds(phased, "phase-validation")],
    ["S2 §7 phased: rollback_planning: enabled", () => adds(phased, "rollback")],
  ])("%s", (_, holds) => {
    expect(holds).not.toThrow();
  });
});

describe("rules only tighten", () => {
  const arbitrary = fc.record({
    stage: fc.constantFrom(...Object.values(STAGES)),
    scores: fc.record({
      complexity: fc.integer({ min: 0, max: 100 }),
      clarity: fc.integer({ min: 0, max: 100 }),
      uncertainty: fc.integer({ min: 0, max: 100 }),
      debt: fc.integer({ min: 0, max: 100 }),
    }),
    limited: fc.boolean(),
    implementation: fc.constantFrom("whole" as const, "phased" as const),
    workflow: fc.constantFrom("stage" as const, "complete" as const),
    concurrency: fc.option(fc.integer({ min: 1, max: 64 })),
    agentMs: fc.option(fc.integer({ min: 1, max: 2 ** 31 - 1 })),
    iterations: fc.integer({ min: 1, max: 5 }),
    cache: fc.constantFrom("off" as const, "normal" as const, "aggressive" as const),
    cacheStated: fc.boolean(),
  });

  test("what the user set is a bound; quorum, retries, checks and what has to be approved stay", () => {
    fc.assert(
      fc.property(arbitrary, (given) => {
        const { concurrency, agentMs } = given;
        const stage: StageSpec = {
          ...given.stage,
          concurrency: concurrency ?? given.stage.concurrency,
          timeouts: { ...given.stage.timeouts, ...(agentMs !== null && { agentMs }) },
          synthesisIterations: given.iterations,
          cache: given.cache,
        };
        const about = circumstances(given.scores, {
          workflow: given.workflow,
          implementation: given.implementation,
          resources: { ...SHORT, limited: given.limited },
          stated: {
            concurrency: concurrency !== null,
            timeouts: agentMs === null ? [] : ["agentMs"],
            cache: given.cacheStated,
          },
        });
        const { stage: after } = applyRules(stage, about);
        if (concurrency !== null) expect(after.concurrency).toBeLessThanOrEqual(concurrency);
        if (agentMs !== null) expect(after.timeouts.agentMs).toBe(agentMs);
        expect(after.synthesisIterations).toBeGreaterThanOrEqual(given.iterations);
        if (given.cache === "off" || given.cacheStated) expect(after.cache).toBe(given.cache);
        expect(untouched(after)).toEqual(untouched(stage));
        expect(after.gate.prompt).toBe(stage.gate.prompt);
        expect(
          after.roles.map(({ name, agent, contract, prompt }) => ({
            name,
            agent,
            contract,
            prompt,
          })),
        ).toEqual(
          stage.roles.map(({ name, agent, contract, prompt }) => ({
            name,
            agent,
            contract,
            prompt,
          })),
        );
        for (const { name, sections } of stage.artifacts.filter(({ required }) => required))
          expect(after.artifacts.find((one) => one.name === name)?.sections).toEqual(
            expect.arrayContaining([...sections]),
          );
        // The same again changes nothing more.
        expect(applyRules(stage, about).stage).toEqual(after);
      }),
      { numRuns: 200 },
    );
  });

  test("a strict gate stays strict", () => {
    const strict = { ...planning, gate: { ...planning.gate, strict: true } };
    expect(applyRules(strict, circumstances()).stage.gate.strict).toBe(true);
  });
});

const said = (mode: "limited" | "ample") =>
  resourcesOf({ ...MACHINE, cores: 1 }, { mode, from: "command line" });

describe("resources", () => {
  const auto = { mode: "auto", from: "configuration" } as const;

  test("short below 1 GiB free or two cores, and it says what was measured", () => {
    expect(resourcesOf(MACHINE, auto)).toEqual({
      limited: false,
      because: "8192 of 16384 MiB free, 4 cores",
      from: "measured",
    });
    expect(resourcesOf({ ...MACHINE, freeBytes: LEAST_FREE_BYTES }, auto).limited).toBe(false);
    expect(resourcesOf({ ...MACHINE, freeBytes: LEAST_FREE_BYTES - 1 }, auto).limited).toBe(true);
    expect(resourcesOf({ ...MACHINE, cores: 1 }, auto)).toMatchObject({
      limited: true,
      because: "8192 of 16384 MiB free, 1 core",
    });
  });

  test("what the user says goes before what is measured", () => {
    expect(said("ample")).toEqual({
      limited: false,
      because: "set to ample",
      from: "command line",
    });
    expect(said("limited").limited).toBe(true);
  });
});

describe("the built-in agents write what rules ask for", () => {
  const worst = circumstances(
    { complexity: 90, clarity: 10, uncertainty: 90, debt: 90 },
    { implementation: "phased" },
  );

  test.each(["large", "unclear", "uncertain", "bike-sharing"])(
    "%s: every section there, with text, and all checks pass",
    (name) => {
      const documents = { "spec.md": fixture(name) };
      const { stage } = applyRules(planning, worst);
      const { artifacts, checks, qa } = play(stage, documents);
      for (const addition of ADDITION_NAMES.filter((one) => ADDITIONS[one].stage === "planning"))
        expect(headings(artifacts["plan.md"])).toContain(ADDITIONS[addition].section);
      expect(failed(checks)).toEqual([]);
      expect(JSON.stringify(qa)).toContain('"item":"plan.md: Contingency"');
    },
    60_000,
  );

  test("preparation: every section, from the plan, the preparations and what was counted", () => {
    const documents = {
      ...planned(fixture("bike-sharing")),
      "debt.json": JSON.stringify({
        value: 90,
        parts: [
          {
            name: "untested-source",
            counted: "0 test lines for 900 source lines",
            weight: 30,
            share: 1,
          },
          { name: "missing-basics", counted: "without CI", weight: 20, share: 0 },
        ],
        longFiles: ["src/all.ts (900 lines)"],
      }),
    };
    const { stage } = applyRules(preparation, worst);
    const { artifacts, checks } = play(stage, documents);
    const text = artifacts["implementation_plan.md"];
    for (const addition of ADDITION_NAMES.filter((one) => ADDITIONS[one].stage === "preparation"))
      expect(headings(text)).toContain(ADDITIONS[addition].section);
    expect(text).toContain("0 test lines for 900 source lines");
    expect(text).toContain("src/all.ts (900 lines)");
    expect(text).not.toContain("without CI");
    expect(failed(checks)).toEqual([]);
  }, 60_000);

  test("a plan without a section that a rule asks for does not pass its checks", () => {
    const spec = fixture("bike-sharing");
    const plain = play(planning, { "spec.md": spec });
    const input = { ...plain, spec: parseSpec("spec.md", spec), documents: {} };
    expect(failed(runChecks({ ...input, stage: planning }))).toEqual([]);
    const { stage } = applyRules(planning, circumstances({ uncertainty: 71 }));
    expect(failed(runChecks({ ...input, stage }))).toContain(
      'plan.md has no section "Contingency".',
    );
  });
});

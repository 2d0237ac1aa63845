/** The synthesizer of planning writes its artifacts (ST-09, PL-03). */
import { describe, expect, test } from "vitest";
import { reviewAnalyses } from "../../../src/adapters/agents/builtin/review/review-analyses.ts";
import { synthesizePlan } from "../../../src/adapters/agents/builtin/synthesis/synthesize-plan.ts";
import { toJson, type Json } from "../../../src/core/json.ts";
import { parseSpec } from "../../../src/spec/parse-spec.ts";
import { PLANNING } from "../../../src/stage/built-in/planning.ts";
import { coverageOf } from "../../../src/stage/checks/coverage.ts";
import { sectionNamed } from "../../../src/stage/checks/read-markdown.ts";
import { readPlan } from "../../../src/stage/checks/read-plan.ts";
import { runChecks } from "../../../src/stage/checks/run-checks.ts";
import { reviewSummary, synthesis } from "../../../src/stage/contracts/leading.ts";
import { decideConflicts } from "../../../src/stage/decide-conflicts.ts";
import { ANALYSES, ESTIMATION, inputsOf, RISK, SPEC } from "./example.ts";

const write = (
  analyses: Readonly<Record<string, Json>> = ANALYSES,
  more: Readonly<Record<string, Json | string>> = {},
) => {
  const review = reviewAnalyses(inputsOf(SPEC, analyses));
  const inputs = inputsOf(SPEC, analyses, { "review.json": review, ...more });
  const { artifacts } = synthesis.parse(synthesizePlan(inputs));
  return {
    plan: artifacts["plan.md"] ?? "",
    summary: artifacts["planning-summary.md"] ?? "",
    artifacts,
    review,
  };
};

/** With two statements of which only a person can say which counts. */
const CONTRADICTING = {
  ...ANALYSES,
  risk: {
    risk_assessment: {
      risks: [
        {
          ...RISK.risk_assessment.risks[0],
          category: "contradiction",
          description:
            "Who waters is secret and shown: FR-001 (line 43) says “secret”, FR-002 (line 44) says “shown”.",
        },
      ],
    },
  },
};

test("a conflict that a person decided at the gate stands in the plan with the decision; what can't be decided is not done", () => {
  const before = write(CONTRADICTING);
  expect(before.plan).toMatch(/\*\*C-1: .*\(high, escalated\)/);
  expect(before.summary).toContain("**Decide**");
  const { review_summary: review } = reviewSummary.parse(before.review);
  const left = review.conflicts.filter(({ fate }) => fate === "escalated");
  const settled = review.conflicts.find(({ fate }) => fate !== "escalated")?.id ?? "none";
  const text = [...left.map(({ id }) => `${id}: it is *shown*`), "C-99: x", `${settled}: no`].join(
    "\n",
  );
  const decided = decideConflicts({ review, decided: [] }, { by: "Ada", text });
  const inputs = (previous: string, rework: string) => ({
    "review.json": toJson({ review_summary: decided.review }),
    "rework.json": [rework],
    "previous/plan.md": previous,
  });
  const first = inputs(before.plan, text);
  const after = write(CONTRADICTING, first);
  expect(after.plan).toMatch(
    /\*\*C-1: .*\(high, reconciled\)\*{0,2}\n\n(?:- .*\n)+- Settled: Decided by Ada at the gate: it is \\\*shown\\\*\./,
  );
  expect(after.plan).toContain("— recorded as the decision of C-1");
  expect(after.summary).not.toContain("**Decide**");
  const answer = synthesis.parse(synthesizePlan(inputsOf(SPEC, CONTRADICTING, first)));
  expect(answer.not_done).toEqual([
    "“C-99: x”: not applied: the review has no conflict C-99",
    `“${settled}: no”: not applied: ${settled} is not left to people; say what to change instead`,
  ]);
  // The next round carries it on.
  const next = write(CONTRADICTING, inputs(after.plan, "note: thanks"));
  expect(next.plan).toContain("— recorded as the decision of C-1");
});

/** The original plan tool's regexes. */
const ORIGINAL = {
  phase: /^##\s+Phase\s+(\d+):\s*(.+)$/gm,
  task: /^-\s+\[([ x])\]\s+(\d+\.\d+(?:\.\d+)?)\s+(.+)$/gm,
  depends: /\(depends:\s*([\d., ]+)\)/gi,
  verify: /^\*\*VERIFY Phase (\d+):\*\*$/gm,
};

describe("plan.md", () => {
  test("is read by the original tool's grammar, nothing lost", () => {
    const { plan } = write();
    const tasks = [...plan.matchAll(ORIGINAL.task)].map(([, , id]) => id);
    expect([...plan.matchAll(ORIGINAL.phase)].map(([, number]) => number)).toEqual(["1", "2"]);
    expect([...plan.matchAll(ORIGINAL.verify)].map(([, number]) => number)).toEqual(["1", "2"]);
    expect(tasks).toEqual(readPlan(plan).tasks.map(({ id }) => id));
    expect([...plan.matchAll(ORIGINAL.depends)].map(([, ids]) => ids)).toEqual([
      "1.1",
      "1.1",
      "1.3",
      "1.2",
    ]);
  });

  test("passes every blocking check", () => {
    const { artifacts, review } = write();
    const results = runChecks({
      spec: parseSpec("spec.md", SPEC),
      artifacts,
      stage: PLANNING,
      documents: {},
      analyses: ANALYSES,
      review,
    });
    expect(results.filter(({ passed, blocking }) => blocking && !passed)).toEqual([]);
  });

  test("does what the review decided: needed work first, missing and mitigating tasks without estimates", () => {
    const lines = write()
      .plan.split("\n")
      .filter((line) => /^- \[ \] \d/.test(line));
    expect(lines).toEqual([
      "- [ ] 1.1 Take slots (FR-001) [1.5/3/6 days]",
      "- [ ] 1.2 Refuse taken slots (FR-002) (depends: 1.1) [0.5/1/2 days]",
      "- [ ] 1.3 Fetch the forecast (FR-003) (depends: 1.1) [1/2/4 days]",
      "- [ ] 1.4 Warn of frost (FR-004) (depends: 1.3) [1/2/4 days]",
      "- [ ] 1.5 Let the database hold one owner per slot (R-001) (depends: 1.2) [not estimated] — added by the review",
      "- [ ] 2.1 Delete old waterings (FR-005) [0.5/1/2 days]",
      "- [ ] 2.2 Let a gardener export the calendar (FR-006) [not estimated] — added by the review",
    ]);
  });

  test("text of the spec comes to life neither as HTML nor as link nor as table cell", () => {
    const { plan, summary } = write();
    for (const text of [plan, summary]) {
      expect(text).not.toMatch(/<b>|javascript:/);
      expect(text).not.toMatch(/^\|.*forecast \| once/m);
    }
    expect(plan).toContain('c1["Slot #34;Book#34;"]');
  });
});

const points = { optimistic: 1, likely: 1, pessimistic: 1 };
const work = (title: string, requirements: readonly string[]) => ({
  title,
  requirements,
  effort_days: points,
});

const verify = (plan: string, phase: number) =>
  (sectionNamed(plan, `Phase ${phase}: ${phase === 1 ? "Foundation" : "Verification"}`)?.body ?? "")
    .split("VERIFY")[1]
    ?.split("\n")
    .filter((line) => line.startsWith("- [ ]"));

describe("what a phase must show", () => {
  const [first, second] = ESTIMATION.project_estimation.phases;
  const estimation = (last: readonly string[]): Json =>
    toJson({
      project_estimation: {
        ...ESTIMATION.project_estimation,
        phases: [
          {
            ...first,
            id: "P0",
            name: "Foundation",
            tasks: [{ ...work("Model and store Slot", ["FR-001", "FR-002"]), id: "E0" }],
          },
          first,
          second,
          {
            ...second,
            id: "P3",
            name: "Verification",
            tasks: [
              {
                ...work("Run all scenarios together", ["FR-001", "FR-002", "FR-003", "FR-004"]),
                id: "E9",
                depends_on: last,
              },
            ],
          },
        ],
      },
    });
  test("groundwork shows the entities by the spec's definition, not the requirements it prepares", () => {
    expect(verify(write({ ...ANALYSES, estimation: estimation([]) }).plan, 1)).toEqual([
      "- [ ] Slot can be stored and read with date, bed and gardener.",
    ]);
  });

  test("verification runs all scenarios", () => {
    expect(verify(write({ ...ANALYSES, estimation: estimation(["E1"]) }).plan, 4)).toContain(
      "- [ ] All 3 acceptance scenarios pass in one run, on one build.",
    );
  });
});

const mitigated = (mitigation: string, sources: readonly string[]) => {
  const [risk] = RISK.risk_assessment.risks;
  const risks = [{ ...risk, category: "money", mitigation, sources }];
  return write({ ...ANALYSES, risk: { risk_assessment: { risks } } });
};

describe("a risk's mitigation", () => {
  test("stands in the phase that builds what it touches, its parts below the deed", () => {
    const { plan } = mitigated(
      "Test what the spec already asks for: booking once (FR-001). Missing in the spec: state the largest amount.",
      ["FR-005 (line 47)"],
    );
    expect(sectionNamed(plan, "Phase 2: Forecast and upkeep")?.body).toContain(
      [
        "Book every amount exactly once (R-001) (depends: 2.1) [not estimated] — added by the review",
        "  - Test: booking once.",
        "  - Not in the specification; agree with its author, then do: state the largest amount.",
      ].join("\n"),
    );
  });

  test("in other words is the title, cut where a clause ends", () => {
    const long = `Let the database hold one owner per slot, ${"and tell the others who has it ".repeat(5)}`;
    expect(mitigated(long, ["FR-002"]).plan).toContain(
      "Let the database hold one owner per slot (R-001)",
    );
  });
});

describe("when an analysis is partial", () => {
  const partial = { simplified: true, known: [], missing: [], reason: "it timed out" };

  test.each(["requirements", "architecture", "risk", "estimation"] as const)("%s", (role) => {
    const analyses = { ...ANALYSES, [role]: partial };
    const { plan, summary, artifacts, review } = write(analyses);
    expect(summary).toContain(`| Missing | ${role} analysis |`);
    expect(plan).toContain(`The ${role} analysis is partial (it timed out)`);
    const spec = parseSpec("spec.md", SPEC);
    expect(coverageOf(spec, plan).notCovered).toEqual([]);
    const failed = runChecks({ spec, artifacts, stage: PLANNING, documents: {}, analyses, review });
    expect(failed.filter(({ passed, blocking }) => blocking && !passed)).toEqual([]);
  });

  test("without an estimation no figure is invented", () => {
    const { plan, summary } = write({ ...ANALYSES, estimation: partial });
    expect(plan).not.toMatch(/[\d.]+\/[\d.]+\/[\d.]+ days/);
    expect(summary).toContain("| Size | not estimated; 6 tasks");
  });

  test("with nothing but the spec there is still a plan, and it says what it lacks", () => {
    const { plan, summary } = write({});
    expect(readPlan(plan).tasks).toHaveLength(6);
    expect(summary).toContain(
      "| Missing | requirements, architecture, risk, estimation analysis |",
    );
  });
});

const requested = (plan: string) => sectionNamed(plan, "Requested changes")?.body ?? "";

describe("rework", () => {
  test("what rules understand is applied, the rest is recorded and said not to be", () => {
    const { plan, summary } = write(ANALYSES, {
      "rework.json": [
        "note: Talk to *Ana* first\nassumption: Phones have reception",
        "exclude FR-006: not this year",
        "owner of R-001: Ben",
        "question: Who pays?",
        "Make it pop",
      ],
    });
    expect(requested(plan)).toContain("“Talk to".replace("Talk", "note: Talk"));
    expect(requested(plan)).toMatch(/“Make it pop” — not applied: rules can't make this change/);
    expect(sectionNamed(plan, "Assumptions")?.body).toContain("Phones have reception.");
    expect(sectionNamed(plan, "Not covered")?.body).toContain("FR-006: not this year.");
    expect(plan).not.toMatch(/^- \[ \].*FR-006/m);
    expect(sectionNamed(plan, "Risk assessment")?.body).toContain("| Ben |");
    expect(sectionNamed(plan, "Open questions")?.body).toContain("Who pays?");
    expect(summary).toContain("Left out of this plan: FR-006 (not this year).");
    expect(summary).toContain("7 of 8; 1 named as not covered");
  });

  test("a person's request survives later rounds, word for word", () => {
    const first = write(ANALYSES, {
      "rework.json": ["note: keep [this] *exactly* | so", "exclude FR-006: later"],
    });
    const second = write(ANALYSES, {
      "rework.json": ["FR-001 is neither addressed in plan.md nor named as not covered."],
      "previous/plan.md": first.plan,
    });
    expect(requested(second.plan)).toBe(requested(first.plan));
    expect(second.plan).toContain("FR-006: later.");
  });

  test("broken rework is no reason to fail", () => {
    expect(requested(write(ANALYSES, { "rework.json": "{" }).plan)).toBe("");
  });
});

test("the same inputs give the same bytes", () => {
  expect(write().artifacts).toEqual(write().artifacts);
});

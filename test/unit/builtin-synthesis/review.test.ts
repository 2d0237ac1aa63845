/** The reviewer of planning reconciles the analyses (ST-08). */
import { describe, expect, test } from "vitest";
import { reviewAnalyses } from "../../../src/adapters/agents/builtin/review/review-analyses.ts";
import type { Json } from "../../../src/core/json.ts";
import { readReview } from "../../../src/stage/checks/read-analyses.ts";
import {
  ANALYSES,
  ARCHITECTURE,
  ESTIMATION,
  inputsOf,
  REQUIREMENTS,
  RISK,
  SPEC,
} from "./example.ts";

const review = (analyses: Readonly<Record<string, Json>>, spec = SPEC) => {
  const read = readReview(reviewAnalyses(inputsOf(spec, analyses)));
  if (!read) throw new Error("not in the contract's form");
  return read;
};
const topics = (analyses: Readonly<Record<string, Json>>, spec = SPEC) =>
  review(analyses, spec).conflicts.map(
    ({ topic, fate, severity }) => `${topic} [${severity}, ${fate}]`,
  );

const asked = (spec: string) =>
  review(ANALYSES, spec).open_questions.map(({ question, blocking }) => [question, blocking]);

const withRequirement = (requirement: string, assumption: string) =>
  SPEC.replace("- **FR-006**", `- **FR-007**: ${requirement}\n- **FR-006**`).replace(
    "## Assumptions\n",
    `## Assumptions\n\n- ${assumption}`,
  );

describe("the four analyses of one spec", () => {
  test("disagreements are named with their fates", () => {
    expect(topics(ANALYSES)).toEqual([
      "A clarification and a requirement state different figures [high, escalated]",
      "Requirements missing from the dossier [high, reconciled]",
      "FR-004 is scheduled before FR-003, which it needs [high, reconciled]",
      "Requirements that no task implements [medium, reconciled]",
      "Requirements that no component carries [medium, noted]",
      "High risks whose mitigation is nobody's task [medium, reconciled]",
    ]);
  });

  test("each says who said what", () => {
    const order = review(ANALYSES).conflicts.find(({ topic }) => topic.startsWith("FR-004"));
    expect(order?.statements).toEqual([
      { source: "requirements", statement: "FR-004 needs FR-003 first." },
      {
        source: "estimation",
        statement:
          'FR-004 starts in "Phase 1: Watering and warnings", FR-003 only in "Forecast and upkeep".',
      },
    ]);
    expect(order?.resolution).toContain('"Fetch the forecast" moves');
  });

  test("gaps name what nobody owns or answers", () => {
    expect(review(ANALYSES).gaps.map(({ description }) => description)).toEqual([
      "FR-005 is carried by no component.",
      "FR-006 is carried by no component.",
      "No component owns the entity Forecast; Frost Watch is the closest by its terms.",
      "The component Dashboard carries no requirement: drop it or state what requires it.",
      "The design integrates MeteoPoint (hourly forecast), but no risk says what happens when it fails.",
    ]);
  });

  test("an open clarification in a P2 story asks but does not block, in a P1 story it blocks", () => {
    expect(asked(SPEC)).toEqual([
      ["From which temperature on? (US2, line 27: Frost warning)", false],
      ["How is this handled: The forecast is not available? (edge case)", false],
    ]);
    expect(asked(SPEC.replace("Priority: P2", "Priority: P1"))[0]?.[1]).toBe(true);
  });

  test("a risk with the number of a requirement is not mitigated by that requirement's task", () => {
    expect(review(ANALYSES)["directives"]).toContainEqual({ kind: "mitigate", risk: "R-001" });
  });

  test("analyses that agree have no conflict and a higher score", () => {
    const phase = ESTIMATION.project_estimation.phases[1];
    const agreed = {
      ...ANALYSES,
      requirements: {
        requirements_dossier: {
          ...REQUIREMENTS.requirements_dossier,
          functional: [
            ...REQUIREMENTS.requirements_dossier.functional,
            { id: "FR-006", statement: "Export", priority: "P3", verification: "test" },
          ],
          dependencies: [],
        },
      },
      architecture: {
        architecture_design: {
          components: [
            {
              ...ARCHITECTURE.architecture_design.components[0],
              requirements: ["FR-001", "FR-002", "FR-003", "FR-004", "FR-005", "FR-006"],
              entities: ["Slot", "Forecast"],
            },
          ],
        },
      },
      risk: { risk_assessment: { risks: [RISK.risk_assessment.risks[1]] } },
      estimation: {
        project_estimation: {
          ...ESTIMATION.project_estimation,
          phases: [
            ESTIMATION.project_estimation.phases[0],
            {
              ...phase,
              tasks: [
                ...(phase?.tasks ?? []),
                { ...phase?.tasks[1], id: "E6", requirements: ["FR-006"] },
              ],
            },
          ],
        },
      },
    } as Readonly<Record<string, Json>>;
    expect(topics(agreed, SPEC.replace("6 months", "12 months"))).toEqual([]);
    expect(review(agreed).quality_score).toBeGreaterThan(review(ANALYSES).quality_score);
  });
});

test("what two analysts could not know alike is told once; counted questions not at all", () => {
  const found = review({
    ...ANALYSES,
    requirements: {
      requirements_dossier: {
        ...REQUIREMENTS.requirements_dossier,
        unknowns: ["How FR-005 will be verified: no acceptance scenario or criterion names it."],
      },
    },
    estimation: {
      project_estimation: {
        ...ESTIMATION.project_estimation,
        unknowns: [
          "No acceptance scenario or criterion for FR-005: its extent is a guess.",
          "1 edge case question without an answer.",
          "Team size: not in the spec.",
        ],
      },
    },
  });
  expect(found.gaps.map(({ description }) => description).slice(-2)).toEqual([
    "How FR-005 will be verified: no acceptance scenario or criterion names it.",
    "Team size: not in the spec.",
  ]);
});

describe("what makes planning impossible is critical", () => {
  test("requirements that wait for each other", () => {
    const dossier = REQUIREMENTS.requirements_dossier;
    const circle = {
      requirements_dossier: {
        ...dossier,
        dependencies: [
          ...dossier.dependencies,
          { from: "FR-003", to: "FR-004", reason: "so it says" },
        ],
      },
    };
    const found = review({ ...ANALYSES, requirements: circle }).conflicts.filter(
      ({ severity }) => severity === "critical",
    );
    expect(found).toHaveLength(1);
    expect(found[0]?.fate).toBe("escalated");
    expect(found[0]?.statements[1]?.statement).toContain("FR-004 → FR-003 → FR-004");

    const people = [{ by: "ann", at: "hold review-1", text: "FR-003 goes first" }];
    const settled = reviewAnalyses(
      inputsOf(SPEC, { ...ANALYSES, requirements: circle }, { "people.json": people }),
    );
    expect(readReview(settled)?.conflicts).toContainEqual(
      expect.objectContaining({
        severity: "critical",
        fate: "reconciled",
        resolution: "Decided by ann: FR-003 goes first",
      }),
    );
  });

  test("no requirements analysis; any other may be missing and is a gap", () => {
    const partial = {
      simplified: true,
      known: [],
      missing: ["everything"],
      reason: "it timed out",
    };
    expect(topics({ ...ANALYSES, requirements: partial })).toContain(
      "The requirements analysis is missing [critical, escalated]",
    );
    const without = review({ ...ANALYSES, risk: partial });
    expect(without.conflicts.filter(({ severity }) => severity === "critical")).toEqual([]);
    expect(without.gaps[0]?.description).toBe(
      "The risk analysis is partial (it timed out). Missing: everything.",
    );
  });
});

describe("contradictions inside the spec", () => {
  test("what the risk analyst calls a contradiction needs a decision, not a mitigation task", () => {
    const [risk] = RISK.risk_assessment.risks;
    const description =
      "Who waters is secret and shown: FR-001 (line 43) says “secret”, FR-002 (line 44) says “shown”.";
    const found = review({
      ...ANALYSES,
      risk: { risk_assessment: { risks: [{ ...risk, category: "contradiction", description }] } },
    });
    expect(found.conflicts[0]).toMatchObject({
      topic: "Who waters is secret and shown",
      severity: "high",
      fate: "escalated",
      statements: [
        {
          source: "FR-001 (line 43)",
          statement: "A gardener MUST be able to take a free watering slot",
        },
        {
          source: "FR-002 (line 44)",
          statement: "The system MUST reject a second gardener for a taken slot",
        },
      ],
    });
    expect(found["directives"]).not.toContainEqual({ kind: "mitigate", risk: "R-001" });
  });

  test("statements that only sound alike are left alone", () => {
    const spec = withRequirement(
      "The system MUST show who has a slot",
      "Slots are shown for 2 weeks",
    );
    expect(topics(ANALYSES, spec)).toEqual(
      expect.not.arrayContaining([
        expect.stringContaining("scope"),
        expect.stringContaining("revoked"),
      ]),
    );
  });
});

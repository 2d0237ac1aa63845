/** Whatever the analysts answer within their contracts: no crash, every id accounted for, sound documents. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { judgeQa } from "../../../src/adapters/agents/builtin/qa/judge-qa.ts";
import { reviewAnalyses } from "../../../src/adapters/agents/builtin/review/review-analyses.ts";
import { synthesizePlan } from "../../../src/adapters/agents/builtin/synthesis/synthesize-plan.ts";
import { toJson, type Json } from "../../../src/core/json.ts";
import { parseSpec } from "../../../src/spec/parse-spec.ts";
import { PLANNING } from "../../../src/stage/built-in/planning.ts";
import { runChecks } from "../../../src/stage/checks/run-checks.ts";
import { qaReport, reviewSummary, synthesis } from "../../../src/stage/contracts/leading.ts";
import { inputsOf, SPEC } from "./example.ts";

const NASTY = [
  "|",
  "`",
  '"',
  "]",
  "<script>",
  "](x)",
  "#",
  "*",
  "\n",
  "```",
  "FR-777",
  "depends: 9.9",
  "| Total |",
  "---",
  "\u202e",
  "{{x}}",
  "[Your text]",
];
const words = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom("slot", "frost", "gardener", "take", "warn") },
      { weight: 1, arbitrary: fc.constantFrom(...NASTY) },
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => `a ${parts.join(" ")}`);
const id = fc.constantFrom(
  "FR-001",
  "FR-002",
  "FR-003",
  "FR-004",
  "FR-005",
  "FR-006",
  "FR-099",
  "US1",
  "SC-001",
);
const ids = fc.array(id, { maxLength: 4 });
const texts = fc.array(words, { maxLength: 3 });
const level = fc.constantFrom("low", "medium", "high");
const days = fc
  .tuple(
    fc.integer({ min: 0, max: 40 }),
    fc.integer({ min: 0, max: 40 }),
    fc.integer({ min: 0, max: 40 }),
  )
  .map(([a, b, c]) => {
    const [optimistic = 0, likely = 0, pessimistic = 0] = [a, b, c].toSorted((x, y) => x - y);
    return { optimistic, likely, pessimistic };
  });
type Days = { optimistic: number; likely: number; pessimistic: number };
const sum = (all: readonly Days[]): Days =>
  all.reduce(
    (x, y) => ({
      optimistic: x.optimistic + y.optimistic,
      likely: x.likely + y.likely,
      pessimistic: x.pessimistic + y.pessimistic,
    }),
    { optimistic: 0, likely: 0, pessimistic: 0 },
  );

const dossier = fc.record({
  functional: fc.array(
    fc.record({
      id,
      statement: words,
      priority: fc.constantFrom("P0", "P1", "P2", "P3"),
      stories: fc.array(fc.constantFrom("US1", "US2", "US9")),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  dependencies: fc.array(fc.record({ from: id, to: fc.oneof(id, words), reason: words }), {
    maxLength: 6,
  }),
  open_questions: texts,
  unknowns: texts,
});
const name = fc.constantFrom("Slots", 'The "Frost" [watch]', "A|B", "x`y");
const design = fc.record({
  components: fc.array(
    fc.record({
      name,
      responsibility: words,
      requirements: ids,
      entities: texts,
      depends_on: fc.array(name),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  alternatives: fc.array(
    fc.record({
      topic: words,
      option: words,
      pros: texts,
      cons: texts,
      decision: fc.constantFrom("chosen", "rejected", "open"),
    }),
    { maxLength: 4 },
  ),
  integration_points: fc.array(fc.record({ name: words, purpose: words, requirements: ids }), {
    maxLength: 2,
  }),
});
const risks = fc
  .array(
    fc.record({
      category: fc.constantFrom("privacy", "contradiction"),
      description: words,
      likelihood: level,
      impact: level,
      score: fc.integer({ min: 1, max: 9 }),
      mitigation: words,
      owner: words,
      early_sign: words,
      sources: ids,
    }),
    { maxLength: 5 },
  )
  .map((list) => ({ risks: list.map((risk, index) => ({ id: `R-${index + 1}`, ...risk })) }));
const taskId = fc.integer({ min: 1, max: 12 }).map((number) => `E${number}`);
const estimation = fc
  .array(
    fc.array(
      fc.record({
        title: words,
        requirements: ids,
        depends_on: fc.array(taskId, { maxLength: 3 }),
        effort_days: days,
      }),
      { minLength: 1, maxLength: 4 },
    ),
    { minLength: 1, maxLength: 3 },
  )
  .chain((phases) => fc.record({ words, texts, phases: fc.constant(phases) }))
  .map(({ words: text, texts: list, phases }) => {
    let next = 0;
    const built = phases.map((tasks, index) => ({
      id: `P${index}`,
      name: text,
      goal: text,
      deliverables: list,
      tasks: tasks.map((task) => ({ id: `E${(next += 1)}`, ...task })),
      effort_days: sum(tasks.map(({ effort_days }) => effort_days)),
    }));
    return {
      method: text,
      phases: built,
      total_effort_days: sum(built.map(({ effort_days }) => effort_days)),
      assumptions: list,
      confidence: "low",
      sequencing: list,
    };
  });
const partial = fc.constantFrom<Json>(
  { simplified: true, known: [], missing: [], reason: "a | b" },
  null,
  "text",
);
const analyses = fc.record({
  requirements: fc.oneof(
    { weight: 4, arbitrary: dossier.map((value) => ({ requirements_dossier: value })) },
    { weight: 1, arbitrary: partial },
  ),
  architecture: fc.oneof(
    { weight: 4, arbitrary: design.map((value) => ({ architecture_design: value })) },
    { weight: 1, arbitrary: partial },
  ),
  risk: fc.oneof(
    { weight: 4, arbitrary: risks.map((value) => ({ risk_assessment: value })) },
    { weight: 1, arbitrary: partial },
  ),
  estimation: fc.oneof(
    { weight: 4, arbitrary: estimation.map((value) => ({ project_estimation: value })) },
    { weight: 1, arbitrary: partial },
  ),
});

/** Milliseconds: many documents are written, and the machine may be busy. */
const LONG = 30_000;

const ALLOWED_IDS = /FR-(?:099|777)/;

test(
  "any analyses within their contracts give a plan that passes the checks",
  () => {
    const spec = parseSpec("spec.md", SPEC);
    fc.assert(
      fc.property(analyses, fc.array(words, { maxLength: 2 }), (values, rework) => {
        const given = Object.fromEntries(
          Object.entries(values).map(([role, value]) => [role, toJson(value)]),
        );
        const review = reviewAnalyses(inputsOf(SPEC, given));
        reviewSummary.parse(review);
        const inputs = inputsOf(SPEC, given, { "review.json": review, "rework.json": rework });
        const { artifacts } = synthesis.parse(synthesizePlan(inputs));
        const results = runChecks({
          spec,
          artifacts,
          stage: PLANNING,
          documents: {},
          analyses: given,
          review,
        });
        const failed = results
          .filter(({ passed, blocking }) => blocking && !passed)
          .flatMap(({ findings }) => findings)
          // Made-up ids and template marks in an analyst's prose are the analyst's: QA has to name them.
          .filter((finding) => !ALLOWED_IDS.test(finding) && !/placeholder/.test(finding));
        expect(failed).toEqual([]);
        for (const line of (artifacts["plan.md"] ?? "").split("\n")) {
          const prose = line.replaceAll(/(?<![`\\])`[^`]+`(?!`)/g, "code");
          expect(prose).not.toMatch(/(?<!\\)<script|(?<!\\)\]\(x\)/);
          if (/^ {2}[cpx]\d+[[(]/.test(line))
            expect(line).toMatch(/^ {2}[cpx]\d+(?:\[".*"\]|\(\[".*"\]\))$/);
        }
        qaReport.parse(
          judgeQa({
            ...inputs,
            "checks.json": JSON.stringify(results),
            "artifacts/plan.md": artifacts["plan.md"] ?? "",
          }),
        );
      }),
      { numRuns: 60 },
    );
  },
  LONG,
);

test(
  "any text as inputs is survived",
  () => {
    const anyText = fc.oneof(fc.string(), fc.json(), fc.constant(SPEC));
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(
            "spec.md",
            "analyses/risk.json",
            "analyses/requirements.json",
            "review.json",
            "rework.json",
            "checks.json",
            "previous/plan.md",
            "artifacts/plan.md",
          ),
          anyText,
        ),
        (inputs) => {
          expect(reviewSummary.safeParse(reviewAnalyses(inputs)).success).toBe(true);
          expect(synthesis.safeParse(synthesizePlan(inputs)).success).toBe(true);
          expect(qaReport.safeParse(judgeQa(inputs)).success).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  },
  LONG,
);

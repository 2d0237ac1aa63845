/** What people answer in discovery is not asked again by planning, and what nobody answered is asked once. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { settledInputs } from "../../../src/adapters/agents/builtin/discovery/settle-spec.ts";
import { readDiscovery } from "../../../src/stage/discovery/read-discovery.ts";
import { parseSpec } from "../../../src/spec/parse-spec.ts";
import { answersTo } from "../../../src/stage/discovery/answers-to.ts";
import { DISCOVERY } from "../../../src/stage/built-in/discovery.ts";
import { PLANNING } from "../../../src/stage/built-in/planning.ts";
import { qaReport, reviewSummary, synthesis } from "../../../src/stage/contracts/leading.ts";
import { applyRules } from "../../../src/stage/rules/apply-rules.ts";
import { gateQuestions } from "../../../src/workflows/gate-questions.ts";
import { circumstances } from "./circumstances.ts";
import { answerOf, play } from "./play.ts";

const spec = readFileSync(
  path.resolve(import.meta.dirname, "../../fixtures/specs/export-questions.md"),
  "utf8",
);

const discover = (more: Readonly<Record<string, string>> = {}) => {
  const { artifacts, review, qa, analyses } = play(DISCOVERY, { "spec.md": spec }, more);
  return {
    analyses,
    review,
    text: artifacts["discovery.md"] ?? "",
    asked: reviewSummary.parse(review).review_summary.open_questions.map((one) => one.question),
    qa: qaReport.parse(qa).qa_report,
  };
};

const reworked = (previous: string, said: string) => ({
  "previous/discovery.md": previous,
  "rework.json": JSON.stringify([said]),
});

const planFrom = (discovery: string) => {
  const { stage } = applyRules(PLANNING, circumstances({ clarity: 11, uncertainty: 90 }));
  const { artifacts, review } = play(stage, { "spec.md": spec, "discovery.md": discovery });
  return {
    plan: artifacts["plan.md"] ?? "",
    summary: artifacts["planning-summary.md"] ?? "",
    open: reviewSummary.parse(review).review_summary.open_questions.map((one) => one.question),
  };
};

const ANSWERS = "Q1: CSV and PDF\nq2: 90 days (GDPR)";

test("a question of a marker and of a list is asked once, the same words about two requirements twice, each with its sentence", () => {
  const { text, asked } = discover();
  expect(readDiscovery(text).map(({ question }) => question)).toEqual([
    "which formats of export?",
    "how long?",
    "how long?",
    "What happens when a member has no records?",
    "By what figure or case can somebody tell that FR-003 is met?",
    "By which number or condition is SC-001 measured?",
  ]);
  expect(text).toContain("- **About:** FR-004: The system MUST lock an export");
  expect(asked.slice(0, 2)).toEqual([
    "Q1. which formats of export? (FR-001)",
    "Q2. how long? (FR-002)",
  ]);
});

test("an answered question is resolved at the gate, the others stay open", () => {
  const before = discover();
  expect(before.qa.remaining_questions).toHaveLength(6);
  const { qa } = discover(reworked(before.text, ANSWERS));
  expect(qa.resolved_questions).toEqual([
    { question: "Q1. which formats of export? (FR-001)", answer: "CSV and PDF" },
    { question: "Q2. how long? (FR-002)", answer: "90 days (GDPR)" },
  ]);
  expect(qa.remaining_questions.map((one) => one.slice(0, 2))).toEqual(["Q3", "Q4", "Q5", "Q6"]);
});

test("what a person writes into the file counts at the gate without QA, and so does what they take back", () => {
  const { text, review } = discover();
  const summary = reviewSummary.parse(review).review_summary;
  const gate = (document: string, resolved: { question: string; answer: string }[] = []) =>
    gateQuestions(summary, {
      artifacts: { "discovery.md": document },
      checks: [],
      notDone: [],
      reworkRounds: 0,
      qa: {
        signed_off: true,
        rework: [],
        notes: "",
        remaining_questions: [],
        resolved_questions: resolved,
      },
    });
  const third = text.replace(/(### Q3\.[^#]*\*\*Answer:\*\*) open/, "$1 15 minutes");
  expect(gate(third).resolved).toEqual(["Q3. how long? (FR-004) 15 minutes"]);
  expect(gate(third).open).toHaveLength(5);
  const stale = [{ question: "Q2. how long? (FR-002)", answer: "90 days" }];
  expect(gate(text, stale)).toMatchObject({ resolved: [], open: { length: 6 } });
  expect(answersTo(text, ["Which formats of export?", "How long?"])).toEqual(
    new Map([["Which formats of export?", null]]),
  );
});

test("an answer to no question, and words that rules can't follow, are named as not done", () => {
  const { text, analyses } = discover();
  const notDone = (said: string) =>
    synthesis.parse(
      answerOf(DISCOVERY, DISCOVERY.synthesizer, "synthesis", {
        "spec.md": spec,
        ...Object.fromEntries(
          Object.entries(analyses).map(([role, value]) => [
            `analyses/${role}.json`,
            JSON.stringify(value),
          ]),
        ),
        ...reworked(text, said),
      }),
    ).not_done;
  expect(notDone(`${ANSWERS}\nQ6: 95 % are content`)).toEqual([]);
  expect(notDone("Q99: hello\nQ0: no")).toEqual([
    "“Q99: hello”: not understood: there is no question Q99, only Q1 to Q6",
    "“Q0: no”: not understood: there is no question Q0, only Q1 to Q6",
  ]);
  expect(notDone("Please hurry.")[0]).toContain("“Please hurry.”: not applied");
});

test("answers stand in the specification where the demand is, and no line moves", () => {
  const { text } = discover(
    reworked(discover().text, `${ANSWERS}\nQ4: an empty file is offered\nQ5: within 2 s.`),
  );
  const settled = settledInputs({ "spec.md": spec, "discovery.md": text })["spec.md"] ?? "";
  const before = parseSpec("spec.md", spec);
  const after = parseSpec("spec.md", settled);
  expect(after.requirements.map((one) => one.text)).toEqual([
    "Members MUST be able to export their records (decided: CSV and PDF).",
    "The system MUST keep every exported file for download (decided: 90 days, GDPR) and remove it afterwards.",
    "The download should be fast (decided: within 2 s).",
    "The system MUST lock an export after wrong passwords [NEEDS CLARIFICATION: how long?].",
  ]);
  expect(after.edgeCases.map((one) => one.text)).toEqual([
    "What happens when a member has no records? (decided: an empty file is offered)",
    "Which formats of export? (decided: CSV and PDF)",
  ]);
  expect(after.clarifications.map(({ within }) => within)).toEqual(["FR-004"]);
  expect(after.requirements.map(({ line }) => line)).toEqual(
    before.requirements.map(({ line }) => line),
  );
  expect(after.lines).toBe(before.lines);
  expect(settledInputs({ "spec.md": spec })["spec.md"]).toBe(spec);
});

test("the plan asks nothing that was answered, uses the answers, and lists once what waits", () => {
  const { plan, summary, open } = planFrom(discover(reworked(discover().text, ANSWERS)).text);
  expect(open).toEqual([
    "How long? (FR-004, line 27: lock an export after wrong passwords)",
    "What happens when a member has no records? (edge case, line 15)",
    "By what figure or case can somebody tell that FR-003 is met? (line 26)",
    "By which number or condition is SC-001 measured? (line 31)",
  ]);
  for (const document of [plan, summary]) {
    expect(document).not.toMatch(/open question: which formats/i);
    expect(document).toContain("(decided: CSV and PDF)");
  }
  expect(plan).toMatch(/\| FR-001 \| [^|]*\(decided: CSV and PDF\)/);
  expect(plan).toMatch(/\| R-01 \| 1 decision is marked as open: “how long\?”/);
  expect(plan).toMatch(/which formats of export\? \| FR-001 \|[^|]*\| answered: CSV and PDF/);
  const section = plan.slice(plan.indexOf("## Open questions"));
  expect(section).toContain(
    "By what figure or case can somebody tell that FR-003 is met? (line 26)",
  );
  const next = summary.slice(summary.indexOf("## Recommended next steps"));
  expect(next).not.toMatch(/which formats of export\?/i);
  expect(next).toContain("How long? (FR-004");
});

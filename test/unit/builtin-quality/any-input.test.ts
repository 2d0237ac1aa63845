/** Whatever the inputs are: every answer matches its contract, the report passes its checks, and nothing comes to life in it. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { qaReport, reviewSummary, synthesis } from "../../../src/stage/contracts/leading.ts";
import { FILES, SPEC, TASKS, file } from "../repository/project.ts";
import { inputsFor, leads, reviewed, specialists } from "./chain.ts";

const NASTY = [
  "|",
  "`",
  '"',
  "”",
  "“",
  "]",
  "[",
  "<script>",
  "](x)",
  "[a](b)",
  "#",
  "*",
  "_",
  "\n",
  "\n- [x] ",
  "```",
  "{{x}}",
  "TODO",
  "[Your text]",
  "[NEEDS CLARIFICATION: x",
  "--- ",
  "\u202e",
  "&#60;",
  "\\",
  "<!--",
  "T001",
  "depends on T002",
  "`a/b.ts`",
];
const words = fc
  .array(
    fc.oneof(
      {
        weight: 2,
        arbitrary: fc.constantFrom(
          "drill",
          "deposit",
          "refund",
          "MUST",
          "FR-001",
          "SC-001",
          "many",
        ),
      },
      { weight: 2, arbitrary: fc.constantFrom(...NASTY) },
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => parts.join(" "));
const lines = fc
  .array(
    fc.tuple(
      fc.constantFrom("", "- ", "- [x] T001 ", "- [ ] ", "| ", "# ", "- **FR-001**: "),
      words,
    ),
    { maxLength: 12 },
  )
  .map((all) => all.map((pair) => pair.join("")).join("\n"));

const LONG = 30_000;

test(
  "any documents and files give a report that passes its checks and in which nothing comes to life",
  () => {
    fc.assert(
      fc.property(lines, lines, lines, words, (tasks, plan, constitution, name) => {
        const documents = {
          "tasks.md": `${TASKS}${tasks}`,
          "plan.md": plan,
          "constitution.md": constitution,
        };
        const files = [...FILES, file(`src/${name.replace(/\s/g, "-")}.ts`, `// ${tasks}`)];
        const inputs = {
          ...inputsFor(`${SPEC}\n${plan}`, documents, files),
          "wanted.json": '["coverage_report.html","security_scan.json"]',
          "rework.json": JSON.stringify(plan.split("\n").slice(0, 1)),
        };
        const { report, artifacts, checks, qa } = reviewed(inputs);
        expect(
          checks
            .filter(({ passed, blocking }) => blocking && !passed)
            .flatMap(({ findings }) => findings),
        ).toEqual([]);
        expect(qa.rework).toEqual([]);
        expect(report).not.toMatch(/(?<!\\)<script|(?<!\\)\]\(x\)|\u202e/);
        expect(artifacts["coverage_report.html"]).not.toMatch(/<script/);
        JSON.parse(artifacts["security_scan.json"] ?? "");
      }),
      { numRuns: 60 },
    );
  },
  LONG,
);

test(
  "any text as inputs is survived, and answers match their contracts",
  () => {
    const any = fc.oneof(fc.string(), fc.json(), lines, fc.constant(SPEC), fc.constant(TASKS));
    const names = fc.constantFrom(
      "spec.md",
      "plan.md",
      "tasks.md",
      "constitution.md",
      "repository.json",
      "people.json",
      "wanted.json",
      "rework.json",
      "review.json",
      "checks.json",
      "analyses/security.json",
      "analyses/completeness.json",
      "artifacts/quality_report.md",
    );
    fc.assert(
      fc.property(fc.dictionary(names, any), (inputs) => {
        specialists(inputs);
        expect(reviewSummary.safeParse(leads().review(inputs, () => undefined)).success).toBe(true);
        expect(synthesis.safeParse(leads().synthesis(inputs, () => undefined)).success).toBe(true);
        expect(qaReport.safeParse(leads().qa(inputs, () => undefined)).success).toBe(true);
      }),
      { numRuns: 100 },
    );
  },
  LONG,
);

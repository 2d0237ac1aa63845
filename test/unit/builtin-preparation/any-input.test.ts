/** Whatever spec, plan and specialists say: no crash, every id accounted for, a document that passes the checks. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { LEADS } from "../../../src/adapters/agents/builtin/leads.ts";
import { toJson, type Json } from "../../../src/core/json.ts";
import { PREPARATION } from "../../../src/stage/built-in/preparation.ts";
import { SPEC } from "../builtin-synthesis/example.ts";
import { analysesOf, blocking, lead, planned, prepare } from "./chain.ts";

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
  "depends: 9.9",
  "---",
  "\u202e",
  "{{x}}",
  "- [ ] 1.1 x",
  "## Phase 9: y",
];
const words = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom("slot", "frost", "gardener", "take", "warn") },
      { weight: 1, arbitrary: fc.constantFrom(...NASTY) },
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => `a ${parts.join(" ")}`);
const id = fc.constantFrom("FR-001", "FR-002", "FR-006", "FR-099", "US1", "SC-001");
const ids = fc.array(id, { maxLength: 3 });
const texts = fc.array(words, { maxLength: 2 });
const name = fc.constantFrom("Slots", 'The "Frost" [watch]', "A|B", "x`y");
const maybe = fc.option(words);
const work = fc.array(
  fc.record({
    id: fc.constantFrom("w1", "w2", "w3", "core/FR-001", "t1"),
    title: words,
    builds: name,
    requirements: ids,
    depends_on: fc.array(fc.constantFrom("w1", "w2", "w3", "core/FR-001", "ghost"), {
      maxLength: 3,
    }),
  }),
  { maxLength: 4 },
);
const core = fc.record({
  modules: fc.array(
    fc.record({
      name,
      responsibility: words,
      requirements: ids,
      entities: texts,
      depends_on: fc.array(name, { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  data_structures: fc.array(
    fc.record({ name: words, module: name, invariants: texts, source: words }),
    { maxLength: 2 },
  ),
  interfaces: fc.array(
    fc.record({
      name,
      module: name,
      operations: fc.array(
        fc.record({
          name: words,
          purpose: words,
          inputs: texts,
          output: maybe,
          errors: texts,
          requirements: ids,
        }),
        { maxLength: 2 },
      ),
    }),
    { maxLength: 2 },
  ),
  algorithms: fc.array(fc.record({ name, module: name, rule: words, requirements: ids }), {
    maxLength: 2,
  }),
  tasks: work,
  unknowns: texts,
});
const integrations = fc.record({
  integrations: fc.array(
    fc.record({
      name,
      purpose: words,
      requirements: ids,
      contract: fc.record({ operations: texts, events: texts }),
      adapter: fc.record({ pattern: words, reason: words }),
      errors: fc.array(fc.record({ failure: words, response: words }), { maxLength: 2 }),
    }),
    { maxLength: 2 },
  ),
  configuration: fc.array(
    fc.record({ name: words, meaning: words, secret: fc.boolean(), source: words }),
    { maxLength: 2 },
  ),
  tasks: work,
});
const tests = fc.record({
  levels: fc.array(fc.record({ name, purpose: words, covers: ids, reason: words }), {
    minLength: 1,
    maxLength: 2,
  }),
  cases: fc.array(
    fc.record({
      id: words,
      level: name,
      title: words,
      given: maybe,
      when: maybe,
      then: words,
      requirements: ids,
      fixtures: texts,
      source: words,
    }),
    { maxLength: 3 },
  ),
  not_testable: fc.array(fc.record({ requirement: id, reason: words }), { maxLength: 2 }),
  tasks: work,
});
const docs = fc.record({
  documents: fc.array(
    fc.record({
      name: words,
      audience: words,
      purpose: words,
      sections: texts,
      examples: texts,
      requirements: ids,
    }),
    { minLength: 1, maxLength: 2 },
  ),
  migration: texts,
  tasks: work,
});
const lost = fc.constantFrom<Json>(
  { simplified: true, known: [], missing: [], reason: "a | b" },
  null,
  "text",
);
const part = (key: string, value: fc.Arbitrary<unknown>): fc.Arbitrary<Json> =>
  fc.oneof(
    { weight: 4, arbitrary: value.map((one) => toJson({ [key]: one })) },
    { weight: 1, arbitrary: lost },
  );
const analyses = fc.record({
  core: part("core_implementation", core),
  integrations: part("integration_design", integrations),
  tests: part("test_strategy", tests),
  docs: part("documentation_plan", docs),
});

/** Milliseconds: many documents are written, and the machine may be busy. */
const LONG = 60_000;
const DOCUMENTS = planned(SPEC);
/** An id that a specialist made up in its prose, and template marks, are its own: QA has to name them. */
const ITS_OWN = /FR-099|placeholder/;

test(
  "any preparations within their contracts give a plan that passes the checks",
  () => {
    fc.assert(
      fc.property(analyses, (values) => {
        const { artifacts, checks } = lead(PREPARATION, DOCUMENTS, values);
        expect(blocking(checks).filter((finding) => !ITS_OWN.test(finding))).toEqual([]);
        for (const line of (artifacts["implementation_plan.md"] ?? "").split("\n")) {
          const prose = line.replaceAll(/(?<![`\\])`[^`]+`(?!`)/g, "code");
          if (!/^ {4}[{[]/.test(line)) expect(prose).not.toMatch(/(?<!\\)<script|(?<!\\)\]\(x\)/);
        }
      }),
      { numRuns: 40 },
    );
  },
  LONG,
);

test(
  "any plan beside the specification is read, and every id is accounted for",
  () => {
    const line = fc.oneof(
      words,
      fc.constantFrom(
        "| Component | Does | Requirements |",
        "| --- | --- | --- |",
        "| A | b | FR-001 |",
        "## Components",
        "- **A**: b (FR-002)",
        "```mermaid",
        "flowchart LR",
        "  a[A] --> b[B]",
        "```",
        "- [ ] 1.1 Do (R-1) (depends: 1.1)",
        "| R-1 | Risk | Mitigation |",
      ),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const { checks } = prepare({ "spec.md": SPEC, "plan.md": lines.join("\n") });
        expect(blocking(checks)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  },
  LONG,
);

test(
  "any text as inputs is survived",
  () => {
    const names = [
      "spec.md",
      "plan.md",
      "analyses/core.json",
      "analyses/tests.json",
      "review.json",
      "rework.json",
      "checks.json",
      "previous/implementation_plan.md",
      "people.json",
    ];
    const anyText = fc.oneof(fc.string(), fc.json(), fc.constant(SPEC));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), anyText), (inputs) => {
        analysesOf(PREPARATION, inputs);
        const leads = LEADS.get("preparation");
        for (const play of [leads?.review, leads?.synthesis, leads?.qa])
          expect(() => play?.(inputs, () => undefined)).not.toThrow();
      }),
      { numRuns: 60 },
    );
  },
  LONG,
);

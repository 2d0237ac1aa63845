/** The one line that is shown the moment an answer lands (ST-21). */
import fc from "fast-check";
import { expect, test } from "vitest";
import { answerSchema, checkAnswer } from "../../../src/stage/answer.ts";
import { answerSummary, COUNTED } from "../../../src/stage/answer-summary.ts";
import { PLANNING } from "../../../src/stage/built-in/planning.ts";
import { CONTRACTS, type ContractName } from "../../../src/stage/contracts.ts";
import { goodAnswer } from "../../../src/testing/small-planning.ts";

test("counts what a person wants to know, one and more", () => {
  const answer = {
    requirements_dossier: {
      functional: Array.from({ length: 14 }, () => ({})),
      non_functional: [{}],
      open_questions: [{}, {}, {}],
    },
  };
  expect(answerSummary("requirements_dossier", answer)).toBe(
    "14 requirements, 1 quality requirement, 3 questions",
  );
  const estimate = { project_estimation: { phases: [{ tasks: [1, 2] }, { tasks: [3] }, {}] } };
  expect(answerSummary("project_estimation", estimate)).toBe("3 phases, 3 tasks");
  expect(answerSummary("synthesis", { artifacts: { "plan.md": "x", "b.md": "y" } })).toBe(
    "plan.md, b.md",
  );
});

test("every role of the planning stage has something to tell", () => {
  const { roles, reviewer, synthesizer, qa } = PLANNING;
  for (const { name, contract } of [...roles, reviewer, synthesizer, qa]) {
    const answer = checkAnswer(contract, goodAnswer({ role: name }));
    expect(answer.ok && answerSummary(contract, answer.value)).toMatch(/\w/);
  }
});

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

test.each(Object.entries(COUNTED))(
  "%s: what is counted are lists of the contract",
  (contract, counted) => {
    const schema = answerSchema(contract as ContractName) as Schema;
    for (const [path] of counted) {
      let at = schema.properties?.[contract];
      for (const name of path.split(".")) at = (at?.items ?? at)?.properties?.[name];
      expect(at?.type).toBe("array");
    }
  },
);

test("never throws, whatever was answered", () => {
  const contracts = fc.constantFrom(...(Object.keys(CONTRACTS) as ContractName[]));
  fc.assert(
    fc.property(contracts, fc.jsonValue(), (contract, value) => {
      expect(typeof answerSummary(contract, { [contract]: value })).toBe("string");
    }),
  );
});

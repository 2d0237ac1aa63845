/** Rules of the user's in the configuration: read into the same form as the built-in ones, and refused with places where they make no sense. */
import { describe, expect, test } from "vitest";
import { readConfig } from "../../../src/adapters/config/read-config.ts";
import { ok } from "../../../src/core/result.ts";
import { BUILT_IN_RULES } from "../../../src/stage/rules/built-in-rules.ts";
import { applyRules } from "../../../src/stage/rules/apply-rules.ts";
import { PLANNING } from "../../../src/stage/built-in/planning.ts";
import { circumstances } from "../rules/circumstances.ts";

const read = (text: string) => readConfig(text, "w.yaml", { readPrompt: () => ok("") });

const problems = (text: string) => {
  const config = read(text);
  return config.ok
    ? []
    : config.error.map(
        ({ code, place, message }) => `${code} ${place.line}:${place.column} ${message}`,
      );
};

const rulesIn = (text: string) => {
  const config = read(text);
  if (!config.ok) throw new Error(JSON.stringify(config.error));
  return config.value.rules;
};

const OWN = `
rules:
  limited-resources: { enabled: false }
  careful-money:
    stages: [planning]
    when: { score: complexity, above: 45 }
    then:
      concurrency: 1
      timeouts: 2
      depth: high
      synthesis-iterations: 3
      review: comprehensive
      qa: detailed
      gate: strict
      sections: [contingency, options]
      discovery: first
      order: sequential
      cache: aggressive
      outputs: brief
      optional: skip
`;

describe("rules of one's own", () => {
  test("are applied after the built-in ones, and built-in ones can be switched off", () => {
    const rules = rulesIn(OWN.replace("      outputs: brief\n", ""));
    expect(rules.map(({ name }) => name)).toEqual([
      ...BUILT_IN_RULES.map(({ name }) => name).filter((name) => name !== "limited-resources"),
      "careful-money",
    ]);
    const { stage, fired } = applyRules(PLANNING, circumstances({}, { rules }));
    expect(fired.map(({ rule, source }) => [rule, source])).toEqual([
      ["careful-money", "configuration"],
    ]);
    expect(stage).toMatchObject({
      concurrency: 1,
      order: "sequential",
      synthesisIterations: 3,
      cache: "aggressive",
      gate: { strict: true },
      timeouts: { agentMs: PLANNING.timeouts.agentMs * 2 },
      synthesizer: { directions: { sections: ["contingency", "options"] } },
    });
  });

  test.each<readonly [what: string, text: string, expected: readonly string[]]>([
    [
      "a threshold that no score passes",
      "rules:\n  a:\n    stages: [planning]\n    when: { score: debt, above: 100 }\n    then: { concurrency: 1 }\n",
      ["CONFIG_RULE_NEVER_FIRES 4:11 The rule a can never fire: no score is above 100."],
    ],
    [
      "a score that the file itself sets otherwise",
      "scores: { clarity: 80 }\nrules:\n  a:\n    stages: [planning]\n    when: { score: clarity, below: 40 }\n    then: { qa: detailed }\n",
      ["CONFIG_RULE_NEVER_FIRES 5:11 The rule a can never fire: scores.clarity is set to 80."],
    ],
    [
      "resources that the file says are ample",
      "resources: ample\nrules:\n  a:\n    stages: [planning]\n    when: { resources: limited }\n    then: { outputs: brief }\n",
      ["CONFIG_RULE_NEVER_FIRES 5:11 The rule a can never fire: resources is set to ample."],
    ],
    [
      "two rules that contradict each other, each with its place",
      "rules:\n  a:\n    stages: [planning]\n    when: { score: complexity, above: 50 }\n    then: { outputs: brief }\n  b:\n    stages: [planning, preparation]\n    when: { score: complexity, above: 60 }\n    then: { depth: high }\n",
      [
        "CONFIG_RULE_CONTRADICTION 5:11 The rule a asks for brief outputs of planning, and b (w.yaml:6:3) for depth; both can hold at once.",
      ],
    ],
    [
      "a rule that contradicts itself",
      OWN,
      [
        "CONFIG_RULE_CONTRADICTION 8:7 The rule careful-money asks for brief outputs and for depth at once.",
      ],
    ],
    [
      "conditions that exclude each other contradict nothing",
      "rules:\n  a:\n    stages: [planning]\n    when: { score: complexity, above: 60 }\n    then: { outputs: brief }\n  b:\n    stages: [planning]\n    when: { score: complexity, below: 60 }\n    then: { depth: high }\n",
      [],
    ],
    [
      "an effect that means nothing in the stage",
      "rules:\n  a:\n    stages: [planning, review]\n    when: { score: debt, above: 50 }\n    then: { sections: [rollback], depth: high }\n",
      [
        "CONFIG_RULE_WITHOUT_EFFECT 5:11 The rule a asks for depth, which means nothing in review.",
        "CONFIG_RULE_WITHOUT_EFFECT 5:11 The rule a asks for the section rollback, which means nothing in planning and review.",
      ],
    ],
    [
      "a built-in rule that is changed",
      "rules:\n  preparation-high-debt: { stages: [planning] }\n",
      [
        "CONFIG_INCOMPLETE_RULE 2:3 The rule preparation-high-debt is built in; of its options only enabled can be set.",
      ],
    ],
    [
      "a rule without an effect, and one with two conditions",
      "rules:\n  a: { stages: [planning], when: { score: debt, above: 5 } }\n  b: { stages: [planning], when: { score: debt, above: 5, below: 9 }, then: { qa: detailed } }\n",
      [
        "CONFIG_INCOMPLETE_RULE 2:3 The rule a is not a built-in one, and lacks then.",
        "CONFIG_INCOMPLETE_RULE 3:3 The rule b has not exactly one condition.",
      ],
    ],
  ])("%s", (_, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  test("a rule can't take anything back: there is no word for it", () => {
    expect(
      problems(
        "rules:\n  a:\n    stages: [planning]\n    when: { score: debt, above: 5 }\n    then: { gate: none, quorum: 1 }\n",
      ).map((line) => line.split(" ")[0]),
    ).toEqual(["CONFIG_UNKNOWN_CHOICE", "CONFIG_UNKNOWN_KEY"]);
  });
});

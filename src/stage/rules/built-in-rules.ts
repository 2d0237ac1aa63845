import type { AdditionName } from "./addition.ts";
import type { Effect, Rule } from "./rule.ts";

const section = (name: AdditionName): Effect => ({ does: "require-section", section: name });

/**
 * The adaptive rules of the source documents (ST-14). Where S0 §7.1 and S2 §7 say 70 and S1 §9.1, about the whole
 * workflow, says 80, the stage alone follows the former and the complete workflow the latter. docs/rules.md says for
 * each line of the seeds which effect it became.
 */
export const BUILT_IN_RULES: readonly Rule[] = [
  {
    name: "planning-high-complexity",
    source: "S0 §7.1",
    stages: ["planning"],
    when: { on: "complexity", is: "above", threshold: 70, inComplete: 80 },
    then: [
      { does: "limit-concurrency", to: 2 },
      { does: "extend-timeouts", by: 1.5 },
      { does: "deepen", to: "high" },
      { does: "iterate", times: 2 },
      { does: "make-gate-strict" },
      { does: "review-comprehensively" },
      { does: "detail-qa" },
    ],
  },
  {
    name: "planning-low-clarity",
    source: "S0 §7.2",
    stages: ["planning"],
    when: { on: "clarity", is: "below", threshold: 40 },
    then: [
      { does: "discover-first" },
      section("clarifications"),
      section("validation-gates"),
      { does: "iterate", times: 2 },
      section("stakeholders"),
    ],
  },
  {
    name: "planning-high-uncertainty",
    source: "S0 §7.3",
    stages: ["planning"],
    when: { on: "uncertainty", is: "above", threshold: 70 },
    then: [
      section("prototypes"),
      section("assumptions"),
      section("options"),
      { does: "deepen-role", role: "risk", to: "high" },
      section("contingency"),
    ],
  },
  {
    name: "workflow-high-complexity",
    source: "S1 §9.1",
    stages: ["planning", "preparation", "review"],
    workflows: ["complete"],
    when: { on: "complexity", is: "above", threshold: 80 },
    then: [
      { does: "limit-concurrency", to: 2 },
      { does: "extend-timeouts", by: 1.5 },
      { does: "deepen", to: "high" },
      { does: "review-comprehensively" },
      { does: "iterate", times: 2 },
      { does: "detail-qa" },
    ],
  },
  {
    name: "workflow-high-uncertainty",
    source: "S1 §9.2",
    stages: ["planning"],
    when: { on: "uncertainty", is: "above", threshold: 70 },
    then: [
      { does: "discover-first" },
      section("clarifications"),
      section("validation-gates"),
      section("examples"),
      section("assumptions"),
    ],
  },
  {
    name: "limited-resources",
    source: "S1 §9.3",
    when: { on: "resources", is: "limited" },
    then: [
      { does: "run-sequentially" },
      { does: "limit-concurrency", to: 1 },
      { does: "cache-aggressively" },
      { does: "simplify-outputs" },
      { does: "skip-optional" },
    ],
  },
  {
    name: "preparation-high-complexity",
    source: "S2 §7, High Complexity Handling",
    stages: ["preparation"],
    when: { on: "complexity", is: "above", threshold: 70, inComplete: 80 },
    then: [
      { does: "limit-concurrency", to: 2 },
      { does: "extend-timeouts", by: 1.5 },
      { does: "deepen", to: "high" },
      { does: "iterate", times: 2 },
      section("component-checkpoints"),
      { does: "deepen-role", role: "tests", to: "high" },
      section("testing-rigor"),
      { does: "review-comprehensively" },
      { does: "detail-qa" },
    ],
  },
  {
    name: "preparation-high-debt",
    source: "S2 §7, High Technical Debt",
    stages: ["preparation"],
    when: { on: "debt", is: "above", threshold: 70 },
    then: [
      section("refactoring"),
      section("regression-tests"),
      section("migration-phases"),
      section("documentation-rewrite"),
      section("backwards-compatibility"),
    ],
  },
  {
    name: "preparation-phased",
    source: "S2 §7, Incremental Mode",
    stages: ["preparation"],
    when: { on: "implementation", is: "phased" },
    then: [
      section("increments"),
      section("checkpoints"),
      section("phase-validation"),
      section("rollback"),
    ],
  },
];

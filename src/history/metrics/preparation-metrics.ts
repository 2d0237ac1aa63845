import { judged, share, spread, total, words } from "../measured.ts";
import { eventsOf, settledRoles, type StageHistory } from "../stage-history.ts";
import {
  answerMeasures,
  gateMeasures,
  lastReviews,
  numberIn,
  ratingsIn,
  sum,
  wordIn,
  type Metric,
} from "./metric.ts";

const PREPARATION = ["preparation"];

/** Of the requirements that a specification has, those that answers name; of answers that count them. */
function ofRequirements(stages: readonly StageHistory[], name: string, role?: string) {
  const counted = stages.flatMap((stage) =>
    settledRoles(stage, role).flatMap(({ measures }) =>
      numberIn(measures, name).map((part) => ({
        part,
        whole: sum(numberIn(measures, "requirements")),
      })),
    ),
  );
  return {
    part: sum(counted.map(({ part }) => part)),
    whole: sum(counted.map(({ whole }) => whole)),
  };
}

const ofAnswers = (stages: readonly StageHistory[], part: string, whole: string, role?: string) =>
  [sum(answerMeasures(stages, part, role)), sum(answerMeasures(stages, whole, role))] as const;

/** S2 §6, preparation metrics. */
const PROCESS: readonly Metric[] = [
  {
    name: "plan_completeness",
    sources: ["S2 §6"],
    definition:
      "Of the deterministic checks on the last draft of a stage's artifacts, those that passed: sections, coverage, tasks, dependencies, estimates and the like.",
    unit: "share",
    perRole: false,
    measure(stages) {
      const last = stages.flatMap((stage) => eventsOf(stage, "checks-run").at(-1) ?? []);
      const passed = sum(last.map((one) => one.passed));
      return share(passed, passed + sum(last.map((one) => one.failed.length)), "no check was run");
    },
  },
  {
    name: "cross_track_consistency",
    sources: ["S2 §6"],
    definition:
      "Of all pairs of a stage's specialists, those between which the last review found no conflict.",
    unit: "share",
    perRole: false,
    measure(stages) {
      const counted = stages.flatMap((stage) => {
        const { conflicting } = eventsOf(stage, "review-finished").at(-1) ?? {};
        return conflicting ? [{ pairs: pairsOf(stage.roles), conflicting }] : [];
      });
      const apart = counted.map(
        ({ pairs, conflicting }) =>
          pairs.filter(
            ([one, other]) =>
              !conflicting.some((roles) => roles.includes(one) && roles.includes(other)),
          ).length,
      );
      return share(
        sum(apart),
        sum(counted.map(({ pairs }) => pairs.length)),
        "no review of two specialists was recorded",
      );
    },
  },
  {
    name: "testability_score",
    sources: ["S2 §6"],
    definition:
      "Of the specification's requirements, in percent, those that the test strategy does not name as impossible to test by what the specification says.",
    unit: "score",
    perRole: false,
    stages: PREPARATION,
    measure(stages) {
      const { part, whole } = ofRequirements(stages, "requirements_not_testable");
      const part100 = share(whole - part, whole, "no test strategy was recorded");
      return part100.is === "figure" ? { ...part100, value: 100 * part100.value } : part100;
    },
  },
  {
    name: "documentation_coverage",
    sources: ["S2 §6"],
    definition: "Of the specification's requirements, those that a planned document names.",
    unit: "share",
    perRole: false,
    stages: PREPARATION,
    measure(stages) {
      const { part, whole } = ofRequirements(stages, "requirements_documented");
      return share(part, whole, "no documentation plan was recorded");
    },
  },
  {
    name: "dependency_clarity",
    sources: ["S2 §6"],
    definition:
      "Of the dependencies that tasks of the main artifact state at the last gate opened, those on another task that is there.",
    unit: "share",
    perRole: false,
    measure: (stages) =>
      share(
        sum(gateMeasures(stages, "dependencies_clear")),
        sum(gateMeasures(stages, "dependencies")),
        "no dependency was stated",
      ),
  },
];

const pairsOf = (roles: readonly string[]): readonly (readonly [string, string])[] =>
  roles.flatMap((one, index) => roles.slice(index + 1).map((other) => [one, other] as const));

/** S2 §6, agent metrics. */
const AGENTS: readonly Metric[] = [
  {
    name: "design_depth",
    sources: ["S2 §6"],
    definition:
      "Entries of all lists in a preparation's answer, at every level: modules, fields, operations, cases, tasks.",
    unit: "count",
    perRole: true,
    stages: PREPARATION,
    measure: (stages, role) =>
      spread(answerMeasures(stages, "entries", role), "no full answer was recorded"),
  },
  {
    name: "interface_clarity",
    sources: ["S2 §6"],
    definition:
      "Of the operations of the designed interfaces, those that say what goes in or comes out, and how they can fail.",
    unit: "share",
    perRole: true,
    stages: PREPARATION,
    measure: (stages, role) =>
      share(
        ...ofAnswers(stages, "operations_clear", "operations", role),
        "no interface was designed",
      ),
  },
  {
    name: "test_coverage_planned",
    sources: ["S2 §6"],
    definition: "Of the specification's requirements, those that a planned test case names.",
    unit: "share",
    perRole: true,
    stages: PREPARATION,
    measure(stages, role) {
      const { part, whole } = ofRequirements(stages, "requirements_tested", role);
      return share(part, whole, "no test strategy was recorded");
    },
  },
  {
    name: "example_count",
    sources: ["S2 §6"],
    definition: "Examples that the planned documents must hold.",
    unit: "count",
    perRole: true,
    stages: PREPARATION,
    measure: (stages, role) =>
      total(answerMeasures(stages, "examples", role), "no documentation plan was recorded"),
  },
];

/** S2 §6, quality metrics. */
const QUALITY: readonly Metric[] = [
  {
    name: "implementation_readiness",
    sources: ["S2 §6"],
    definition:
      "Whether the integration review says it can be built from: pass, conditional or fail. The reviewer's word.",
    unit: "words",
    perRole: false,
    stages: PREPARATION,
    judgedBy: "reviewer",
    measure(stages) {
      const said = lastReviews(stages).flatMap(({ measures }) =>
        wordIn(measures, "approval_status"),
      );
      return said.length === 0 && lastReviews(stages).length > 0
        ? { is: "not-judged", judge: "reviewer" }
        : words(said, "no review was recorded");
    },
  },
  {
    name: "api_coherence_score",
    sources: ["S2 §6"],
    definition:
      "How far the reviewer found the interfaces to fit together in names, shapes and errors; the mean.",
    unit: "rating",
    perRole: false,
    stages: PREPARATION,
    judgedBy: "reviewer",
    measure: (stages) => judged(ratingsIn(stages, "api_coherence_score"), "reviewer"),
  },
  {
    name: "test_strategy_completeness",
    sources: ["S2 §6"],
    definition:
      "Of the specification's acceptance scenarios, those that a planned test case cites (`US1/AC2`).",
    unit: "share",
    perRole: false,
    stages: PREPARATION,
    measure: (stages) =>
      share(
        ...ofAnswers(stages, "scenarios_tested", "scenarios"),
        "no test strategy for acceptance scenarios was recorded",
      ),
  },
  {
    name: "documentation_adequacy",
    sources: ["S2 §6"],
    definition:
      "Whether the person who decided found the planned documents to be what their readers need; of each stage the last answer, of these the mean.",
    unit: "rating",
    perRole: false,
    stages: PREPARATION,
    judgedBy: "person",
    measure: (stages) => judged(ratingsIn(stages, "documentation_adequacy"), "person"),
  },
];

export const PREPARATION_METRICS: readonly Metric[] = [...PROCESS, ...AGENTS, ...QUALITY];

import { judged, nothing, share, spread, total, words } from "../measured.ts";
import { eventsOf, settledRoles } from "../stage-history.ts";
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

const PLANNING = ["planning"];

/** S0 §6.1: how planning went. */
const PROCESS: readonly Metric[] = [
  {
    name: "analysis_completeness",
    sources: ["S0 §6.1"],
    definition:
      "Of the parts that the contracts of a stage's specialists ask for, those that their answers fill. A specialist without a full answer fills none. Parts for what is not known are not counted.",
    unit: "share",
    perRole: false,
    measure: (stages) =>
      share(
        sum(answerMeasures(stages, "parts_filled")),
        sum(answerMeasures(stages, "parts")),
        "no specialist was settled",
      ),
  },
  {
    name: "conflict_resolution_rate",
    sources: ["S0 §6.1"],
    definition:
      "Of the conflicts in each stage's last review, those that the reviewer reconciled; escalated and noted ones are not resolved.",
    unit: "share",
    perRole: false,
    measure(stages) {
      const reviews = lastReviews(stages).filter(({ measures }) => measures !== undefined);
      return share(
        sum(reviews.flatMap(({ measures }) => numberIn(measures, "reconciled"))),
        sum(reviews.map(({ conflicts }) => conflicts)),
        "no conflict was recorded",
      );
    },
  },
  {
    name: "iteration_count",
    sources: ["S0 §6.1"],
    definition:
      "Drafts of a stage's artifacts that were written and checked: the first, one for each round of rework, and one for each modification at the gate.",
    unit: "count",
    perRole: false,
    measure: (stages) =>
      spread(
        stages.map((stage) => eventsOf(stage, "checks-run").length).filter((drafts) => drafts > 0),
        "no draft was checked",
      ),
  },
  {
    name: "requirement_coverage",
    sources: ["S0 §6.1"],
    definition:
      "Of the specification's requirements and success criteria, those that the stage's main artifact addresses, at the last gate opened. Named as not covered is not addressed.",
    unit: "share",
    perRole: false,
    measure: (stages) =>
      share(
        sum(gateMeasures(stages, "requirements_covered")),
        sum(gateMeasures(stages, "requirements")),
        "no gate was opened",
      ),
  },
];

/** S0 §6.2: the analysts. */
const ANALYSTS: readonly Metric[] = [
  {
    name: "analysis_depth",
    sources: ["S0 §6.2"],
    definition:
      "Entries of all lists in a specialist's answer, at every level. In preparation it is called design_depth.",
    unit: "count",
    perRole: true,
    stages: ["planning", "review"],
    measure: (stages, role) =>
      spread(answerMeasures(stages, "entries", role), "no full answer was recorded"),
  },
  {
    name: "conflict_generation",
    sources: ["S0 §6.2"],
    definition:
      "Conflicts in each stage's last review in which a statement of the specialist takes part.",
    unit: "count",
    perRole: true,
    measure(stages, role) {
      const reviews = lastReviews(stages).flatMap(({ conflicting }) => conflicting ?? []);
      const counted = lastReviews(stages).some(({ conflicting }) => conflicting !== undefined);
      const specialist = role === undefined || stages.some(({ roles }) => roles.includes(role));
      if (!specialist) return nothing("the role makes no analysis");
      if (!counted) return nothing("no review was recorded");
      return total(
        [
          reviews.filter((roles) => (role === undefined ? roles.length > 0 : roles.includes(role)))
            .length,
        ],
        "",
      );
    },
  },
  {
    name: "completeness_score",
    sources: ["S0 §6.2"],
    definition:
      "Of the parts that a specialist's contract asks for, those that its answer fills, in percent; 0 without a full answer.",
    unit: "score",
    perRole: true,
    measure: (stages, role) =>
      spread(
        stages.flatMap((stage) =>
          settledRoles(stage, role).flatMap(({ measures }) => {
            const [parts = 0] = numberIn(measures, "parts");
            return numberIn(measures, "parts_filled").map((filled) =>
              parts === 0 ? 0 : (100 * filled) / parts,
            );
          }),
        ),
        "no specialist was settled",
      ),
  },
  {
    name: "coherence_rating",
    sources: ["S0 §6.2"],
    definition: "How coherent in itself the reviewer found a specialist's analysis; the mean.",
    unit: "rating",
    perRole: true,
    judgedBy: "reviewer",
    measure: (stages, role) => judged(ratingsIn(stages, "coherence_rating", role), "reviewer"),
  },
];

/** S0 §6.3: what planning made. */
const QUALITY: readonly Metric[] = [
  {
    name: "requirement_alignment",
    sources: ["S0 §6.3"],
    definition:
      "Of the tasks in the main artifact at the last gate opened, those tied to a requirement, criterion, story, risk or edge case of the specification.",
    unit: "share",
    perRole: false,
    measure: (stages) =>
      share(
        sum(gateMeasures(stages, "tasks_aligned")),
        sum(gateMeasures(stages, "tasks")),
        "no task was proposed",
      ),
  },
  {
    name: "architectural_soundness",
    sources: ["S0 §6.3"],
    definition: "How sound the reviewer found the architecture for the specification; the mean.",
    unit: "rating",
    perRole: false,
    stages: PLANNING,
    judgedBy: "reviewer",
    measure: (stages) => judged(ratingsIn(stages, "architectural_soundness"), "reviewer"),
  },
  {
    name: "risk_coverage",
    sources: ["S0 §6.3"],
    definition:
      'Of the risks that were found, those with a mitigation that says something ("none", "n/a" and the like do not).',
    unit: "share",
    perRole: false,
    stages: PLANNING,
    measure: (stages) =>
      share(
        sum(answerMeasures(stages, "risks_mitigated")),
        sum(answerMeasures(stages, "risks")),
        "no risk was recorded",
      ),
  },
  {
    name: "estimation_confidence",
    sources: ["S0 §6.3"],
    definition:
      "How sure the estimation says it is: low, medium or high. The estimator's own word.",
    unit: "words",
    perRole: false,
    stages: PLANNING,
    judgedBy: "agent",
    measure: (stages) =>
      words(
        stages.flatMap((stage) =>
          settledRoles(stage).flatMap(({ measures }) => wordIn(measures, "confidence")),
        ),
        "no estimation was recorded",
      ),
  },
  {
    name: "stakeholder_satisfaction",
    sources: ["S0 §6.3"],
    definition:
      "How satisfied the person who decided was with what was proposed; of each stage the last answer, of these the mean.",
    unit: "rating",
    perRole: false,
    judgedBy: "person",
    measure: (stages) => judged(ratingsIn(stages, "stakeholder_satisfaction"), "person"),
  },
];

export const PLANNING_METRICS: readonly Metric[] = [...PROCESS, ...ANALYSTS, ...QUALITY];

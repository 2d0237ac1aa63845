import { judged, share, spread, total } from "../measured.ts";
import { eventsOf, waitsOf, type StageHistory } from "../stage-history.ts";
import { finishedCalls, furtherCalls } from "./agent-metrics.ts";
import { ratingsIn, type Metric } from "./metric.ts";

const decisionsIn = (stages: readonly StageHistory[]) =>
  stages.flatMap((stage) => eventsOf(stage, "gate-decided"));

/** The decision that ended each stage's gate, if it has: an approval that was voided did not. */
const verdicts = (stages: readonly StageHistory[]) =>
  stages.flatMap((stage) => {
    const decided = eventsOf(stage, "gate-decided").at(-1);
    const voided = eventsOf(stage, "gate-voided").some(({ round }) => round === decided?.round);
    return decided && decided.decision !== "modify" && !voided ? [decided] : [];
  });

/** From the start of a stage to what was recorded last, without waits for a person and other stages; undefined while agents work. */
function durationOf(stage: StageHistory): number | undefined {
  const last = stage.events.at(-1);
  if (!last || !(stage.ended || AT_REST.has(last.event.type))) return undefined;
  const waited = waitsOf(stage)
    .filter(({ from }) => from >= stage.startedAt)
    .map(({ from, to }) => (to ?? last.at) - from);
  const away = stage.away.map(({ from, to }) => to - from);
  return last.at - stage.startedAt - [...waited, ...away].reduce((sum, ms) => sum + ms, 0);
}

const AT_REST: ReadonlySet<string> = new Set(["gate-opened", "stage-held"]);

/** S1 §8.1: how stages go. */
const STAGES: readonly Metric[] = [
  {
    name: "stage_duration_ms",
    sources: ["S1 §8.1"],
    definition:
      "From the start of a stage to its last event, without the time in which it waited for a person at a gate or was held. Time in which no process worked on the run is included. Stages that are being worked on are left out.",
    unit: "ms",
    perRole: false,
    measure: (stages) =>
      spread(
        stages.flatMap((stage) => durationOf(stage) ?? []),
        "no stage came to a gate or an end",
      ),
  },
  {
    name: "agent_success_rate",
    sources: ["S1 §8.1"],
    definition:
      "Of the calls of agents that ended, those that gave an answer that matches its contract.",
    unit: "share",
    perRole: true,
    measure(stages, role) {
      const calls = finishedCalls(stages, role);
      const good = calls.filter(({ outcome }) => outcome === "succeeded").length;
      return share(good, calls.length, "no agent finished");
    },
  },
  {
    name: "retry_count",
    sources: ["S1 §8.1"],
    definition:
      "Calls of agents in a stage beyond the first of each role and round: retries, repairs of a wrong answer, and fallbacks.",
    unit: "count",
    perRole: false,
    measure: (stages) =>
      total(
        stages
          .filter((stage) => eventsOf(stage, "agent-started").length > 0)
          .map((stage) => furtherCalls(stage)),
        "no agent was called",
      ),
  },
  {
    name: "partial_failure_rate",
    sources: ["S1 §8.1"],
    definition:
      "Of the stages whose quorum was met, those that went on without a full answer of every specialist.",
    unit: "share",
    perRole: false,
    measure(stages) {
      const met = stages.flatMap((stage) => {
        const last = eventsOf(stage, "quorum-tallied").at(-1);
        return last?.met ? [last] : [];
      });
      const partial = met.filter(({ missing }) => missing.length > 0);
      return share(partial.length, met.length, "no quorum was met");
    },
  },
  {
    name: "approval_rate",
    sources: ["S0 §6.1", "S1 §8.1"],
    definition:
      "Of the stages whose gate ended by a decision, those that were approved. Modifications and approvals that were void at once end no gate; one that a later change voided was given, and counts.",
    unit: "share",
    perRole: false,
    measure(stages) {
      const ends = verdicts(stages);
      const approved = ends.filter(({ decision }) => decision === "approve");
      return share(approved.length, ends.length, "no gate has ended");
    },
  },
  {
    name: "user_modification_rate",
    sources: ["S1 §8.1"],
    definition: "Of the decisions at gates, those that asked for a modification.",
    unit: "share",
    perRole: false,
    measure(stages) {
      const all = decisionsIn(stages);
      const modified = all.filter(({ decision }) => decision === "modify");
      return share(modified.length, all.length, "nothing was decided");
    },
  },
];

/** S1 §8.3: what stages make. */
const QUALITY: readonly Metric[] = [
  {
    name: "synthesis_coherence_score",
    sources: ["S1 §8.3"],
    definition:
      "How far QA found the artifacts to read as one piece, without contradictions; the mean.",
    unit: "rating",
    perRole: false,
    judgedBy: "qa",
    measure: (stages) => judged(ratingsIn(stages, "synthesis_coherence_score"), "qa"),
  },
  {
    name: "review_coverage_percent",
    sources: ["S1 §8.3"],
    definition:
      "Of a stage's specialists, those whose full answer the last review worked from; the others it could only note as missing.",
    unit: "percent",
    perRole: false,
    measure(stages) {
      const reviewed = stages.filter((stage) => eventsOf(stage, "review-finished").length > 0);
      const tallies = reviewed.flatMap((stage) => eventsOf(stage, "quorum-tallied").at(-1) ?? []);
      const full = tallies.reduce((sum, { succeeded }) => sum + succeeded.length, 0);
      const all = tallies.reduce((sum, one) => sum + one.succeeded.length + one.missing.length, 0);
      const part = share(full, all, "no review was recorded");
      return part.is === "figure" ? { ...part, value: 100 * part.value } : part;
    },
  },
  {
    name: "qa_modifications_count",
    sources: ["S1 §8.3"],
    definition:
      "What QA and the checks wanted changed, and files that QA changed itself, over all drafts of a stage.",
    unit: "count",
    perRole: false,
    measure: (stages) =>
      total(
        stages
          .filter((stage) => eventsOf(stage, "checks-run").length > 0)
          .map(
            (stage) =>
              eventsOf(stage, "rework-requested").reduce(
                (sum, one) => sum + one.reasons.length,
                0,
              ) + eventsOf(stage, "checks-run").reduce((sum, one) => sum + (one.touched ?? 0), 0),
          ),
        "no draft was checked",
      ),
  },
  {
    name: "approval_first_attempt_rate",
    sources: ["S1 §8.3"],
    definition:
      "Of the stages whose gate ended by a decision, those approved the first time it was open.",
    unit: "share",
    perRole: false,
    measure(stages) {
      const ends = verdicts(stages);
      const first = ends.filter(({ decision, round }) => decision === "approve" && round === 1);
      return share(first.length, ends.length, "no gate has ended");
    },
  },
];

export const STAGE_METRICS: readonly Metric[] = [...STAGES, ...QUALITY];

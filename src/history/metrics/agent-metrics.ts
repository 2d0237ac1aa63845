import { judged, spread, total, words } from "../measured.ts";
import { eventsOf, type EventOf, type StageHistory } from "../stage-history.ts";
import { answerMeasures, type Metric } from "./metric.ts";

/** Calls of agents that ended. An answer taken from the cache is no call: nobody was asked. */
export const finishedCalls = (
  stages: readonly StageHistory[],
  role?: string,
): readonly EventOf<"agent-finished">[] =>
  stages
    .flatMap((stage) => eventsOf(stage, "agent-finished"))
    .filter((call) => role === undefined || call.role === role)
    .filter(({ cache }) => cache?.outcome !== "hit");

/** Calls beyond the first of each role and round. */
export const furtherCalls = (stage: StageHistory, role?: string): number => {
  const calls = eventsOf(stage, "agent-started").filter(
    (call) => role === undefined || call.role === role,
  );
  return calls.length - new Set(calls.map((call) => `${call.role}/${call.round}`)).size;
};

/** S1 §8.2: the agents. */
export const AGENT_METRICS: readonly Metric[] = [
  {
    name: "execution_time_ms",
    sources: ["S1 §8.2"],
    definition: "How long a call of an agent took, failed ones too.",
    unit: "ms",
    perRole: true,
    measure: (stages, role) =>
      spread(
        finishedCalls(stages, role).map(({ durationMs }) => durationMs),
        "no agent finished",
      ),
  },
  {
    name: "output_size_bytes",
    sources: ["S1 §8.2"],
    definition: "Raw output of a call of an agent, failed ones too.",
    unit: "bytes",
    perRole: true,
    measure: (stages, role) =>
      spread(
        finishedCalls(stages, role).map(({ outputBytes }) => outputBytes),
        "no agent finished",
      ),
  },
  {
    name: "confidence_score",
    sources: ["S1 §8.2"],
    definition:
      "How sure an agent said it was of its answer, if it said so. Its own word: worth comparing, not trusting.",
    unit: "score",
    perRole: true,
    judgedBy: "agent",
    measure: (stages, role) => judged(answerMeasures(stages, "confidence_score", role), "agent"),
  },
  {
    name: "retry_attempts",
    sources: ["S0 §6.2", "S1 §8.2", "S2 §6"],
    definition:
      "Calls of a role's agents beyond the first of each round: retries, repairs, fallbacks.",
    unit: "count",
    perRole: true,
    measure: (stages, role) =>
      total(
        stages
          .filter((stage) =>
            eventsOf(stage, "agent-started").some(
              (call) => role === undefined || call.role === role,
            ),
          )
          .map((stage) => furtherCalls(stage, role)),
        "no agent was called",
      ),
  },
  {
    name: "failure_reason",
    sources: ["S1 §8.2"],
    definition: "Kinds of failure of the calls that failed, each with how often.",
    unit: "words",
    perRole: true,
    measure: (stages, role) =>
      words(
        finishedCalls(stages, role).flatMap(({ outcome, reason }) =>
          outcome === "failed" ? [failureKind(reason)] : [],
        ),
        "no call failed",
      ),
  },
];

/** `timeout: no answer within 5 m` → `timeout`. */
export const failureKind = (reason: string | undefined): string =>
  /^[a-z][a-z-]{0,39}(?=:|$)/.exec(reason ?? "")?.[0] ?? "unknown";

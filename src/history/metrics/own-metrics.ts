import type { Usage } from "../../core/event.ts";
import { nothing, share, spread, total, type Measured } from "../measured.ts";
import { eventsOf, waitsOf, type StageHistory } from "../stage-history.ts";
import { sum, type Metric } from "./metric.ts";
import { finishedCalls } from "./agent-metrics.ts";

/** What agents said they used. What they did not say stays unknown, and a sum says how many calls it lacks. */
function used(
  stages: readonly StageHistory[],
  of: (usage: Usage) => number | "unknown",
  role?: string,
): Measured {
  const said = finishedCalls(stages, role).map(({ usage }) => of(usage));
  const known = said.filter((value) => value !== "unknown");
  if (said.length === 0) return nothing("no agent finished");
  if (known.length === 0) return { is: "unknown", because: "no agent said" };
  const missing = said.length - known.length;
  return { is: "figure", value: sum(known), samples: known.length, missing };
}

/** What the source documents do not list and a team asks first. */
export const OWN_METRICS: readonly Metric[] = [
  {
    name: "quorum_met_rate",
    sources: ["own"],
    definition:
      "Of the tallies of specialists, those in which enough had answered; a lost one holds the run.",
    unit: "share",
    perRole: false,
    measure(stages) {
      const tallies = stages.flatMap((stage) => eventsOf(stage, "quorum-tallied"));
      return share(tallies.filter(({ met }) => met).length, tallies.length, "nothing was tallied");
    },
  },
  {
    name: "cache_hit_rate",
    sources: ["own"],
    definition:
      "Of the questions to agents that ended, those for which an earlier answer to the same question was taken and nobody was asked.",
    unit: "share",
    perRole: true,
    measure(stages, role) {
      const asked = finishedCalls(stages, role).length;
      const all = stages
        .flatMap((stage) => eventsOf(stage, "agent-finished"))
        .filter((call) => role === undefined || call.role === role).length;
      return share(all - asked, all, "no agent was needed");
    },
  },
  {
    name: "hold_count",
    sources: ["own"],
    definition: "How often a stage was held by a failure that a person had to mend.",
    unit: "count",
    perRole: false,
    measure: (stages) =>
      total(
        stages.map(
          ({ events, outside }) =>
            [...events, ...outside].filter(({ event }) => event.type === "stage-held").length,
        ),
        "no stage was started",
      ),
  },
  {
    name: "gate_wait_ms",
    sources: ["own"],
    definition: "How long a gate that was decided had waited for the decision.",
    unit: "ms",
    perRole: false,
    measure: (stages) =>
      spread(
        stages.flatMap((stage) =>
          waitsOf(stage).flatMap(({ kind, from, to }) =>
            kind === "gate" && to !== undefined ? [to - from] : [],
          ),
        ),
        "nothing was decided",
      ),
  },
  {
    name: "cost_usd",
    sources: ["own"],
    definition:
      "What agents said their calls cost, or what their tokens cost by the configured price. Calls of which neither is known are counted apart.",
    unit: "usd",
    perRole: true,
    measure: (stages, role) => used(stages, ({ costUsd }) => costUsd, role),
  },
  {
    name: "input_tokens",
    sources: ["own"],
    definition: "Tokens that agents said they read. Calls that said nothing are counted apart.",
    unit: "tokens",
    perRole: true,
    measure: (stages, role) => used(stages, ({ inputTokens }) => inputTokens, role),
  },
  {
    name: "output_tokens",
    sources: ["own"],
    definition: "Tokens that agents said they wrote. Calls that said nothing are counted apart.",
    unit: "tokens",
    perRole: true,
    measure: (stages, role) => used(stages, ({ outputTokens }) => outputTokens, role),
  },
];

import type { Attributes, Histogram, Meter } from "@opentelemetry/api";
import type { Resource } from "@opentelemetry/resources";
import {
  AggregationTemporality,
  MeterProvider,
  MetricReader,
  type ResourceMetrics,
} from "@opentelemetry/sdk-metrics";
import type { Span } from "../../history/trace/span.ts";

/** Bounds in seconds: GenAI conventions' for calls, and on to days for what waits for people. */
const SECONDS = [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600, 14_400, 86_400, 604_800];
/** GenAI conventions' bounds for tokens. */
const TOKENS = [1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576];

/** Only what was added since the last time: processes come and go, and none knows what others counted. */
class DeltaReader extends MetricReader {
  constructor() {
    super({ aggregationTemporalitySelector: () => AggregationTemporality.DELTA });
  }
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}

/** Which attributes of a span are dimensions: few values each. The run's id is none; traces have it. */
const DIMENSIONS = [
  "gen_ai.operation.name",
  "gen_ai.agent.name",
  "wavegate.workflow",
  "wavegate.stage",
  "wavegate.role",
  "wavegate.decision",
  "wavegate.status",
  "wavegate.cache",
];

export interface MetricsBook {
  /** Count a span that has ended. */
  count(span: Span): void;
  /** What was counted since the last time; undefined if nothing was. */
  collect(): Promise<ResourceMetrics | undefined>;
}

/** Metrics of ended spans, with the same attributes as the spans. */
export function openMetrics(resource: Resource, version: string): MetricsBook {
  const reader = new DeltaReader();
  const meter = new MeterProvider({ resource, readers: [reader] }).getMeter("wavegate", version);
  const durations = durationsOf(meter);
  const tokens = meter.createHistogram("gen_ai.client.token.usage", {
    description: "Tokens that an agent said it used",
    unit: "{token}",
    advice: { explicitBucketBoundaries: TOKENS },
  });
  const cost = meter.createCounter("wavegate.agent.cost", {
    description: "What agents said their calls cost",
    unit: "{USD}",
  });
  let counted = 0;
  return {
    count(span) {
      if (!span.end) return;
      counted += 1;
      const dimensions = dimensionsOf(span);
      durations[span.kind]?.record((span.end.ms - span.startMs) / 1_000, dimensions);
      if (span.kind !== "call" && span.kind !== "attempt") return;
      for (const type of ["input", "output"]) {
        const used = span.attributes[`gen_ai.usage.${type}_tokens`];
        if (typeof used === "number")
          tokens.record(used, { ...dimensions, "gen_ai.token.type": type });
      }
      const paid = span.attributes["wavegate.cost_usd"];
      if (typeof paid === "number") cost.add(paid, dimensions);
    },
    async collect() {
      if (counted === 0) return undefined;
      counted = 0;
      return (await reader.collect()).resourceMetrics;
    },
  };
}

/** How long spans lasted, by their kind. */
function durationsOf(meter: Meter): Readonly<Partial<Record<Span["kind"], Histogram>>> {
  const seconds = (name: string, description: string): Histogram =>
    meter.createHistogram(name, {
      description,
      unit: "s",
      advice: { explicitBucketBoundaries: SECONDS },
    });
  return {
    call: seconds("gen_ai.client.operation.duration", "Duration of a call of an agent"),
    stage: seconds("wavegate.stage.duration", "Duration of a stage, waits for people included"),
    gate: seconds("wavegate.gate.wait", "How long a gate waited for a decision"),
    hold: seconds("wavegate.hold.duration", "How long a stage was held by a failure"),
    attempt: seconds("wavegate.attempt.duration", "How long an attempt at a task took a worker"),
    check: seconds("wavegate.check.duration", "Duration of a check of a task's result"),
    landing: seconds(
      "wavegate.landing.duration",
      "How long a batch of results was merged and tested",
    ),
    question: seconds(
      "wavegate.question.wait",
      "How long a question of a task waited for a person",
    ),
    run: seconds("wavegate.run.duration", "Duration of a run, waits for people included"),
  };
}

function dimensionsOf({ attributes, error }: Span): Attributes {
  const dimensions: Attributes = error === undefined ? {} : { "error.type": error };
  for (const name of DIMENSIONS) {
    const value = attributes[name];
    if (typeof value === "string") dimensions[name] = value;
  }
  return dimensions;
}

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { spanIdOf, traceIdOf } from "../../../src/adapters/telemetry/otel-model.ts";
import { telemetrySettings } from "../../../src/adapters/telemetry/settings.ts";
import type { RecordedEvent, RunEvent } from "../../../src/core/event.ts";
import type { Span } from "../../../src/history/trace/span.ts";
import { traceOf } from "../../../src/history/trace/trace-of.ts";
import { chromeTrace } from "../../../src/reporters/chrome-trace.ts";
import { REJECTED, SMOOTH, TROUBLED } from "./recorded-runs.ts";

const ALL = [TROUBLED, SMOOTH, REJECTED];
const idOf = (run: readonly RecordedEvent[]) => run[0]?.runId ?? "";
const spansOf = (run: readonly RecordedEvent[]) => traceOf(idOf(run), run).spans;

/** `stage planning 0–319` under `run-stage`, and so on; seconds since the run began. */
function outline(spans: readonly Span[], parent?: string, indent = ""): readonly string[] {
  const start = spans[0]?.startMs ?? 0;
  const seconds = (ms: number | undefined) =>
    ms === undefined ? "…" : String((ms - start) / 1_000);
  const lines: string[] = [];
  for (const span of spans) {
    if (span.parent !== parent) continue;
    const { name, startMs, end, error } = span;
    const failed = error === undefined ? "" : ` ✖ ${error}`;
    lines.push(`${indent}${name} ${seconds(startMs)}–${seconds(end?.ms)}${failed}`);
    lines.push(...outline(spans, span.key, `${indent}  `));
  }
  return lines;
}

const cut = (run: readonly RecordedEvent[]) =>
  spansOf(run).filter(({ attributes }) => attributes["wavegate.cut_short"] === true);

describe("the trace of a run", () => {
  test("spans for run, stage, role, call, gate wait and hold", () => {
    expect(outline(spansOf(TROUBLED))).toEqual([
      "run-stage 0–319",
      "  stage planning 0–319",
      "    role requirements 0–2",
      "      invoke_agent builtin 0–2",
      "    role architecture 0–4",
      "      invoke_agent builtin 0–3 ✖ invalid-output",
      "      invoke_agent builtin 3–4",
      "    role risk 0–11 ✖ failed",
      "      invoke_agent builtin 0–5 ✖ timeout",
      "      invoke_agent builtin 6–11 ✖ timeout",
      "    role estimation 0–2",
      "      invoke_agent builtin 0–2",
      "    gate planning 15–115",
      "    hold DISK_FULL 116–216 ✖ DISK_FULL",
      "    gate planning 218–318",
    ]);
  });

  test("only what did not come to its end is cut short", () => {
    expect(ALL.flatMap(cut)).toEqual([]);
    const canceled = SMOOTH.filter(({ event }) => event.type !== "gate-decided");
    expect(cut(canceled).map(({ name }) => name)).toEqual(["gate planning"]);
  });

  test("calls carry GenAI attributes; what the agent did not say is left out", () => {
    const calls = spansOf(TROUBLED).filter(({ kind }) => kind === "call");
    expect(calls[0]?.attributes).toMatchObject({
      "gen_ai.operation.name": "invoke_agent",
      "gen_ai.agent.name": "builtin",
      "gen_ai.usage.input_tokens": 900,
      "gen_ai.usage.output_tokens": 100,
      "wavegate.cost_usd": 0.25,
    });
    expect(Object.keys(calls[1]?.attributes ?? {})).not.toContain("gen_ai.usage.input_tokens");
    expect(calls[1]?.attributes["error.type"]).toBe("invalid-output");
  });

  test("a span that has ended never changes, and its id is the same in every process", () => {
    fc.assert(
      fc.property(fc.constantFrom(...ALL), fc.nat(60), (run, upTo) => {
        const later = new Map(spansOf(run).map((span) => [span.key, span]));
        for (const span of spansOf(run.slice(0, upTo)))
          if (span.end) expect(later.get(span.key)).toEqual(span);
          else expect(later.has(span.key)).toBe(true);
      }),
    );
    expect(traceIdOf("run-1")).toMatch(/^[0-9a-f]{32}$/);
    expect(spanIdOf("run-1", "stage/1")).toMatch(/^[0-9a-f]{16}$/);
    expect(
      new Set([spanIdOf("run-1", "a"), spanIdOf("run-1", "b"), spanIdOf("run-2", "a")]).size,
    ).toBe(3);
  });

  test("each span ends with its parent at the latest, by an event of the run", () => {
    for (const run of ALL) {
      const spans = new Map(spansOf(run).map((span) => [span.key, span]));
      for (const { end, parent } of spans.values()) {
        expect(end).toBeDefined();
        const outer = spans.get(parent ?? "")?.end;
        expect(end?.seq).toBeLessThanOrEqual(outer?.seq ?? Infinity);
      }
    }
  });

  test("what people and agents wrote stays here", () => {
    const secret = "only between us";
    const texts = {
      reason: `timeout: ${secret}`,
      notes: secret,
      summary: secret,
      note: secret,
      by: secret,
    };
    const lists = {
      reasons: [secret],
      failed: [secret],
      message: secret,
      hint: secret,
      prompt: secret,
    };
    const told = TROUBLED.map((record) => {
      const said = Object.entries({ ...texts, ...lists }).filter(
        ([field]) => field in record.event,
      );
      const event = { ...record.event, ...Object.fromEntries(said) } as RunEvent;
      return { ...record, event };
    });
    expect(JSON.stringify(told)).toContain(secret);
    const trace = traceOf(idOf(told), told);
    expect(JSON.stringify(trace)).not.toContain(secret);
    expect(chromeTrace(trace.runId, trace.spans)).not.toContain(secret);
  });

  test("a stage after another, one that was held before it began, and answers from the cache", () => {
    const events: readonly RunEvent[] = [
      { type: "run-started", workflow: "complete", subject: "s", digest: "d" },
      { type: "stage-held", stage: "planning", code: "SPEC_INVALID", reason: "", hint: "" },
      { type: "stage-resumed", stage: "planning", by: "ann" },
      { type: "stage-started", stage: "planning", roles: ["a"], concurrency: 1, profile: "api" },
      {
        type: "agent-finished",
        stage: "planning",
        role: "a",
        agent: "x",
        attempt: 1,
        round: 1,
        outcome: "succeeded",
        durationMs: 0,
        outputBytes: 0,
        usage: { inputTokens: 0, outputTokens: 0, costUsd: 0 },
      },
      {
        type: "role-settled",
        stage: "planning",
        role: "a",
        status: "succeeded",
        round: 1,
        summary: "",
      },
      { type: "stage-started", stage: "preparation", roles: ["a"], concurrency: 1, profile: "api" },
      { type: "agent-started", stage: "preparation", role: "a", agent: "x", attempt: 1, round: 1 },
      { type: "run-finished", status: "canceled", message: "" },
    ];
    const run = events.map((event, index) => ({
      runId: "r",
      seq: index + 1,
      event,
      at: new Date(1_000 * index).toISOString(),
    }));
    expect(outline(spansOf(run))).toEqual([
      "complete 0–8 ✖ canceled",
      "  stage planning 1–6",
      "    hold SPEC_INVALID 1–2 ✖ SPEC_INVALID",
      "    role a 4–5",
      "      invoke_agent x 4–4",
      "  stage preparation 6–8",
      "    role a 7–8",
      "      invoke_agent x 7–8",
    ]);
  });
});

test("Chrome's form: spans in microseconds, each role on a line of its own", () => {
  const { traceEvents } = JSON.parse(chromeTrace("r", spansOf(SMOOTH))) as {
    traceEvents: {
      name: string;
      ph: string;
      ts: number;
      dur: number;
      tid: number;
      args: { name?: string };
    }[];
  };
  expect(traceEvents.find(({ name }) => name === "gate planning")).toMatchObject({
    ph: "X",
    ts: 4e6,
    dur: 10e6,
  });
  const lanes = traceEvents
    .filter(({ name }) => name === "thread_name")
    .map(({ args }) => args.name);
  expect(lanes).toEqual(["run", "requirements", "architecture", "risk", "estimation"]);
});

describe("what the environment asks for", () => {
  const BASE = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://localhost:4318/" };
  test.each([
    [{}, undefined],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: " " }, undefined],
    [{ ...BASE, OTEL_SDK_DISABLED: "true" }, undefined],
    [
      {
        ...BASE,
        OTEL_TRACES_EXPORTER: "none",
        OTEL_METRICS_EXPORTER: "none",
        OTEL_LOGS_EXPORTER: "none",
      },
      undefined,
    ],
  ])("%j sends nothing", (env, expected) => expect(telemetrySettings(env)).toBe(expected));

  test("one address for all signals, or one for each", () => {
    expect(telemetrySettings(BASE)).toEqual({
      protocol: "http/protobuf",
      warnings: [],
      urls: {
        traces: "http://localhost:4318/v1/traces",
        metrics: "http://localhost:4318/v1/metrics",
        logs: "http://localhost:4318/v1/logs",
      },
    });
    const one = {
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "https://t.example/x",
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
    };
    expect(telemetrySettings(one)).toEqual({
      protocol: "http/json",
      warnings: [],
      urls: { traces: "https://t.example/x" },
    });
  });

  test("what is not there is said", () => {
    const asked = { ...BASE, OTEL_EXPORTER_OTLP_PROTOCOL: "grpc", OTEL_LOGS_EXPORTER: "console" };
    expect(telemetrySettings(asked)?.warnings).toEqual([
      "OTEL_LOGS_EXPORTER=console is not there; otlp is used.",
      "OTEL_EXPORTER_OTLP_PROTOCOL=grpc is not there; http/protobuf is used.",
    ]);
    expect(telemetrySettings({ OTEL_EXPORTER_OTLP_ENDPOINT: "localhost:4317" })).toMatchObject({
      urls: {},
    });
  });
});

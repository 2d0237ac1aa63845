import { createHash } from "node:crypto";
import type { Json } from "../../../src/core/json.ts";
import { err, ok } from "../../../src/core/result.ts";
import type { RunEvent } from "../../../src/core/event.ts";
import type { Agent, AgentFailure, AgentRequest } from "../../../src/ports/agent.ts";
import type { AdaptStage } from "../../../src/stage/adapt-stage.ts";
import { unadapted } from "../unadapted.ts";
import { parseSpec } from "../../../src/spec/parse-spec.ts";
import { BUILT_IN_RULES } from "../../../src/stage/rules/built-in-rules.ts";
import { NOTHING_STATED, type Adapting } from "../../../src/stage/rules/adapting.ts";
import type { Circumstances } from "../../../src/stage/rules/circumstances.ts";
import { readingsOf } from "../rules/readings.ts";
import { FREE, type AgentCosts } from "../../../src/stage/budget/agent-cost.ts";
import { PLANNING } from "../../../src/stage/built-in/planning.ts";
import type { Decision, GateInfo } from "../../../src/stage/records.ts";
import type { StageSpec } from "../../../src/stage/stage-spec.ts";
import { createMemoryEngine, createMemoryStore } from "../../../src/testing/memory-engine.ts";
import { createMemoryFiles } from "../../../src/testing/memory-files.ts";
import { goodAnswer, SMALL_SPEC as SPEC } from "../../../src/testing/small-planning.ts";
import { createRunStages, type RunInput } from "../../../src/workflows/run-stages.ts";
import type { TakeDownRequest, TakenDown } from "../../../src/workflows/take-down.ts";

const usage = { inputTokens: 10, outputTokens: 5, costUsd: "unknown" } as const;

export const failure = (kind: AgentFailure["kind"], message = "no luck"): AgentFailure => ({
  kind,
  message,
  usage,
  outputBytes: 0,
});

/** What a role answers: a value, or a failure. Called with the request and how often this role was asked before. */
export type Answers = (request: AgentRequest, before: number) => Json | AgentFailure;

const isFailure = (answer: Json | AgentFailure): answer is AgentFailure =>
  typeof answer === "object" && answer !== null && "kind" in answer && "outputBytes" in answer;

const digestOf = (text: string) => createHash("sha256").update(text).digest("hex");

/** Circumstances in which no built-in rule fires. */
export const CALM: Circumstances = {
  workflow: "stage",
  readings: readingsOf({ complexity: 50, clarity: 100, uncertainty: 0, debt: 0 }),
  resources: { limited: false, because: "8 of 16 GiB free, 4 cores", from: "measured" },
  implementation: "whole",
  discovery: "by-rules",
  stated: NOTHING_STATED,
  rules: BUILT_IN_RULES,
};

/** A run to which no rule applies. */
export const PLAIN: Adapting = {
  workflow: "stage",
  scores: { configuration: {}, commandLine: {} },
  rules: [],
  implementation: null,
  discovery: "by-rules",
  resources: { mode: "ample", from: "configuration" },
  stated: {},
};

/** What a stage works from: the small spec, whatever is on disk. */
function takeDown(
  { stage, scope, subject: path, agentLimit, refresh }: TakeDownRequest,
  adapt: AdaptStage,
  documents: Readonly<Record<string, string>>,
): TakenDown {
  const adapted = adapt(stage, {
    spec: parseSpec(path, SPEC),
    text: SPEC,
    documents,
    circumstances: CALM,
    discoveredIn: null,
  });
  if ("notNeeded" in adapted) return adapted;
  const input = {
    stage: adapted.stage,
    scope,
    holds: [{ path, digest: digestOf(SPEC), boxes: false }],
    feature: "Pocket money",
    subject: { path, digest: digestOf(SPEC), content: SPEC },
    extras: documents,
    skipped: [],
    facts: ["Subject: Pocket money"],
    root: "/project",
    target: "specs/001",
    agentLimit,
    refresh,
  };
  return { input, events: adapted.events };
}

/** A stage over a memory engine, with agents that answer as the test says. */
export function stageFixture(
  options: {
    readonly answers?: Answers;
    readonly stage?: Partial<StageSpec>;
    /** Several stages, each as the one above but for this. */
    readonly stages?: readonly Partial<StageSpec>[];
    readonly adapt?: AdaptStage;
    readonly agents?: readonly Agent[];
    /** What the fixture's own agents answer from. */
    readonly worksFrom?: "inputs" | "project";
    /** Documents besides the specification, as they are when a stage begins. */
    readonly costs?: AgentCosts;
    readonly documents?: () => Readonly<Record<string, string>>;
  } = {},
) {
  const memory = createMemoryFiles();
  const requests: AgentRequest[] = [];
  const takenDown: string[] = [];
  const agent = (name: string): Agent => ({
    name,
    async describe() {
      const availability = { available: true, version: "1" } as const;
      const worksFrom = options.worksFrom ?? "project";
      return { name, kind: "builtin", summary: "", availability, worksFrom };
    },
    async run(request) {
      const before = requests.filter(({ role }) => role === request.role).length;
      requests.push(request);
      const answer = options.answers?.(request, before) ?? goodAnswer(request);
      return isFailure(answer) ? err(answer) : ok({ value: answer, usage, outputBytes: 9 });
    },
  });
  let now = Date.parse("2026-01-01T00:00:00Z");
  const cast = options.agents ?? ["builtin", "other"].map(agent);
  const agents = new Map(cast.map((each) => [each.name, each]));
  const ports = {
    ...memory,
    agents,
    costs: options.costs ?? (() => FREE),
    clock: { now: () => (now += 1) },
    providerLimit: () => null,
    redact: (text: string) => text.replaceAll("s3cr3t-value", "[redacted]"),
    takeDown: async (request: TakeDownRequest) => {
      const adapt = options.adapt ?? unadapted;
      const taken = takeDown(request, adapt, options.documents?.() ?? {});
      takenDown.push(request.scope);
      return taken;
    },
  };
  const stage: StageSpec = {
    ...PLANNING,
    retry: { retries: 2, initialMs: 1, maxMs: 1 },
    ...options.stage,
  };
  const store = createMemoryStore({ now: () => now });
  const open = () => {
    const engine = createMemoryEngine({ store });
    const { workflows, runRole } = createRunStages(ports);
    engine.register(...workflows, runRole);
    return engine;
  };
  memory.disk.set("specs/001/spec.md", SPEC);
  const digest = digestOf(SPEC);
  const input: RunInput = {
    subject: { path: "specs/001/spec.md", digest },
    stages: (options.stages ?? [{}]).map((own) => ({ ...stage, ...own })),
    work: null,
    agentLimit: null,
    adapting: PLAIN,
    refresh: false,
  };
  const engine = open();
  const start = (runId = "run-1", over: Partial<RunInput> = {}) =>
    engine.start({
      runId,
      workflow: "run-stage",
      subject: "s",
      input: { ...input, ...over },
      where: "here",
    });
  return {
    memory,
    requests,
    /** Scopes of the stages that have begun, in order. */
    takenDown,
    engine,
    open,
    start,
    /** Let time pass. */
    advance: (ms: number) => {
      now += ms;
    },
  };
}

export type Fixture = ReturnType<typeof stageFixture>;

export async function eventsOf(engine: Fixture["engine"], runId = "run-1"): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const recorded of engine.events(runId, 0)) events.push(recorded.event);
  return events;
}

/** The gate that the run waits at. */
export async function gateOf(
  engine: Fixture["engine"],
  afterWait?: string,
  runId = "run-1",
): Promise<GateInfo> {
  const record = await engine.settled(runId, afterWait === undefined ? {} : { afterWait });
  if (record.wait?.kind !== "gate")
    throw new Error(
      `the run is ${record.status}: ${JSON.stringify(record.wait?.info ?? record.error)}`,
    );
  return record.wait.info as GateInfo;
}

export async function answerGate(
  engine: Fixture["engine"],
  gate: GateInfo,
  decision: Partial<Decision> & Pick<Decision, "kind">,
  runId = "run-1",
) {
  return engine.answer({
    runId,
    wait: `${gate.stage}/gate/${gate.round}`,
    token: gate.digest,
    value: {
      by: "ann",
      digest: gate.digest,
      at: "2026-01-02T00:00:00.000Z",
      reason: null,
      changes: null,
      edits: null,
      ...decision,
    },
  });
}

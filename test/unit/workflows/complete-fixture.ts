import { FREE } from "../../../src/stage/budget/agent-cost.ts";
import { createHash } from "node:crypto";
import { PLAIN } from "./stage-fixture.ts";
import { createTakeDown } from "../../../src/app/take-down-stage.ts";
import type { RunEvent } from "../../../src/core/event.ts";
import type { Json } from "../../../src/core/json.ts";
import { ok } from "../../../src/core/result.ts";
import type { Agent, AgentRequest } from "../../../src/ports/agent.ts";
import type { OpenWait, RunRecord } from "../../../src/ports/engine.ts";
import { unadapted } from "../unadapted.ts";
import { PLANNING } from "../../../src/stage/built-in/planning.ts";
import { PREPARATION } from "../../../src/stage/built-in/preparation.ts";
import { QUALITY_REVIEW } from "../../../src/stage/built-in/quality-review.ts";
import type { GateInfo } from "../../../src/stage/records.ts";
import type { StageSpec } from "../../../src/stage/stage-spec.ts";
import { IMPLEMENTATION } from "../../../src/stage/work-part.ts";
import { createMemoryEngine, createMemoryStore } from "../../../src/testing/memory-engine.ts";
import { createMemoryFiles } from "../../../src/testing/memory-files.ts";
import { goodAnswer, SMALL_SPEC } from "../../../src/testing/small-planning.ts";
import type { ImplementationInput } from "../../../src/workflows/implement-work.ts";
import { createLandBatch } from "../../../src/workflows/land-batch.ts";
import { createRunPlan } from "../../../src/workflows/run-plan.ts";
import type { StagePorts } from "../../../src/workflows/stage-ports.ts";
import type { World } from "./plan-world.ts";
import { createRunStages, type RunInput } from "../../../src/workflows/run-stages.ts";
import { documentsOf } from "../documents.ts";

export const FOLDER = "specs/001";
export const SPEC = `${FOLDER}/spec.md`;
const usage = { inputTokens: 1, outputTokens: 1, costUsd: "unknown" } as const;

/** Planning's team, which has small answers, in the order and with the requirements of the real stages. */
const as = ({ name, title, requires, reads, artifacts, gate }: StageSpec): StageSpec => ({
  ...PLANNING,
  name,
  title,
  requires,
  reads: reads.filter((each) => each !== "repository.json"),
  artifacts: artifacts.map((artifact) => ({ ...artifact, sections: [] })),
  gate,
  reworkRounds: 0,
  retry: { retries: 0, initialMs: 1, maxMs: 1 },
});
export const STAGES = [PLANNING, PREPARATION, QUALITY_REVIEW].map(as);

export const PLAN = "# Build\n\n- [ ] 1.1 Add money (FR-001)\n";

function answer(request: AgentRequest, plan: () => string): Json {
  if (request.role !== "synthesizer") return goodAnswer(request);
  if (request.stage === "preparation") return { artifacts: { "implementation_plan.md": plan() } };
  if (request.stage === "review") return { artifacts: { "quality_report.md": "# Report\n" } };
  return goodAnswer(request);
}

/** A run of all stages over a store, files and agents in memory; each call of `open` is another process. */
export function completeFixture({
  stages = STAGES,
  agents,
  plans = [PLAN],
}: {
  readonly stages?: readonly StageSpec[];
  /** What preparation makes, each time it is run; then the last one again. */
  readonly plans?: readonly string[];
  /** Who carries out plans, over the files of the project; without it people do. */
  readonly agents?: (
    disk: Map<string, string>,
    store: ReturnType<typeof createMemoryStore>,
  ) => Pick<World, "ports" | "git"> & { readonly chosen: ImplementationInput };
} = {}) {
  const memory = createMemoryFiles();
  const store = createMemoryStore();
  const able = agents?.(memory.disk, store);
  const requests: AgentRequest[] = [];
  let made = 0;
  const nextPlan = () => plans[Math.min(made++, plans.length - 1)] ?? PLAN;
  /** Called when an agent is asked: the moment in which the world may change. */
  const hooks: {
    asked?: (request: AgentRequest) => void;
    audited?: (action: string) => void;
    /** A stage is about to read its specification. */
    begun?: (stage: string) => void;
    /** What is read of a project file, in place of what it is. */
    read?: (path: string) => string | undefined;
  } = {};
  const agent: Agent = {
    name: "builtin",
    describe: async () => ({
      name: "builtin",
      kind: "builtin",
      summary: "",
      availability: { available: true, version: "1" },
    }),
    async run(request) {
      requests.push(request);
      hooks.asked?.(request);
      return ok({ value: answer(request, nextPlan), usage, outputBytes: 1 });
    },
  };
  memory.disk.set(SPEC, SMALL_SPEC);
  let now = Date.parse("2026-01-01T00:00:00Z");
  const open = () => {
    const engine = createMemoryEngine({ store });
    const takeDown = createTakeDown(
      {
        ...memory,
        project: "/project",
        agents: async () => new Map([[agent.name, agent]]),
        engine: async () => engine,
        documents: documentsOf(memory.disk),
        machine: { read: async () => ({ freeBytes: 8e9, totalBytes: 16e9, cores: 4 }) },
        repository: {
          read: async () => ({
            source: "walk",
            note: null,
            complete: true,
            files: [],
            leftOut: [],
          }),
        },
        dependencyAudit: {
          audit: async () => ({ done: false, note: "no registry in this test", holes: [] }),
        },
      },
      unadapted,
    );
    const landBatch = able && createLandBatch({ ...able.ports, landing: able.git.landing });
    const carried = landBatch && createRunPlan(able.ports, landBatch);
    if (carried) engine.register(carried.runTask, carried.verifyTask, landBatch);
    const stagePorts: StagePorts = {
      ...memory,
      audit: {
        ...memory.audit,
        async append(entry) {
          await memory.audit.append(entry);
          hooks.audited?.(`${(entry.details as { stage: string }).stage} ${entry.action}`);
        },
      },
      agents: new Map([["builtin", agent]]),
      costs: () => FREE,
      clock: { now: () => (now += 1) },
      providerLimit: () => null,
      redact: (text) => text,
      files: {
        ...memory.files,
        async read(path) {
          const content = hooks.read?.(path);
          if (content === undefined) return memory.files.read(path);
          return { content, digest: memory.digest(content) };
        },
      },
      takeDown: (request) => {
        hooks.begun?.(request.stage.name);
        return takeDown(request);
      },
    };
    const { workflows, runRole } = createRunStages(stagePorts, carried?.implementation);
    engine.register(...workflows, runRole);
    return engine;
  };
  let engine = open();
  let runId = "run-1";
  const input: RunInput = {
    subject: { path: SPEC, digest: createHash("sha256").update(SMALL_SPEC).digest("hex") },
    stages,
    work: IMPLEMENTATION,
    ...(able && { implementation: able.chosen }),
    agentLimit: null,
    adapting: PLAIN,
    // What is counted here is who is asked, not what the cache saves.
    refresh: true,
  };
  const settled = (afterWait?: string) =>
    engine.settled(runId, afterWait === undefined ? {} : { afterWait });
  return {
    memory,
    requests,
    hooks,
    file: (name: string) => `${FOLDER}/${name}`,
    /** Start the run, or another one about the same files, which is the one that is meant from then on. */
    async start(over: { readonly runId?: string; readonly stages?: readonly StageSpec[] } = {}) {
      runId = over.runId ?? runId;
      const asked = { ...input, stages: over.stages ?? input.stages };
      await engine.start({
        runId,
        workflow: "complete",
        subject: SPEC,
        input: asked,
        where: "here",
      });
      return settled();
    },
    /** Everything held in memory is gone, and another process takes the run. */
    async crash() {
      engine.crash();
      engine = open();
      const claimed = await engine.claim(runId);
      if (!claimed.ok) throw claimed.error;
    },
    settled,
    /** Give the answer to what the run waits for: approve, or resume; then wait until it waits again. */
    async goOn(record: RunRecord, extra: Readonly<Record<string, Json>> = {}): Promise<RunRecord> {
      const wait = waitOf(record);
      const answered = await engine.answer({
        runId,
        wait: wait.name,
        token: wait.token,
        value: wait.kind === "gate" ? decision(wait.token, extra) : { by: "ann", ...extra },
      });
      if (!answered.ok) throw answered.error;
      return settled(wait.name);
    },
    answer: (request: { wait: string; token: string; value: Json }) =>
      engine.answer({ runId, ...request }),
    async events(): Promise<RunEvent[]> {
      const events: RunEvent[] = [];
      for await (const { event } of engine.events(runId, 0)) events.push(event);
      return events;
    },
  };
}

export const decision = (digest: string, extra: Readonly<Record<string, Json>> = {}): Json => ({
  kind: "approve",
  by: "ann",
  digest,
  at: "2026-01-02T00:00:00.000Z",
  reason: null,
  changes: null,
  edits: null,
  ...extra,
});

export function waitOf(record: RunRecord): OpenWait {
  if (record.wait) return record.wait;
  throw new Error(`the run is ${record.status}: ${record.error ?? JSON.stringify(record.output)}`);
}

/** Where the run waits, in two words: `gate planning`. */
export const placeOf = (record: RunRecord): string => {
  if (!record.wait) return record.status;
  return `${record.wait.kind} ${(record.wait.info as Pick<GateInfo, "stage">).stage}`;
};

/** A whole run of plans in memory: the engine, the ports, a repository, and agents that do what a test says. */
import { createWriteFindings } from "../../../src/app/execution/write-task-findings.ts";
import { createTakePlans, createMarkPlans } from "../../../src/app/execution/take-plans.ts";
import type { RunEvent } from "../../../src/core/event.ts";
import type { PlanEvent } from "../../../src/core/plan-event.ts";
import type { Json } from "../../../src/core/json.ts";
import { err, ok } from "../../../src/core/result.ts";
import type { Agent, AgentFailure, AgentOutcome, AgentRequest } from "../../../src/ports/agent.ts";
import type { Engine } from "../../../src/ports/engine.ts";
import type { PlanFiles } from "../../../src/ports/plan-files.ts";
import type { CheckRequest, CheckResult } from "../../../src/ports/verifier.ts";
import {
  createMemoryClaims,
  createMemoryEngine,
  createMemoryStore,
} from "../../../src/testing/index.ts";
import { createMemoryFiles } from "../../../src/testing/memory-files.ts";
import { createMemoryPlanFiles } from "../../../src/testing/memory-plan-files.ts";
import { createLandBatch } from "../../../src/workflows/land-batch.ts";
import { createRunPlan } from "../../../src/workflows/run-plan.ts";
import type { PlanRunInput } from "../../../src/workflows/run-plan-input.ts";
import type { PlanRunPorts } from "../../../src/workflows/plan-run/plan-ports.ts";
import { memoryGit, type Tree } from "./memory-git.ts";

/** What an agent does in its clone; what it gives is its answer. */
export type Deed = (
  tree: Tree,
  request: AgentRequest,
  before: number,
) => Json | Partial<AgentFailure> | void | Promise<Json | Partial<AgentFailure> | void>;

export interface WorldOptions {
  readonly plans: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  /** Where plans are, where others write them. */
  readonly disk?: Map<string, string>;
  readonly store?: ReturnType<typeof createMemoryStore>;
  /** By key; without one, a task writes a file called like itself. */
  readonly deeds?: Readonly<Record<string, Deed>>;
  /** Whether agents fail without a word and without a change. */
  readonly silent?: boolean;
  readonly judge?: (request: AgentRequest) => Json;
  readonly check?: (
    request: CheckRequest,
    tree: Tree,
  ) => Partial<CheckResult> | Promise<Partial<CheckResult>>;
  readonly input?: Partial<PlanRunInput>;
  readonly now?: () => number;
  /** Plans on a disk with troubles. */
  readonly planFiles?: (files: PlanFiles) => PlanFiles;
}

export const USAGE = { inputTokens: 100, outputTokens: 10, costUsd: 0.01 } as const;

const isFailure = (value: unknown): value is Partial<AgentFailure> =>
  typeof value === "object" && value !== null && "kind" in value;

export function planWorld(options: WorldOptions) {
  const clock = { now: options.now ?? (() => Date.now()) };
  const disk = options.disk ?? new Map(Object.entries(options.plans));
  const git = memoryGit({ "README.md": "hello", ...options.plans, ...options.files });
  const files = createMemoryFiles();
  const store = options.store ?? createMemoryStore();
  const requests: AgentRequest[] = [];
  const checks: CheckRequest[] = [];
  const times = new Map<string, number>();
  const agent: Agent = {
    name: "coder",
    provider: "test",
    async run(request): Promise<AgentOutcome> {
      requests.push(request);
      const before = times.get(request.role) ?? 0;
      times.set(request.role, before + 1);
      const spent = { usage: USAGE, outputBytes: options.silent === true ? 0 : 10 };
      if (options.silent === true) return err({ kind: "crashed", message: "it ended", ...spent });
      if (request.contract === "criteria_report")
        return ok({ value: (options.judge ?? allMet)(request), ...spent });
      const tree = git.clones.get(request.work?.folder ?? "");
      if (!tree) return err({ kind: "crashed", message: "no clone", ...spent });
      const own: Deed =
        options.deeds?.[request.role] ?? ((clone) => void clone.set(`${request.role}.txt`, "done"));
      const told = await own(tree, request, before);
      if (request.signal.aborted)
        return err({ kind: "canceled", message: "it was stopped", ...spent });
      if (isFailure(told)) return err({ kind: "crashed", message: "it failed", ...spent, ...told });
      return ok({ value: told ?? report(request.role), ...spent });
    },
    describe: async () => ({
      name: "coder",
      kind: "command",
      summary: "",
      availability: { available: true, version: "1" },
      worksFrom: "inputs",
      sandbox: {
        mode: "preferred",
        by: undefined,
        missing: { reason: "there is none", hint: "Make one." },
      },
    }),
  };
  const takes = {
    planFiles: (options.planFiles ?? ((same) => same))(createMemoryPlanFiles(disk)),
    projectPaths: { list: async () => [...git.treeAt(git.base).keys()] },
    artifacts: files.artifacts,
    clock,
    digestOf: files.digest,
  };
  const ports: PlanRunPorts = {
    ...files,
    agents: new Map([["coder", agent]]),
    clock,
    costs: () => ({ free: false, price: null, reportsCost: true, requestBytes: 0, requests: 1 }),
    providerLimit: () => null,
    redact: (text) => text,
    workspaces: git.workspaces,
    landing: git.landing,
    verifier: {
      async run(request) {
        checks.push(request);
        const tree = git.clones.get(request.workspace.folder) ?? new Map<string, string>();
        return {
          outcome: "passed",
          exit: 0,
          durationMs: 1,
          shown: "exit code 0",
          tail: [],
          log: null,
          ...(await options.check?.(request, tree)),
        };
      },
    },
    claims: createMemoryClaims(store),
    workWatch: { watch: () => () => {} },
    endLeftovers: async () => {},
    takePlans: createTakePlans(takes as never),
    markPlans: createMarkPlans(takes as never),
    writeFindings: createWriteFindings(takes),
    notices: { tell: async () => ({ outcome: "off" }) },
  };
  const open = () => {
    const engine = createMemoryEngine({ store });
    const landBatch = createLandBatch({ ...ports, landing: git.landing });
    const { runPlan, runTask, verifyTask } = createRunPlan(ports, landBatch);
    engine.register(runPlan, runTask, verifyTask, landBatch);
    return engine;
  };
  const input: PlanRunInput = {
    plans: Object.keys(options.plans).map((file) => ({
      name: file.replace(/^.*\/|\.md$/g, ""),
      file,
    })),
    pattern: "dag",
    failures: "no-new",
    limits: { workers: 3 },
    attempts: { retries: 2, initialMs: 1, maxMs: 2 },
    agent: "coder",
    verifier: "coder",
    inferred: false,
    gates: [],
    base: git.base,
    branch: "refs/heads/wavegate/run-1",
    target: null,
    test: null,
    taskTimeoutMs: 60_000,
    stallMs: 60_000,
    checkTimeoutMs: 60_000,
    protect: [],
    agentLimit: null,
    maxMemoryBytes: null,
    caps: [],
    ...options.input,
  };
  return { git, disk, files, store, requests, checks, ports, input, open };
}

export type World = ReturnType<typeof planWorld>;

export const report = (task: string): Json => ({
  task_report: { summary: `did ${task}`, issues: [], deviations: [], notes: [] },
});

/** One verdict for each criterion that is asked. */
const allMet = ({ prompt }: AgentRequest): Json => ({
  criteria_report: {
    verdicts: [...prompt.matchAll(/^(\d+)\. /gm)].map(([, number]) => ({
      criterion: Number(number),
      met: true,
      evidence: "seen",
    })),
  },
});

export async function started(world: World, runId = "run-1"): Promise<Engine> {
  const engine = world.open();
  const { input } = world;
  await engine.start({ runId, workflow: "run-plan", subject: "plans", input, where: "here" });
  return engine;
}

export async function eventsOf(engine: Engine, runId = "run-1"): Promise<readonly RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const { event } of engine.events(runId, 0)) events.push(event);
  return events;
}

/** What happened to tasks, in order: `1.1 landed`. */
export async function storyOf(engine: Engine, runId = "run-1"): Promise<readonly string[]> {
  const events = await eventsOf(engine, runId);
  return events.flatMap((event) =>
    event.type === "task-advanced" ? [`${event.task} ${event.event}`] : [],
  );
}

export const ofType = <T extends PlanEvent["type"]>(
  events: readonly RunEvent[],
  type: T,
): readonly Extract<PlanEvent, { readonly type: T }>[] =>
  events.filter((event): event is Extract<PlanEvent, { readonly type: T }> => event.type === type);

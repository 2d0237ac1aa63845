import { WavegateError } from "../../../src/core/error.ts";
import { PassThrough, Writable } from "node:stream";
import { checkSource, readSource } from "../../../src/adapters/config/read-config.ts";
import type { Settings } from "../../../src/app/app-ports.ts";
import { settingsOf } from "../../../src/bootstrap/settings-of.ts";
import type { ReadPromptFolder } from "../../../src/stage/config/prompt-folder.ts";
import type { StageSpec } from "../../../src/stage/stage-spec.ts";
import type { App } from "../../../src/app/app.ts";
import { createApp } from "../../../src/app/create-app.ts";
import { err, ok, type Result } from "../../../src/core/result.ts";
import type { Agent } from "../../../src/ports/agent.ts";
import type { DependencyAudit } from "../../../src/ports/dependency-audit.ts";
import type { Repository } from "../../../src/ports/repository.ts";
import type { ApartBranch, Landing } from "../../../src/ports/landing.ts";
import type { RepositoryState } from "../../../src/ports/workspaces.ts";
import { PLANNING } from "../../../src/stage/built-in/planning.ts";
import { DISCOVERY } from "../../../src/stage/built-in/discovery.ts";
import { stageFor } from "../../../src/stage/config/resolve-stage.ts";
import { costsBy } from "../../../src/stage/config/check-prices.ts";
import { createMarkPlans, createTakePlans } from "../../../src/app/execution/take-plans.ts";
import { createLandBatch } from "../../../src/workflows/land-batch.ts";
import { createRunPlan } from "../../../src/workflows/run-plan.ts";
import { createMemoryClaims } from "../../../src/testing/memory-engine/memory-claims.ts";
import { createMemoryEngine, createMemoryStore } from "../../../src/testing/memory-engine.ts";
import { createMemoryPlanFiles } from "../../../src/testing/memory-plan-files.ts";
import type { PlanContext } from "../../../src/ports/plan-context.ts";
import { createMemoryFiles } from "../../../src/testing/memory-files.ts";
import type { AdaptStage } from "../../../src/stage/adapt-stage.ts";
import { unadapted } from "../unadapted.ts";
import { createRunStages } from "../../../src/workflows/run-stages.ts";
import { createTakeDown } from "../../../src/app/take-down-stage.ts";
import { digestOf } from "../../../src/adapters/shared/digest.ts";
import { readTemplates } from "../../../src/adapters/integrations/read-templates.ts";
import { miniZinc } from "../../../src/adapters/solver/minizinc.ts";
import { inlineSearch } from "../inline-search.ts";
import { createMemoryTree } from "../integrations/memory-tree.ts";
import { runCli } from "../../../src/cli/run-cli.ts";
import type { CliIo } from "../../../src/cli/cli.ts";
import { documentsOf } from "../documents.ts";
import { goodAnswer, SMALL_SPEC as SPEC } from "../../../src/testing/small-planning.ts";
import type { World } from "../workflows/plan-world.ts";
import type { Answers } from "../workflows/stage-fixture.ts";

const usage = { inputTokens: "unknown", outputTokens: "unknown", costUsd: "unknown" } as const;
const NOW = Date.parse("2026-01-02T03:04:05Z");

class Output extends Writable {
  text = "";
  readonly isTTY: boolean;
  readonly columns = 80;
  readonly rows = 24;
  constructor(isTTY: boolean) {
    super();
    this.isTTY = isTTY;
  }
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

/** The small spec is planned at once. */
const withoutDiscovery: AdaptStage = (stage, measured) =>
  stage.name === "discovery"
    ? { notNeeded: "the spec is small", events: [] }
    : unadapted(stage, measured);

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Hooks {
  /** Known agents that the configuration does not name. */
  knownAgents: readonly Agent[];
  interrupt: boolean;
  interruptWork: boolean;
  /** What the command was started in. */
  surroundingRuns: readonly string[];
  /** Commits that were wanted here. */
  brought: string[];
}

/** What says which plan is current, and what happens to the files while they are watched. */
export interface Surroundings {
  readonly variables: PlanContext["variables"];
  readonly branch: string | undefined;
  readonly changes: (disk: Map<string, string>) => AsyncIterable<void>;
  readonly commits?: Result<readonly (readonly string[])[], string>;
  /** A repository and an agent for runs of plans. */
  readonly world?: World;
  readonly landing?: Partial<Pick<Landing, "landOnto" | "mayFollow">>;
  /** Branches of runs that HEAD does not have. */
  readonly apart?: readonly ApartBranch[];
  /** What git says; a clean clone on main without it. */
  readonly git?: Result<Partial<RepositoryState>, WavegateError>;
}

const NOTHING_AROUND: Surroundings = {
  variables: {},
  branch: undefined,
  async *changes() {},
};

/** The command line over the use cases and a store in memory; each call is a process of its own. */
export function createHarness(answers: Answers = goodAnswer, surroundings = NOTHING_AROUND) {
  const store = createMemoryStore();
  const memory = createMemoryFiles();
  memory.disk.set("specs/001/spec.md", SPEC);
  let runs = 0;
  let times = 0;
  /** What the next call hears when its first agent is asked. */
  const hooks: Hooks = {
    interrupt: false,
    interruptWork: false,
    surroundingRuns: [],
    brought: [],
    knownAgents: [],
  };
  const drains = new Set<() => void>();

  const agent: Agent = {
    name: "builtin",
    async describe() {
      const availability = { available: true, version: "1" } as const;
      return { name: "builtin", kind: "builtin", summary: "rules", availability };
    },
    async run(request) {
      request.onLine("reading the spec");
      if (hooks.interrupt) {
        hooks.interrupt = false;
        queueMicrotask(() => drains.forEach((drain) => drain()));
        await new Promise((resolve) => request.signal.addEventListener("abort", resolve));
        return err({ kind: "canceled", message: "stopped", usage, outputBytes: 0 });
      }
      times += 1;
      const answer = answers(request, times);
      const failed = typeof answer === "object" && answer !== null && "outputBytes" in answer;
      return failed
        ? err({ kind: "crashed", message: "no luck", usage, outputBytes: 0 })
        : ok({ value: answer, usage, outputBytes: 9 });
    },
  };

  const openApp = async () => {
    const agents = new Map([
      [agent.name, agent],
      ["mine", { ...agent, name: "mine" }],
      ...codersOf(surroundings.world),
    ]);
    const clock = { now: () => NOW };
    const engine = createMemoryEngine({ store });
    const read = {
      ...memory,
      project: "/project",
      agents: async () => agents,
      engine: async () => engine,
      ledgers: async () => memory.ledgers,
      documents: documentsOf(memory.disk),
      repository,
      planFiles: createMemoryPlanFiles(memory.disk),
      planContext: {
        variables: surroundings.variables,
        inProject: (path: string) => path,
        branch: async () => surroundings.branch,
        localTime: (iso: string) => iso,
      },
      projectPaths: { list: async () => [...memory.disk.keys()].toSorted() },
      scheduleSearch: inlineSearch,
      exactSolver: miniZinc,
      commitLog: { changedFiles: async () => surroundings.commits ?? err("no git") },
      otherRepository: () => undefined,
      fileWatch: { changes: () => surroundings.changes(memory.disk) },
      landing: async () => ({
        landOnto: () => Promise.reject(new Error("no landing")),
        mayFollow: async () => ok({ at: null }),
        uncommitted: async () => [],
        ...surroundings.world?.git.landing,
        ...surroundings.landing,
      }),
      repositoryState: async () =>
        gitState(
          surroundings.git ?? ok(surroundings.world ? { commit: surroundings.world.git.base } : {}),
        ),
      apartBranches: async () => surroundings.apart ?? [],
      dependencyAudit,
      machine: { read: async () => ({ freeBytes: 8e9, totalBytes: 16e9, cores: 4 }) },
    };
    const { workflows, runRole } = createRunStages({
      ...memory,
      agents,
      clock,
      providerLimit: () => null,
      costs: costsBy(new Map()),
      redact: (text) => text,
      takeDown: createTakeDown(read, withoutDiscovery),
    });
    engine.register(...workflows, runRole);
    const { world } = surroundings;
    if (world) {
      const takes = { ...read, clock, digestOf };
      const ports = {
        ...world.ports,
        ...memory,
        agents,
        claims: createMemoryClaims(store),
        takePlans: createTakePlans(takes),
        markPlans: createMarkPlans(takes),
      };
      const landBatch = createLandBatch({ ...ports, landing: world.git.landing });
      const { runPlan, runTask, verifyTask } = createRunPlan(ports, landBatch);
      engine.register(runPlan, runTask, verifyTask, landBatch);
    }
    const stage = {
      ...PLANNING,
      retry: { retries: 0, initialMs: 1, maxMs: 1 },
      sequentialSecondTry: false,
    };
    return createApp({
      ...read,
      settings: async () => settingsFrom(memory.disk, stage),
      surroundingRuns: () => hooks.surroundingRuns,
      environment: [{ name: "WAVEGATE_HOME", value: "/home/ada/.wavegate" }],
      agents: async () => agents,
      knownAgents: () => hooks.knownAgents,
      runFolders: {
        pathOf: (runId) => `/state/runs/${runId}`,
        list: async () => [
          { path: "attempts/planning-risk-r1-a1/answer.json", bytes: 3 },
          { path: "attempts/planning-evil-r1-a1/\u001B[2Ja.json", bytes: 0 },
          { path: "attempts/planning-evil-r1-a1/b\n.json", bytes: 0 },
        ],
        read: async (_runId, path) => (path.endsWith(".json") ? "{}\n" : undefined),
      },
      audit: async () => memory.audit,
      database: {
        status: async () => [
          { name: "database", state: "problem", detail: "gone", hint: "Start it." },
        ],
        start: async () => "started",
        stop: async (options) => (options?.force ? "stopped by force" : "stopped"),
      },
      clock,
      newRunId: () => `run${(runs += 1)}-albums`,
      telemetry: { open: async () => undefined, encode: async () => "{}" },
      onExecution: () => undefined,
      onOver: () => undefined,
      endForsaken: async () => 0,
      clearWorkspaces: async () => [],
      bringCommits: async (commits) => void hooks.brought.push(...commits),
      beginProject: async () => undefined,
      health: async () => [{ name: "node", state: "ok", detail: "20" }],
      starter: {
        path: "wavegate.config.yaml",
        content: "# empty\n",
        unless: ["wavegate.config.yaml", "wavegate.config.json"],
      },
      templates: readTemplates,
      tree: createMemoryTree(memory.disk).tree,
      hasProgram: () => false,
      warnUnprotected: async () => {},
      digestOf,
      close: () => engine.close(),
    });
  };

  const run = (args: readonly string[], options: RunOptions = {}): Promise<Outcome> =>
    runInProcess(args, openApp, {
      onInterrupt: (drain) => {
        drains.add(drain);
        if (hooks.interruptWork) setImmediate(drain);
        return () => drains.delete(drain);
      },
      ...options,
    });
  return { run, disk: memory.disk, audit: memory.auditEntries, hooks };
}

type RunOptions = Partial<CliIo> & { readonly tty?: boolean };

/** The command line over an app, in this process. */
export async function runInProcess(
  args: readonly string[],
  openApp: () => Promise<App>,
  options: RunOptions = {},
): Promise<Outcome> {
  const stdout = new Output(options.tty === true);
  const stderr = new Output(options.tty === true);
  const io: CliIo = {
    stdin: new PassThrough(),
    stdout,
    stderr,
    env: { LANG: "C.UTF-8" },
    platform: "linux",
    cwd: "/project",
    user: "ada",
    ticker: { now: () => NOW, every: () => () => undefined },
    onInterrupt: () => () => undefined,
    ...options,
  };
  const code = await runCli(args, { io, version: "1.2.3", openApp });
  return { code, stdout: stdout.text, stderr: stderr.text };
}

/** The agents of a world, as ones that are installed. */
const codersOf = (world: World | undefined): readonly (readonly [string, Agent])[] =>
  [...(world?.ports.agents ?? [])].map(([name, agent]) => [
    name,
    {
      ...agent,
      describe: async () => ({
        name,
        kind: "puppet",
        summary: "does what a test says",
        availability: { available: true, version: "1" },
      }),
    },
  ]);

/** What git says of a clean clone, but for what is said. */
function gitState(said: Result<Partial<RepositoryState>, WavegateError>): RepositoryState {
  if (!said.ok) throw said.error;
  return {
    commit: "0123456789abcdef0123456789abcdef01234567",
    branch: "refs/heads/main",
    dirty: false,
    shallow: false,
    submodules: [],
    lfs: false,
    ...said.value,
  };
}

/** No test of the command line asks a registry. */
const dependencyAudit: DependencyAudit = {
  audit: async () => ({ done: false, note: "not audited: the test has no registry", holes: [] }),
};
const repository: Repository = {
  read: async () => ({ source: "walk", note: null, complete: true, files: [], leftOut: [] }),
};

/** What a configuration on the disk makes of the stages; without one, this stage whatever its name. */
function settingsFrom(
  disk: ReadonlyMap<string, string>,
  stage: StageSpec,
): Result<Settings, WavegateError> {
  const file = "wavegate.config.yaml";
  const text = disk.get(file);
  const readPromptFolder: ReadPromptFolder = (folder) => {
    const files = [...disk].filter(([name]) => name.startsWith(`${folder}/`));
    return files.length === 0
      ? undefined
      : ok(
          files.map(([name, found]) => ({
            file: name,
            name: name.slice(folder.length + 1),
            text: ok(found),
          })),
        );
  };
  const source = readSource(text ?? "", file);
  const read = source.ok
    ? checkSource(source.value, { given: ["mine"], readPromptFolder })
    : source;
  if (!source.ok || !read.ok)
    return err(
      new WavegateError("CONFIG_INVALID", `${file} has problems.`, {
        hint: "Correct them.",
        diagnostics: read.ok ? [] : read.error,
      }),
    );
  const settings = settingsOf({
    ...read.value,
    file: text === undefined ? null : file,
    written: source.value.value,
    locate: source.value.locate,
  });
  return ok(
    text === undefined
      ? {
          ...settings,
          adapting: { ...settings.adapting, rules: [] },
          stage: (name, wishes) => stageFor({}, name === "discovery" ? DISCOVERY : stage, wishes),
          workerConcurrency: 2,
        }
      : settings,
  );
}

/** The digest that a gate's text shows. */
export const digestIn = (text: string) => /digest ([0-9a-f]{64})/.exec(text)?.[1] ?? "";

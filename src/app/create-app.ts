import { WavegateError } from "../core/error.ts";
import type { Result } from "../core/result.ts";
import { oneLine } from "../core/text.ts";
import { standingOf } from "../stage/budget/standing.ts";
import type { App, StageRequest, RunView, CompleteRequest } from "./app.ts";
import type { AppPorts } from "./app-ports.ts";
import { cancelRun } from "./cancel-run.ts";
import { clearUp, type ClearUp } from "./clear-up.ts";
import { checkedConfig, explainedConfig, printedConfig } from "./config-cases.ts";
import { decideGate } from "./decide-gate.ts";
import { listAgents } from "./list-agents.ts";
import { initAndLook } from "./init-project.ts";
import { measureRuns } from "./measure-runs.ts";
import { keepLogs, type LogKeeper } from "./keep-logs.ts";
import { ejectPrompts, listPrompts, showPrompt } from "./prompt-cases.ts";
import { proposedArtifacts } from "./proposed-artifacts.ts";
import { readSpec } from "./read-spec.ts";
import { resumeRun } from "./resume-run.ts";
import { callsOf } from "./run-calls.ts";
import { callsNamed, whyAnswered } from "./why-answered.ts";
import { createPlanCases } from "./plans/create-plan-cases.ts";
import { loadExecutionCases } from "./execution/load-execution-cases.ts";
import { loadScheduleCases } from "./schedule/load-schedule-cases.ts";
import { withNextSteps } from "./next-steps.ts";
import { findRun, viewRun, withReviewers, withStage } from "./run-view.ts";
import { scoreSpec } from "./score-spec.ts";
import type { ImplementationInput } from "../workflows/implement-work.ts";
import { completePlan } from "./complete-plan.ts";
import { startRun, type RunPlan } from "./start-run.ts";
import { tellTelemetry, type TelemetryTeller } from "./tell-telemetry.ts";
import { traceRun } from "./trace-run.ts";

/** The use cases over these ports. */
export function createApp(ports: AppPorts): App {
  const logs = keepLogs(ports);
  const telemetry = tellTelemetry(ports);
  const clearing = clearUp(ports);
  ports.onExecution(telemetry.follow);
  ports.onExecution(() => clearing.begin());
  ports.onOver((runId) => void clearing.after(runId));
  return {
    project: ports.project,
    database: ports.database,
    plans: createPlanCases(ports),
    schedules: loadScheduleCases({
      ...ports,
      agentLimit: async () => {
        const settings = await ports.settings();
        return settings.ok ? settings.value.agentLimit : null;
      },
    }),
    executions: loadExecutionCases({ ...ports, onRun: (runId) => logs.follow(runId) }),
    ...projectCases(ports),
    ...lookingCases(ports, logs),
    ...runningCases(ports, { logs, telemetry, clearing }),
    async close() {
      await logs.close();
      await telemetry.close();
      await ports.close();
      await clearing.settled();
    },
  };
}

/** What concerns the project rather than a run. */
const projectCases = (ports: AppPorts) =>
  ({
    init: (request = {}) => initAndLook(ports, request),
    check: async (spec) => valueOf(await readSpec(ports.documents, spec)),
    async score(path, commandLine = {}) {
      const { scores: configuration } = valueOf(await ports.settings()).adapting;
      const report = valueOf(await readSpec(ports.documents, path));
      const { readings } = await scoreSpec(ports.repository, report, {
        configuration,
        commandLine,
      });
      return { file: report.file, title: report.spec.title, readings };
    },
    async agents(request) {
      valueOf(await ports.settings());
      return listAgents(ports, request);
    },
    config: {
      check: async () => valueOf(await checkedConfig(ports)),
      print: async (request) => valueOf(await printedConfig(ports, request)),
      explain: async (key) => valueOf(await explainedConfig(ports, key)),
    },
    prompts: {
      list: async () => valueOf(await listPrompts(ports)),
      show: async (request) => valueOf(await showPrompt(ports, request)),
      eject: async (names) => valueOf(await ejectPrompts(ports, names)),
    },
    doctor: async () => [...(await ports.health()), ...(await ports.database.status())],
    audit: {
      verify: async () => (await ports.audit()).verify(),
      entries: async () => (await ports.audit()).entries(),
    },
  }) satisfies Partial<App>;

/** A run with the stage that it is in, and who may decide at its gate. */
async function shownRun(ports: AppPorts, run: string): Promise<RunView> {
  const engine = await ports.engine();
  const found = viewRun(await findRun(engine, run), ports.runFolders);
  const ledger = await (await ports.ledgers()).read(found.record.runId);
  const view = await withReviewers(ports, await withStage(engine, found));
  const counted = ledger.calls.length > 0 || ledger.caps.length > 0;
  return withNextSteps(ports, counted ? { ...view, budget: standingOf(ledger) } : view);
}

/** What looks at runs and changes nothing. */
const lookingCases = (ports: AppPorts, logs: LogKeeper) => {
  const view = (run: string) => shownRun(ports, run);
  const idOf = async (run: string) => (await findRun(await ports.engine(), run)).runId;
  const calls = async (run: string) => callsOf((await ports.engine()).events(await idOf(run), 0));
  return {
    async runs(filter) {
      const engine = await ports.engine();
      const records = await engine.runs(filter);
      return Promise.all(
        records.map((record) => withStage(engine, viewRun(record, ports.runFolders))),
      );
    },
    show: view,
    async *events(run, after, signal) {
      yield* (await ports.engine()).events(await idOf(run), after, signal);
    },
    onProgress: async (listener) => (await ports.engine()).onProgress(listener),
    async settled(run, options) {
      const engine = await ports.engine();
      const record = await engine.settled(await idOf(run), options);
      // The run stands as it does, also where its log cannot be written now.
      await logs.catchUp(record.runId).catch(ignoreDisk);
      return withNextSteps(ports, await withReviewers(ports, viewRun(record, ports.runFolders)));
    },
    metrics: (request) => measureRuns(ports, request),
    trace: (run) => traceRun(ports, run),
    encodeTrace: ports.telemetry.encode,
    proposal: async (run) => proposedArtifacts(ports, await view(run)),
    calls,
    async why(run, step) {
      const all = await calls(run);
      const named = step === undefined ? all : callsNamed(all, await idOf(run), step);
      return whyAnswered(ports.artifacts, named);
    },
    async logs(run) {
      const runId = await idOf(run);
      await logs.catchUp(runId);
      return ports.runFolders.list(runId);
    },
    async readLog(run, path) {
      const text = await ports.runFolders.read(await idOf(run), path);
      if (text !== undefined) return text;
      throw new WavegateError("USAGE", `The run has no log "${oneLine(path)}".`, {
        hint: `List its logs with: wavegate logs ${run}`,
      });
    },
  } satisfies Partial<App>;
};

/** A run of one stage. */
const alone = (stage: string): RunPlan => ({
  workflow: "run-stage",
  stages: [stage],
  work: null,
});

/** What goes on beside runs. */
interface Beside {
  readonly logs: LogKeeper;
  readonly telemetry: TelemetryTeller;
  readonly clearing: ClearUp;
}

/** What makes runs go on or end. */
const runningCases = (ports: AppPorts, { logs, telemetry, clearing }: Beside) => {
  const start = async (plan: RunPlan, request: StageRequest) => {
    const runId = valueOf(await startRun(ports, plan, request));
    if (!request.detach) logs.follow(runId);
    return { runId };
  };
  return {
    plan: (request) => start({ ...alone("planning"), stages: ["discovery", "planning"] }, request),
    prepare: (request) => start(alone("preparation"), request),
    review: (request) => start(alone("review"), request),
    complete: async (request) => {
      const plan = completePlan(request);
      const implementation = await implementationFor(ports, plan, request);
      return start({ ...plan, ...(implementation && { implementation }) }, request);
    },
    runStage: (name, request) => start(alone(name), request),
    async decide(request) {
      const decided = await decideGate(ports, request);
      if (decided.ok) logs.follow(decided.value.runId);
      return decided;
    },
    async resume(request) {
      const resumed = await resumeRun(ports, request);
      logs.follow(resumed.runId);
      return resumed;
    },
    async cancel(run, by) {
      const canceled = await cancelRun(ports, run, by);
      // Nobody may be executing it who would tell.
      await telemetry.catchUp(canceled.runId);
      await clearing.after(canceled.runId);
      return withNextSteps(ports, viewRun(canceled, ports.runFolders));
    },
    async work({ concurrency, signal }) {
      const { workerConcurrency } = valueOf(await ports.settings());
      await ports.beginProject();
      await ports.warnUnprotected();
      const engine = await ports.engine();
      clearing.begin();
      await engine.work({ concurrency: concurrency ?? workerConcurrency, signal });
    },
  } satisfies Partial<App>;
};

const ignoreDisk = (error: unknown) => {
  if (!(error instanceof WavegateError)) throw error;
};

function valueOf<T>(result: Result<T, WavegateError>): T {
  if (result.ok) return result.value;
  throw result.error;
}

/** Who carries out what preparation plans, where a run prepares, and goes on to the review. */
async function implementationFor(
  ports: AppPorts,
  { stages, work }: RunPlan,
  request: CompleteRequest,
): Promise<ImplementationInput | undefined> {
  if (!work || stages.indexOf(work.before) <= 0) return undefined;
  const { chooseImplementation } = await import("./execution/choose-implementation.ts");
  return chooseImplementation(ports, request);
}

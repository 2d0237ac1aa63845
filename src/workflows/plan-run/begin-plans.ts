import { err, ok, type Result } from "../../core/result.ts";
import { oneLine } from "../../core/text.ts";
import { VersionedMap } from "../../core/versioned-map.ts";
import { NO_PACE } from "../../execution/landing-pace.ts";
import { LiveDecisions } from "../../execution/live/live-decisions.ts";
import { planTasks } from "../../execution/plan-tasks.ts";
import type { RunState } from "../../execution/run-state.ts";
import type { Steps } from "../../ports/engine.ts";
import type { PlanRunInput, PlanRunOutcome } from "../run-plan-input.ts";
import { Stopped, stoppableSteps } from "../stoppable-steps.ts";
import type { Ground } from "./ground.ts";
import { beginBetween } from "./look-around.ts";
import { initialOf, plannedWork, rulesWith } from "./plan-graph.ts";
import { emit, type PlanChildren, type PlanRun } from "./plan-run.ts";
import type { PlanRunPorts } from "./plan-ports.ts";
import { plannedMinutes } from "./replan.ts";
import { tellSandboxes } from "./tell-sandboxes.ts";
import { testBase } from "./test-base.ts";

/** What plans are carried out with. */
export interface PlanContext {
  readonly ports: PlanRunPorts;
  readonly steps: Steps;
  readonly input: PlanRunInput;
  readonly children: PlanChildren;
  /** Undefined where they stand for themselves. */
  readonly ground?: Ground;
}

/**
 * Write down what may be used, have the plans for this run alone (PX-09), take them down, make the run's branch. What is done by boxes and
 * records is not done again.
 */
export async function beginPlans(given: PlanContext): Promise<Result<PlanRun, PlanRunOutcome>> {
  try {
    return await begin(given, stoppableSteps(given.steps));
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    const { code, message, hint } = error.reason;
    return err(failed(given.input, `${code}: ${message} ${hint}`));
  }
}

async function begin(given: PlanContext, steps: Steps): Promise<Result<PlanRun, PlanRunOutcome>> {
  const { ports, input } = given;
  const held = await claimed({ ...given, steps });
  if (held !== null) return err(failed(input, held));
  await limitBudget({ ...given, steps });
  const { runId } = steps;
  const begun = await steps.attempt({ name: "plan/begin" }, async () => {
    const taken = await ports.takePlans(input);
    return { taken, at: ports.clock.now() };
  });
  const landing = await steps.attempt({ name: "plan/landing" }, async () => {
    const target = input.target === null ? null : shortName(input.target);
    const made = await ports.landing.begin({ runId, base: input.base, target });
    return made.ok ? { branches: made.value } : { refused: made.error.message };
  });
  if (landing.refused !== undefined) return err(failed(input, landing.refused));
  const run = runOf(given, begun, landing.branches ?? []);
  await tellStarted(run);
  await tellSandboxes(ports, steps, input);
  await testBase(run);
  return ok(run);
}

const shortName = (branch: string): string => branch.replace(/^refs\/heads\//, "");

async function claimed({ ports, steps, input }: PlanContext): Promise<string | null> {
  const { runId } = steps;
  return steps.attempt({ name: "plan/claim" }, async () => {
    const names = input.plans.map(({ file }) => `plan ${file}`);
    const made = await ports.claims.claim(runId, names);
    if (made.ok) return null;
    const { name, heldBy } = made.error;
    const holder = oneLine(heldBy, 100);
    return `PLAN_CLAIMED: the run ${holder} carries out ${oneLine(name, 200)} already. See how it stands: wavegate show ${holder}`;
  });
}

async function limitBudget({ ports, steps, input }: PlanContext): Promise<void> {
  const { caps } = input;
  if (caps.length === 0) return;
  await steps.attempt({ name: "plan/budget" }, ({ signal }) =>
    ports.ledgers.change(
      steps.runId,
      (ledger) => ({ ledger: ledger.caps.length > 0 ? ledger : { ...ledger, caps }, value: null }),
      signal,
    ),
  );
}

const failed = ({ base }: PlanRunInput, message: string): PlanRunOutcome => ({
  status: "failed",
  message,
  done: 0,
  failed: 0,
  skipped: 0,
  blocked: 0,
  open: 0,
  head: base,
});

const stateOf = (taken: PlanRun["taken"]): RunState => ({
  tasks: new VersionedMap(initialOf(taken)),
  batch: [],
  released: new Set(),
});

function runOf(
  given: PlanContext,
  { taken, at }: { readonly taken: PlanRun["taken"]; readonly at: number },
  branches: PlanRun["branches"],
): PlanRun {
  const { input } = given;
  const { limits } = input;
  const { work, coordinated } = plannedWork(taken, input);
  const rules = rulesWith(input, coordinated);
  const state = stateOf(taken);
  const run: Omit<PlanRun, "between"> = {
    ...given,
    rules,
    news: [],
    reports: [],
    taken,
    work,
    state,
    decisions: new LiveDecisions(work, state, rules),
    head: input.base,
    branches,
    proven: null,
    notes: new Map(),
    active: new Map(),
    over: new Set(),
    queue: new Map(),
    landing: null,
    due: new Map(),
    stops: [],
    landingHeld: false,
    tests: { times: 0, stop: null, accepted: false, failing: false },
    ended: [],
    circuits: new Map(),
    measured: new Map(),
    pace: NO_PACE,
    begun: { at, base: input.base, plannedEnd: plannedMinutes(work, state, limits.workers) },
    marks: new Map(),
    unmarked: new Map(),
    seen: taken.seen,
    look: false,
    refused: "",
    hold: null,
    reached: new Set(),
    replannedAt: 0,
    count: 0,
    sequence: 0,
    batches: 0,
  };
  return { ...run, between: beginBetween(run, coordinated) };
}

function tellStarted(run: PlanRun): Promise<void> {
  const { taken, work, state, input } = run;
  const names = taken.plans.map(({ name }) => name);
  return emit(run, {
    type: "plan-run-started",
    plans: taken.plans.map(({ name, file, title, texts }) => ({
      name,
      file,
      title,
      digest: texts[0]?.digest ?? "",
    })),
    tasks: planTasks(work, state, names),
    workers: input.limits.workers,
    pattern: input.pattern,
    failures: input.failures,
    agent: input.agent,
    base: input.base,
    branch: input.branch,
    target: input.target,
  });
}

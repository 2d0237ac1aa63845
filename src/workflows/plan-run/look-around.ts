import { NO_NOTES } from "../../execution/checkpoints/task-notes.ts";
import { taskFindings } from "../../execution/findings/task-findings.ts";
import { stateOfTask } from "../../execution/run-state.ts";
import { sessionsOf } from "../../execution/sessions/sessions-of.ts";
import { notCoordinated } from "../../execution/sessions/coordinate-run.ts";
import { wordsFor } from "../../execution/sessions/message.ts";
import { titleOf } from "../../execution/plan-tasks.ts";
import { approveGate, lookBetween, type Between } from "./between-tasks.ts";
import { coordinationRules, PLAIN_INPUT, type CoordinatedGraph } from "./coordination.ts";
import { emit, nextName, type PlanRun } from "./plan-run.ts";

/** What lies between the tasks of a run, when it begins. */
export function beginBetween(
  run: Omit<PlanRun, "between">,
  coordinated: CoordinatedGraph,
): Between {
  const { ports, steps, input, taken, work, rules, state, begun } = run;
  return {
    ports,
    steps,
    project: taken.plans[0]?.name ?? "",
    stateFolder: input.coordination?.stateFolder ?? null,
    rules: coordinationRules(work, {
      rules,
      input: input.coordination ?? PLAIN_INPUT,
      coordinated,
      uses: new Map(taken.uses),
      registered: taken.registered ?? [],
      state,
    }),
    state: notCoordinated(begun.at),
    run: state,
    now: begun.at,
    count: 0,
    unkept: [],
  };
}

/** The plans were edited: sessions, gates and risks are those of the new graph. */
export function takeCoordinated(run: PlanRun, coordinated: CoordinatedGraph): void {
  const { between, work, rules, state, taken, input } = run;
  const { plannedEnd } = between.rules;
  const anew = coordinationRules(work, {
    rules,
    input: input.coordination ?? PLAIN_INPUT,
    coordinated,
    uses: new Map(taken.uses),
    registered: taken.registered ?? [],
    state,
  });
  between.rules = { ...anew, plannedEnd };
}

export interface LookedAround {
  /** Whether a gate was passed, which may let more start. */
  readonly released: boolean;
  /** When to look again, though nothing happens: whatever is, and while work goes on. Milliseconds since 1970. */
  readonly wakeAt?: number;
  readonly lookAt?: number;
  /** Whether something is left that can't be kept before a person has mended the cause; the run is stopped by it. */
  readonly held: boolean;
}

/** Look at all that happened since the last look. `at`: when what was received last became known. */
export async function lookAround(
  run: PlanRun,
  at: number,
  { over = false }: { readonly over?: boolean } = {},
): Promise<LookedAround> {
  const { between, news, reports } = run;
  between.rules = { ...between.rules, work: run.work };
  const seen = {
    now: at,
    run: run.state,
    frontier: run.decisions.frontier,
    news: news.splice(0),
    reports: reports.splice(0),
    over,
    head: run.head,
    base: run.begun.base,
    tests: testsOf(run),
  };
  const looked = await lookBetween(between, seen);
  await writeFindings(run, new Set(seen.news.map(({ task }) => task)));
  for (const point of looked.released) await release(run, point, "wavegate");
  const { released, stop, ...when } = looked;
  if (stop && !run.stops.some(({ message }) => message === stop.message)) run.stops.push(stop);
  return { released: released.length > 0, held: stop !== undefined, ...when };
}

/** A person lets a sync point be passed; where it is the gate of a wave, only if what can be proven holds. Gives why not. */
export async function releasedBy(run: PlanRun, point: string, by: string): Promise<string | null> {
  const tests = testsOf(run);
  const { passed, known } = await approveGate(run.between, point, { run: run.state, tests, by });
  if (known && !passed) return `what can be proven of ${point} does not hold`;
  await release(run, point, by);
  return null;
}

async function release(run: PlanRun, point: string, by: string): Promise<void> {
  run.state = { ...run.state, released: new Set([...run.state.released, point]) };
  run.decisions.released(point);
  await emit(run, { type: "sync-point-released", point, by });
}

/** Nothing lands that the project's tests fail on, so that the head passes them; but where a person let that be. */
function testsOf({ input: { test }, begun: { base }, head, tests: { failing } }: PlanRun) {
  if (test === null || head === base) return undefined;
  const outcome = failing ? "failed" : "passed";
  return { outcome, shown: `${test} ${outcome} on ${head.slice(0, 12)}` } as const;
}

/** What agents of a task's session were told by others. */
export function messagesFor({ between }: PlanRun, key: string): readonly string[] {
  const [session] = sessionsOf(between.rules.sessions, [key]);
  return session ? wordsFor(between.state.inboxes, session.id) : [];
}

/** Findings of what is finished or failed for good, where its plan has a place for them. */
async function writeFindings(run: PlanRun, tasks: ReadonlySet<string>): Promise<void> {
  const { taken, work, ports, steps, between } = run;
  const byPlan = new Map<string, { readonly id: string; readonly text: string }[]>();
  for (const key of tasks) {
    const node = work.graph.nodes[work.graph.indexOf.get(key) ?? -1];
    const plan = node && taken.plans[node.plan];
    const state = stateOfTask(run.state, key);
    const isOver =
      state.status === "done" ||
      state.status === "skipped" ||
      (state.status === "failed" && state.final);
    if (!plan?.recorded || node?.kind !== "task" || !isOver) continue;
    const { start, end } = between.state.times.measured.get(key) ?? {};
    const at = (minute: number) => run.begun.at + minute * 60_000;
    const text = taskFindings({
      id: node.task.id ?? node.task.key,
      title: titleOf(node),
      state,
      notes: between.state.notes.get(key) ?? NO_NOTES,
      agent: run.input.agent,
      ...(start !== undefined && { startedAt: at(start) }),
      ...(end !== undefined && { endedAt: at(end) }),
    });
    const known = byPlan.get(plan.file);
    const own = { id: node.task.id ?? node.task.key, text };
    if (known) known.push(own);
    else byPlan.set(plan.file, [own]);
  }
  for (const [plan, findings] of byPlan)
    await steps.attempt({ name: nextName(run, "findings") }, () =>
      ports.writeFindings({ plan, findings }),
    );
}

import { WavegateError } from "../../core/error.ts";
import { oneLine } from "../../core/text.ts";
import { stateOfTask } from "../../execution/run-state.ts";
import { isFinished } from "../../execution/task-state.ts";
import type { Engine } from "../../ports/engine.ts";
import type { LandedTask } from "../../ports/landing.ts";
import type { ExecutionPorts } from "./execution-ports.ts";
import type { OpenWork } from "./open-work.ts";

/** What plans say is done, and is only on a run's own branch. */
interface UnlandedWork {
  readonly runId: string;
  /** In full. */
  readonly branch: string;
  /** Keys among the plans that were opened, in the order in which they landed. */
  readonly tasks: readonly string[];
}

/**
 * Tasks that plans have as done, and whose commits a commit does not have: they are on branches of runs, as long as nobody landed these. Each is
 * named once, with the newest run. Tasks are told by the plan's file, and by the key that they had in that run.
 */
export async function unlandedWork(
  ports: Pick<ExecutionPorts, "apartBranches" | "engine">,
  { parts, before }: Pick<OpenWork, "parts" | "before">,
  commit: string,
): Promise<readonly UnlandedWork[]> {
  const apart = await ports.apartBranches(commit);
  if (apart.length === 0) return [];
  const plansOf = planReader(await ports.engine());
  const keyOf = async ({ runId, task }: LandedTask): Promise<string | undefined> => {
    const plans = await plansOf(runId);
    const several = plans.length > 1;
    const plan = several ? plans.find(({ name }) => task.startsWith(`${name}:`)) : plans[0];
    const part = plan && parts.find(({ open }) => open.head.file === plan.file);
    if (!part) return undefined;
    const own = several ? task.slice(plan.name.length + 1) : task;
    return parts.length > 1 ? `${part.name}:${own}` : own;
  };
  const seen = new Set<string>();
  const found: UnlandedWork[] = [];
  for (const { branch, missing, there } of apart) {
    const landed = new Set(await Promise.all(there.map(keyOf)));
    const tasks: string[] = [];
    for (const each of missing.toReversed()) {
      const key = await keyOf(each);
      if (key === undefined || landed.has(key) || seen.has(key)) continue;
      seen.add(key);
      if (isFinished(stateOfTask(before, key))) tasks.push(key);
    }
    const [last] = missing;
    if (tasks.length > 0 && last) found.push({ runId: last.runId, branch, tasks });
  }
  return found;
}

/** The runs of it, for who begins nothing: what can't be looked at is not told. */
export async function unlandedRuns(
  ports: Pick<ExecutionPorts, "apartBranches" | "engine" | "repositoryState">,
  opened: Pick<OpenWork, "parts" | "before">,
): Promise<readonly string[]> {
  try {
    const { commit } = await ports.repositoryState();
    return (await unlandedWork(ports, opened, commit)).map(({ runId }) => runId);
  } catch (error) {
    if (!(error instanceof WavegateError)) throw error;
    return [];
  }
}

interface PlanOfRun {
  readonly name: string;
  readonly file: string;
}

/** The plans that a run began with; none where it is not known here. */
function planReader(
  engine: Pick<Engine, "run" | "events">,
): (runId: string) => Promise<readonly PlanOfRun[]> {
  const known = new Map<string, Promise<readonly PlanOfRun[]>>();
  const read = async (runId: string): Promise<readonly PlanOfRun[]> => {
    if (!(await engine.run(runId))) return [];
    for await (const { event } of engine.events(runId, 0))
      if (event.type === "plan-run-started") return event.plans;
    return [];
  };
  return (runId) => {
    const plans = known.get(runId) ?? read(runId);
    known.set(runId, plans);
    return plans;
  };
}

const NAMED = 6;

/** Throws WORK_NOT_LANDED where there is any: what is left would be done without what it rests on. */
export function refuseUnlanded([first, ...others]: readonly UnlandedWork[]): void {
  if (!first) return;
  const { runId, branch, tasks } = first;
  const named = tasks.slice(0, NAMED).map((key) => oneLine(key, 60));
  const more = tasks.length > NAMED ? ` and ${tasks.length - NAMED} more` : "";
  const also =
    others.length > 0 ? `; others of ${others.map((each) => each.runId).join(", ")}` : "";
  throw new WavegateError(
    "WORK_NOT_LANDED",
    `${named.join(", ")}${more} ${tasks.length === 1 ? "is" : "are"} done on ${shortName(branch)}, and not in HEAD${also}.`,
    { hint: `Bring that over first: wavegate land ${runId}` },
  );
}

const shortName = (ref: string): string => ref.replace(/^refs\/heads\//, "");

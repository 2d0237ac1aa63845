import { WavegateError } from "../core/error.ts";
import { shellWord } from "../core/shell-word.ts";
import type { RunRecord } from "../ports/engine.ts";
import { RUN_PLAN, type FollowedTarget } from "../workflows/run-plan-input.ts";
import type { RunView } from "./app.ts";
import type { AppPorts } from "./app-ports.ts";

type Ports = Pick<AppPorts, "repositoryState" | "apartBranches">;

/** The view with what can be done with what a run of plans has landed, once it is over. */
export async function withNextSteps(ports: Ports, view: RunView): Promise<RunView> {
  const { record } = view;
  if (record.workflow !== RUN_PLAN || cameToNothing(record)) return view;
  if (record.status !== "completed" && record.status !== "canceled") return view;
  const target = targetIn(record);
  if (target?.lags === null) return view;
  const head = await headOf(ports);
  if (record.status === "canceled" && !(await isApart(ports, record, head?.commit))) return view;
  const onto = target ? shellWord(shortName(target.name)) : head?.branch === null ? "BRANCH" : null;
  const command = `wavegate land ${record.runId}${onto === null ? "" : ` --onto ${onto}`}`;
  const what = record.status === "canceled" ? "what landed" : "it";
  return { ...view, nextSteps: [`Bring ${what} to a branch of yours with: ${command}`] };
}

/** Undefined where git can't say. */
async function headOf({ repositoryState }: Ports) {
  try {
    return await repositoryState();
  } catch (error) {
    if (error instanceof WavegateError) return undefined;
    throw error;
  }
}

async function isApart(
  { apartBranches }: Ports,
  { runId }: RunRecord,
  commit: string | undefined,
): Promise<boolean> {
  if (commit === undefined) return false;
  const apart = await apartBranches(commit);
  return apart.some(({ missing }) => missing.some((each) => each.runId === runId));
}

const outputOf = ({ output }: RunRecord): ReadonlyMap<string, unknown> =>
  new Map<string, unknown>(
    typeof output === "object" && output !== null ? Object.entries(output) : [],
  );

const cameToNothing = (record: RunRecord): boolean => outputOf(record).get("status") === "failed";

/** What a run gives was made by the same code that reads it. */
function targetIn(record: RunRecord): FollowedTarget | undefined {
  const target: unknown = outputOf(record).get("target");
  return isTarget(target) ? target : undefined;
}
const isTarget = (value: unknown): value is FollowedTarget =>
  typeof value === "object" && value !== null && "name" in value && "lags" in value;

const shortName = (ref: string): string => ref.replace(/^refs\/heads\//, "");

import { refuseInsideAttempt } from "../refuse-inside-attempt.ts";
import type { LandedByPerson, LandWish } from "./execution-cases.ts";
import type { ExecutionPorts } from "./execution-ports.ts";
import { holdingAny, leftByRun } from "./left-by-run.ts";
import { planRun } from "./tell-plan-run.ts";

/**
 * Bring what a run has landed on its own branch over to another, forward only, because a person asks: that goes on the audit log, too.
 * Throws RUN_NOT_FOUND, and what landing says is in the way.
 */
export async function landRun(
  ports: Pick<ExecutionPorts, "engine" | "surroundingRuns" | "clock" | "landing" | "audit">,
  { run, onto, point, by }: LandWish,
): Promise<LandedByPerson> {
  await refuseInsideAttempt(ports);
  const engine = await ports.engine();
  const { runId } = await planRun(engine, run);
  const { head, files } = await leftByRun(engine.events(runId, 0));
  const landing = await ports.landing();
  const landed = await landing.landOnto({
    runId,
    ...(head !== undefined && { head }),
    ...(onto !== undefined && { onto }),
    ...(point !== undefined && { point }),
  });
  if (!landed.ok) throw landed.error;
  const { branch, from, to } = landed.value;
  const audit = await ports.audit();
  await audit.append({
    id: `${runId}/landed/${branch}/${to}`,
    at: new Date(ports.clock.now()).toISOString(),
    actor: by,
    action: "landed",
    runId,
    digest: to,
    details: { branch, from, to },
  });
  const uncommitted = holdingAny(files, await landing.uncommitted(files));
  return { runId, ...landed.value, uncommitted };
}

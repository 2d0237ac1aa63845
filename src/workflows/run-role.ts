import type { Measures } from "../core/event.ts";
import { oneLine } from "../core/text.ts";
import type { Steps, Workflow } from "../ports/engine.ts";
import { parseSpec } from "../spec/parse-spec.ts";
import { measureAnswer } from "../stage/measures/measure-answer.ts";
import type { Mend } from "../stage/mend.ts";
import type { RoleResult } from "../stage/records.ts";
import { answerSummary } from "../stage/answer-summary.ts";
import { chanceOf, nextMove, type AttemptFailure } from "../stage/retry.ts";
import { simplifiedResult } from "../stage/simplified.ts";
import { askAgent } from "./ask-agent.ts";
import type { RoleInput } from "./role-input.ts";
import type { StagePorts } from "./stage-ports.ts";
import { Stopped, stoppableSteps } from "./stoppable-steps.ts";

export type RunRole = Workflow<RoleInput, RoleResult>;

/**
 * Fill one role (ST-04, ST-05): its agent with retries, then its fallback with retries, then what a person must mend, a
 * simplified result, or the failure. Whatever happens is a value; siblings never notice.
 */
export function createRunRole(ports: StagePorts): RunRole {
  return {
    name: "run-role",
    async run(given, plainSteps) {
      const steps = stoppableSteps(plainSteps);
      const failures: AttemptFailure[] = [];
      try {
        return await fillRole(ports, steps, { input: await withNeeded(given, steps), failures });
      } catch (error) {
        if (!(error instanceof Stopped)) throw error;
        const { agent } = given.role;
        const reason = oneLine(error.message, 300);
        const attempts = failures.length;
        const end = { agent, attempts, value: null, reason, status: "failed" } as const;
        return { ...(await settle(steps, given, end)), stopped: error.reason };
      }
    },
  };
}

async function fillRole(
  ports: StagePorts,
  steps: Steps,
  { input, failures }: { readonly input: RoleInput; readonly failures: AttemptFailure[] },
): Promise<RoleResult> {
  const { role } = input;
  let asked = role.agent;
  let mend: Mend | undefined;
  for (const agent of role.fallback ? [role.agent, role.fallback] : [role.agent]) {
    asked = agent;
    const fallback = role.fallback !== undefined && agent !== role.fallback;
    const end = await askUntilGivenUp(ports, steps, { input, agent, fallback, failures });
    if ("value" in end) return settle(steps, input, { ...end, agent, status: "succeeded" });
    mend ??= end.mend;
  }
  const attempts = failures.length;
  const last = failures.at(-1);
  const reason = last ? `${last.kind}: ${oneLine(last.message, 300)}` : "not attempted";
  if (mend) {
    const end = { agent: asked, attempts, value: null, reason, status: "failed" } as const;
    return { ...(await settle(steps, input, end)), stopped: mend };
  }
  const partial =
    input.simplified && simplifiedResult(input.simplified, role, input.facts, failures);
  return settle(steps, input, {
    agent: asked,
    attempts,
    reason,
    status: partial ? "partial" : "failed",
    value: partial,
  });
}

type Answered = Pick<RoleResult, "value" | "attempts" | "reason"> & { readonly cached: boolean };

/** With what a person must mend before this agent can answer, if that is why. */
type GivenUp = { readonly mend?: Mend | undefined };

/** Attempts of one agent until an answer holds or its patience is used up. Failures are added to those of the role. */
async function askUntilGivenUp(
  ports: StagePorts,
  steps: Steps,
  ask: {
    readonly input: RoleInput;
    readonly agent: string;
    /** Whether another agent can be asked after this one. */
    readonly fallback: boolean;
    readonly failures: AttemptFailure[];
  },
): Promise<Answered | GivenUp> {
  const { input, agent, fallback, failures } = ask;
  const { scope, stage, role, round } = input;
  const own: AttemptFailure[] = [];
  let remainingMs = Infinity;
  for (;;) {
    const attempt = failures.length + 1;
    const key = `${scope}/${role.name}/r${round}/a${attempt}`;
    const patience = { ...input.retry, remainingMs, agent, fallback };
    const next = nextMove(patience, own, chanceOf(`${steps.runId}/${key}`));
    if (next.move === "give-up") return { mend: next.mend };
    const last = own.at(-1);
    if (last) {
      const { waitMs } = next;
      const reason = `${last.kind}: ${oneLine(last.message, 300)}`;
      await steps.emit(`${key}/retried`, {
        type: "agent-retried",
        stage,
        role: role.name,
        attempt,
        waitMs,
        reason,
      });
      await steps.sleep(waitMs);
    }
    const asked = await askAgent(ports, steps, { input, agent, attempt, failures });
    const { outcome, cached } = asked;
    if (outcome.ok) return { value: outcome.value, attempts: attempt, reason: null, cached };
    ({ remainingMs } = asked);
    own.push(outcome.error);
    failures.push(outcome.error);
  }
}

/** The input with the answers of the roles it needs, as soon as those have ended. */
async function withNeeded(input: RoleInput, steps: Steps): Promise<RoleInput> {
  const inputs: Record<string, string> = { ...input.inputs };
  for (const need of input.needs) {
    const result = await steps.sibling<RoleResult>(need.child);
    if (result.stopped) throw new Stopped(result.stopped);
    inputs[`analyses/${need.role}.json`] = JSON.stringify(result.value);
  }
  return { ...input, inputs };
}

/** What a role that was filled has to tell: what came, from whom. */
function landed(
  { role }: RoleInput,
  { agent, value }: Pick<RoleResult, "agent" | "value">,
  cached: boolean,
): string {
  const found = answerSummary(role.contract, value);
  const by = `${agent}${cached ? ", from the cache" : ""}`;
  return found === "" ? `answered by ${by}` : `${found} (${by})`;
}

async function settle(
  steps: Steps,
  input: RoleInput,
  {
    cached = false,
    ...end
  }: Pick<RoleResult, "agent" | "attempts" | "status" | "value" | "reason"> & {
    readonly cached?: boolean;
  },
): Promise<RoleResult> {
  const { scope, stage, role, round } = input;
  await steps.emit(`${scope}/${role.name}/r${round}/settled`, {
    type: "role-settled",
    stage,
    role: role.name,
    status: end.status,
    round,
    summary: oneLine(end.reason ?? landed(input, end, cached), 300),
    ...(input.task === "analysis" ? { measures: measuresOf(input, end) } : {}),
  });
  return { role: role.name, title: role.title, round, ...end };
}

/** What is counted in the answer; a simplified result is none. */
function measuresOf(
  { role, inputs }: RoleInput,
  { status, value }: Pick<RoleResult, "status" | "value">,
): Measures {
  const spec = parseSpec("spec.md", inputs["spec.md"] ?? "");
  return measureAnswer(role.contract, status === "succeeded" ? value : null, spec);
}

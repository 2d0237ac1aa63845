import type { Json } from "../core/json.ts";
import { err, type Result } from "../core/result.ts";
import type { Steps } from "../ports/engine.ts";
import { answerSchema } from "../stage/answer.ts";
import { changesPrompt } from "../stage/failures.ts";
import { buildApartPrompt, buildPrompt, buildRepairPrompt } from "../stage/prompts.ts";
import type { AttemptFailure } from "../stage/retry.ts";
import { callAgent } from "./call-agent.ts";
import type { RoleInput } from "./role-input.ts";
import type { StagePorts } from "./stage-ports.ts";

/** How much of a wrong answer is shown to the agent that gave it. */
const MAX_REPAIR_CHARS = 200_000;

export interface Ask {
  readonly input: RoleInput;
  /** Name of the agent to ask. */
  readonly agent: string;
  /** 1-based over the role's whole round. */
  readonly attempt: number;
  readonly failures: readonly AttemptFailure[];
}

export interface Asked {
  readonly outcome: Result<Json, AttemptFailure>;
  /** What was left of the stage's time when it ended, in milliseconds. */
  readonly remainingMs: number;
  /** Whether the answer is an earlier one, and nobody was asked. */
  readonly cached: boolean;
}

const call = async (...request: Parameters<typeof callAgent>) => {
  const called = await callAgent(...request);
  return { ...called, cached: called.cache.outcome === "hit" };
};

/**
 * One attempt: ask, check the answer against the contract, and ask once more with the problems if it does not match
 * (AG-02). Each call is journaled on its own, so neither is made twice.
 */
export async function askAgent(ports: StagePorts, steps: Steps, ask: Ask): Promise<Asked> {
  const { scope, role, round } = ask.input;
  const name = `${scope}-${role.name}-r${round}-a${ask.attempt}`;
  const schema = answerSchema(role.contract);
  const failures = ask.failures.filter(({ kind }) => changesPrompt(kind));
  const parts = { ...ask.input, schema, failures };
  const [prompt, apart] = [buildPrompt(parts), buildApartPrompt(parts)];
  const first = await call(ports, steps, { ...ask, name, prompt, apart, repair: false });
  if (!first.outcome.ok || first.problems.length === 0) return first;

  const shown = JSON.stringify(first.outcome.value).slice(0, MAX_REPAIR_CHARS);
  const repaired = (text: string) => buildRepairPrompt(text, shown, first.problems);
  const second = await call(ports, steps, {
    ...ask,
    name: `${name}-repair`,
    prompt: repaired(prompt),
    apart: { ...apart, instructions: repaired(apart.instructions) },
    repair: true,
  });
  if (!second.outcome.ok || second.problems.length === 0) return second;
  const message = `the answer does not match ${role.contract}: ${second.problems.join("; ")}`;
  return { ...second, outcome: err({ kind: "invalid-output", message, repaired: true }) };
}

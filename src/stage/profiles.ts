import type { RoleSpec, StageSpec, Timeouts } from "./stage-spec.ts";
import type { TaskKind } from "./task-kind.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/**
 * The two sets of timeouts (ST-03): `api` has S1 §2 and §7.2's numbers, for short model calls; `coding-agent` fits
 * programs that read files and think for minutes.
 */
export const PROFILES: Readonly<Record<StageSpec["profile"], Timeouts>> = {
  api: {
    agentMs: 30 * SECOND,
    stallMs: 30 * SECOND,
    reviewMs: 15 * SECOND,
    synthesisMs: 20 * SECOND,
    qaMs: 10 * SECOND,
    stageMs: 120 * SECOND,
  },
  "coding-agent": {
    agentMs: 30 * MINUTE,
    stallMs: 5 * MINUTE,
    reviewMs: 15 * MINUTE,
    synthesisMs: 15 * MINUTE,
    qaMs: 10 * MINUTE,
    stageMs: 120 * MINUTE,
  },
};

/** S1 §7.2: complex analysis 60 s and simple check 10 s, against 30 s. */
const SIZE_FACTOR: Readonly<Record<RoleSpec["size"], number>> = {
  simple: 1 / 3,
  normal: 1,
  complex: 2,
};

/** The limits of one attempt of a role, in milliseconds: its own where set, else the stage's by kind of work and size. */
export function limitsFor(
  timeouts: Timeouts,
  role: RoleSpec,
  task: TaskKind,
): { readonly timeoutMs: number; readonly stallMs: number } {
  const base = {
    analysis: timeouts.agentMs,
    review: timeouts.reviewMs,
    synthesis: timeouts.synthesisMs,
    qa: timeouts.qaMs,
  }[task];
  const timeoutMs = role.timeoutMs ?? Math.round(base * SIZE_FACTOR[role.size]);
  return { timeoutMs, stallMs: Math.min(role.stallMs ?? timeouts.stallMs, timeoutMs) };
}

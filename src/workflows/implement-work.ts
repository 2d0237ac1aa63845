import { WavegateError } from "../core/error.ts";
import type { Result } from "../core/result.ts";
import { oneLine } from "../core/text.ts";
import type { AuditLog } from "../ports/audit.ts";
import type { Clock } from "../ports/clock.ts";
import type { Steps } from "../ports/engine.ts";
import type { Landing } from "../ports/landing.ts";
import type { Workspaces } from "../ports/workspaces.ts";
import type { Cap } from "../stage/budget/cap.ts";
import type { StopReason } from "../stage/records.ts";
import type { Ground } from "./plan-run/ground.ts";
import type { PlanRunInput, PlanRunOutcome } from "./run-plan-input.ts";

/** How plans are carried out in a run that makes them first; what is not known before they are there is left out. */
export type ImplementationInput = Omit<
  PlanRunInput,
  "plans" | "base" | "branch" | "target" | "caps"
>;

export interface CarriedOut {
  readonly kind: "carried-out";
  readonly outcome: PlanRunOutcome;
  readonly branch: string;
  /** Of those that are done, how many were before the plan was approved anew; null where it was not. */
  readonly before: number | null;
  /** Carries out what is left of it once it was approved anew. */
  readonly again: () => Promise<Implemented>;
}

export type Implemented =
  | CarriedOut
  /** It could not begin; the reason is a whole sentence. */
  | { readonly kind: "refused"; readonly reason: string; readonly hint: string };

/** Brought to the branch that HEAD is on, or what is in the way. */
export type BroughtOver =
  | { readonly kind: "landed"; readonly branch: string; readonly commits: number }
  | { readonly kind: "refused"; readonly reason: string; readonly hint: string };

/** How plans were carried out. */
export interface CarriedPlans {
  readonly outcome: PlanRunOutcome;
  /** Carries out what is left of them, once they were approved anew; undefined where they could not be begun. */
  readonly again?: () => Promise<
    Result<
      {
        readonly outcome: PlanRunOutcome;
        /** Tasks and verifications that were done already. */
        readonly before: number;
      },
      StopReason
    >
  >;
}

/** The part of a run that agents do outside of stages: the plan that preparation made is carried out, and a person brings it over. */
export interface Implementation {
  carryOut(
    steps: Steps,
    request: {
      /** Of the plan, relative to the project. */
      readonly document: string;
      readonly chosen: ImplementationInput;
      readonly caps: readonly Cap[];
      readonly ground: Ground;
    },
  ): Promise<Implemented>;
  /** `head`: what was carried out ended on; `turn` tells this try from others. */
  bringOver(
    steps: Steps,
    request: { readonly head: string; readonly turn: string; readonly by: string },
  ): Promise<BroughtOver>;
}

interface ImplementationPorts {
  readonly workspaces: Pick<Workspaces, "state">;
  readonly landing: Pick<Landing, "landOnto">;
  readonly audit: Pick<AuditLog, "append">;
  readonly clock: Clock;
}

/** @param carryOut carries out plans within the run whose steps these are */
export function createImplementation(
  ports: ImplementationPorts,
  carryOut: (steps: Steps, input: PlanRunInput, ground: Ground) => Promise<CarriedPlans>,
): Implementation {
  return {
    async carryOut(steps, { document, chosen, caps, ground }) {
      const { runId } = steps;
      const found = await steps.attempt({ name: "implementation/base" }, () =>
        orRefused(async () => ({ base: (await ports.workspaces.state()).commit })),
      );
      if ("refused" in found) return { kind: "refused", ...found.refused };
      const branch = `refs/heads/wavegate/${runId}`;
      const input: PlanRunInput = {
        ...chosen,
        plans: [{ name: nameOf(document), file: document }],
        base: found.base,
        branch,
        target: null,
        caps,
      };
      const { outcome, again } = await carryOut(steps, input, ground);
      if (again) return carriedOut({ outcome, again, branch }, null);
      const hint = `Mend that, or carry it out with: wavegate run ${document}`;
      return { kind: "refused", reason: outcome.message, hint };
    },
    bringOver: (steps, request) => bringOver(ports, steps, request),
  };
}

async function bringOver(
  ports: ImplementationPorts,
  steps: Steps,
  { head, turn, by }: { readonly head: string; readonly turn: string; readonly by: string },
): Promise<BroughtOver> {
  const { runId } = steps;
  const landed = await steps.attempt({ name: `implementation/land/${turn}` }, () =>
    orRefused(async () => {
      const brought = await ports.landing.landOnto({ runId, head });
      if (!brought.ok) throw brought.error;
      const { branch, from, to, commits } = brought.value;
      await ports.audit.append({
        id: `${runId}/landed/${branch}/${to}`,
        at: new Date(ports.clock.now()).toISOString(),
        actor: by,
        action: "landed",
        runId,
        digest: to,
        details: { branch, from, to },
      });
      return { branch, commits };
    }),
  );
  return "refused" in landed
    ? { kind: "refused", ...landed.refused }
    : { kind: "landed", ...landed };
}

const carriedOut = (
  { outcome, again, branch }: Required<CarriedPlans> & { readonly branch: string },
  before: number | null,
): CarriedOut => ({
  kind: "carried-out",
  outcome,
  branch,
  before,
  async again() {
    const more = await again();
    if (more.ok)
      return carriedOut({ outcome: more.value.outcome, again, branch }, more.value.before);
    const { code, message, hint } = more.error;
    return { kind: "refused", reason: oneLine(`${code}: ${message}`, 400), hint };
  },
});

const nameOf = (document: string): string =>
  (document.split("/").at(-1) ?? document).replace(/\.md$/, "");

/** What a person can mend is a value. */
async function orRefused<T>(
  effect: () => Promise<T>,
): Promise<T | { readonly refused: { readonly reason: string; readonly hint: string } }> {
  try {
    return await effect();
  } catch (error) {
    if (!(error instanceof WavegateError)) throw error;
    const { code, message, hint } = error;
    return { refused: { reason: oneLine(`${code}: ${message}`, 400), hint } };
  }
}

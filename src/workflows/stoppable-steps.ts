import { WavegateError } from "../core/error.ts";
import type { Steps } from "../ports/engine.ts";
import type { StopReason } from "../stage/records.ts";

/** An effect met what only a person can mend. Thrown again on replay, since it is made from what is journaled. */
export class Stopped extends Error {
  override readonly name = "Stopped";
  readonly reason: StopReason;
  constructor(reason: StopReason) {
    super(reason.message);
    this.reason = reason;
  }
}

/** Marks a journaled value as none that an effect gave. */
const MARK = "wavegate:stopped";
type Marked = { readonly [MARK]: Pick<StopReason, "code" | "message" | "hint"> };

/**
 * Steps that journal as a value what a person can mend (a full disk, a folder that may not be written) and throw it as
 * `Stopped`, so that the run is held and not ended. All else that an effect throws ends the run.
 */
export const stoppableSteps = (steps: Steps): Steps => ({
  ...steps,
  async attempt(request, effect) {
    const value = await steps.attempt(request, async (context) => {
      try {
        return await effect(context);
      } catch (error) {
        if (!(error instanceof WavegateError)) throw error;
        const { code, message, hint } = error;
        return { [MARK]: { code, message, hint } } satisfies Marked;
      }
    });
    if (isMarked(value)) throw new Stopped(value[MARK]);
    return value;
  },
});

const isMarked = (value: unknown): value is Marked =>
  typeof value === "object" && value !== null && MARK in value;

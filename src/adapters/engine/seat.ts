import type { Turnstile } from "../../core/turnstile.ts";

/** The place of a run among those a worker executes at once. It is free while the run waits for a person. */
export interface Seat {
  release(): void;
  take(signal: AbortSignal): Promise<void>;
}

/** For runs that somebody asked to be executed here: they wait for nobody. */
export const NO_SEAT: Seat = { release: () => {}, take: () => Promise.resolve() };

export function seatIn(seats: Turnstile, limit: number, leave: () => void): Seat {
  let release = leave;
  return {
    release: () => release(),
    take: async (signal) => {
      release = await seats.enter(limit, signal);
      if (signal.aborted) release();
    },
  };
}

/** How much larger the large input is. Work that grows linearly takes 16 times as long, quadratic work 256 times. */
const TIMES = 16;

/** Most that is taken for linear: far from both, so that a busy machine or a cold compiler decides nothing. */
const MOST = 80;

/** Below this many milliseconds a clock says little. */
const LEAST_MS = 1;

const TRIES = 12;

/** Time limit under which a busy machine fails nothing; give it to tests that use `growthOf`. */
export const PATIENCE_MS = 180_000;

function timed(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

/**
 * How work grows with its input, from `size` to 16 times as much: "linear", or else what it took. Compares the least
 * times of some tries with each other, no time with a fixed limit.
 *
 * @param make the input of about this size; it is made outside the time that is taken
 */
export function growthOf<T>(
  make: (size: number) => T,
  work: (input: T) => void,
  size: number,
): string {
  const [small, large] = [make(size), make(size * TIMES)];
  let best = { small: Number.POSITIVE_INFINITY, large: Number.POSITIVE_INFINITY };
  for (let tried = 0; tried < TRIES; tried++) {
    best = {
      small: Math.min(
        best.small,
        timed(() => work(small)),
      ),
      large: Math.min(
        best.large,
        timed(() => work(large)),
      ),
    };
    if (best.large <= MOST * Math.max(LEAST_MS, best.small)) return "linear";
  }
  return `${TIMES} times the input took ${Math.round(best.large)} ms instead of ${best.small.toFixed(1)} ms`;
}

/** A part so often that it makes up `size` characters. */
export const filled = (part: string, size: number): string =>
  part.repeat(Math.max(1, Math.floor(size / part.length)));

/** Ticks a solver counts to; twice as many still fit 32 bits. */
const MOST_TICKS = 2 ** 30 - 1;

/**
 * Minutes of a tick: the greatest common divisor of all figures of a problem, so that nothing is rounded; coarser (twice, four times, …)
 * only where everything one after the other would be more ticks than can be counted.
 */
export function tickFor(minutes: Iterable<number>, longest: number): number {
  let divisor = 0;
  for (const each of minutes) {
    divisor = gcd(divisor, Math.abs(each));
    if (divisor === 1) break;
  }
  let tick = Math.max(1, divisor);
  while (longest / tick > MOST_TICKS) tick *= 2;
  return tick;
}

function gcd(one: number, other: number): number {
  let [a, b] = [one, other];
  while (b > 0) [a, b] = [b, a % b];
  return a;
}

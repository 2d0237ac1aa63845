/** The next number of a stream, at least 0 and less than 1. */
export type Random = () => number;

/**
 * A stream of numbers that a seed alone decides: sfc32 (Doty-Humphrey, PractRand), its state filled by splitmix32. The same
 * everywhere, good for simulation, not for secrets.
 */
export function seededRandom(seed: number): Random {
  let mixed = seed >>> 0;
  const mix = (): number => {
    mixed = (mixed + 0x9e_37_79_b9) >>> 0;
    let word = mixed ^ (mixed >>> 16);
    word = Math.imul(word, 0x21_f0_aa_ad);
    word ^= word >>> 15;
    word = Math.imul(word, 0x73_5a_2d_97);
    return (word ^ (word >>> 15)) >>> 0;
  };
  let [a, b, c, counter] = [mix(), mix(), mix(), 1];
  const next = (): number => {
    const sum = (((a + b) >>> 0) + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = (b ^ (b >>> 9)) >>> 0;
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + sum) >>> 0;
    return sum / 2 ** 32;
  };
  // The first numbers still show the seed.
  for (let turn = 0; turn < 12; turn++) next();
  return next;
}

/** A number of the standard normal distribution (Box and Muller, Ann. Math. Statist. 29 (1958) 610–611). */
export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** A number between `low` and `high`, most likely about `mode`. */
export function triangular(random: Random, low: number, mode: number, high: number): number {
  if (high <= low) return low;
  const share = random();
  const rise = (mode - low) / (high - low);
  return share < rise
    ? low + Math.sqrt(share * (high - low) * (mode - low))
    : high - Math.sqrt((1 - share) * (high - low) * (high - mode));
}

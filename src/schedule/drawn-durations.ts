import { normal, triangular, type Random } from "../core/random.ts";

/** How durations differ from what is expected, as a factor for each task; the mean of `lognormal` is 1. */
export type Noise =
  | { readonly kind: "lognormal"; readonly sigma: number }
  | {
      readonly kind: "triangular";
      readonly low: number;
      readonly mode: number;
      readonly high: number;
    };

/** What each node takes this time. */
export function drawnDurations(
  minutes: Readonly<ArrayLike<number>>,
  noise: Noise,
  random: Random,
): Float64Array {
  return Float64Array.from(minutes, (expected) => expected * factor(noise, random));
}

function factor(noise: Noise, random: Random): number {
  if (noise.kind === "triangular") return triangular(random, noise.low, noise.mode, noise.high);
  return Math.exp(noise.sigma * normal(random) - noise.sigma ** 2 / 2);
}

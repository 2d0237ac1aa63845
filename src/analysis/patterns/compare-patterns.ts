import { simulate, type Simulated } from "../../schedule/simulate.ts";
import type { AnalysedPlan } from "../input.ts";
import { workOf } from "../measure/plan-work.ts";
import { NOISE, SEED, WORKERS } from "../measure/settings.ts";
import { PATTERN_WORDS } from "./pattern-words.ts";

/** All patterns on one plan, with each number of workers; batches are as large as there are workers. */
export const comparePatterns = (
  { declared, uses }: AnalysedPlan,
  replications: number,
): readonly Simulated[] =>
  simulate(workOf(declared, uses), {
    patterns: PATTERN_WORDS.map(({ pattern }) => pattern),
    workers: WORKERS,
    noise: NOISE,
    replications,
    seed: SEED,
  });

import { int } from "../problem.ts";
import type { CrewProblem } from "./crew-problem.ts";
import { isIn } from "./people-sets.ts";

/** Anybody may be taken; whom an activity has is taken if possible; nobody else is taken. */
export const [ANYBODY, RATHER, ONLY] = [0, 1, 2] as const;

/** Any option; the one that ends first. */
export const ANY_OPTION = -1;

/** What a schedule is made by, apart from the order of its activities: it says which option and which people each of them rather has. */
export interface Guide {
  /** An option of each activity, or ANY_OPTION. */
  readonly options: Int32Array;
  /** ANYBODY, RATHER or ONLY, for each activity. */
  readonly hold: Int32Array;
  /** The people each activity has: a set of `words` words each. */
  readonly wishes: Int32Array;
  /** How much each person is wanted elsewhere: those who are least so are taken first. */
  readonly scarcity: Float64Array;
  /** How much of `noise` is added to it, for each activity. */
  readonly spread: Float64Array;
  /** NOISES numbers from -0.5 to 0.5, and where in them the noise of this schedule begins. */
  readonly noise: Float64Array;
  noiseAt: number;
  /** How much costs count beside scarcity. */
  thrift: number;
}

export const NOISES = 1024;

export function emptyGuide(problem: CrewProblem): Guide {
  const { size, words } = problem;
  return {
    options: new Int32Array(size).fill(ANY_OPTION),
    hold: new Int32Array(size),
    wishes: new Int32Array(size * words),
    scarcity: scarcityOf(problem),
    spread: new Float64Array(size),
    noise: new Float64Array(NOISES),
    noiseAt: 0,
    thrift: 1,
  };
}

/** Below every scarcity with noise. */
const HELD = 1e6;

/** The smaller, the rather is a person taken for an activity. */
export function weightOf(guide: Guide, words: number, activity: number, person: number): number {
  const held =
    int(guide.hold, activity) !== ANYBODY && isIn(guide.wishes, activity * words, person);
  const noise = guide.noise[(guide.noiseAt + person * 37 + activity * 101) & (NOISES - 1)] ?? 0;
  const own = (guide.scarcity[person] ?? 0) + (guide.spread[activity] ?? 0) * noise;
  return held ? own - HELD : own;
}

/** The ticks that each person works if every need takes an equal share of all its pool, divided by their mean. */
function scarcityOf({ people, options, pools, size }: CrewProblem): Float64Array {
  const wanted = new Float64Array(people);
  const ofPool = new Float64Array(pools.length);
  const { needs } = options;
  for (let activity = 0; activity < size; activity++) {
    const [first, last] = [int(options.starts, activity), int(options.starts, activity + 1)];
    for (let option = first; option < last; option++)
      for (let need = int(needs.starts, option); need < int(needs.starts, option + 1); need++) {
        const pool = int(needs.pools, need);
        const ticks = int(needs.counts, need) * int(options.least, option);
        ofPool[pool] = (ofPool[pool] ?? 0) + ticks / (last - first);
      }
  }
  for (const [pool, { members }] of pools.entries())
    for (const person of members)
      wanted[person] = (wanted[person] ?? 0) + (ofPool[pool] ?? 0) / members.length;
  const mean = wanted.reduce((sum, ticks) => sum + ticks, 0) / Math.max(1, people);
  return mean > 0 ? wanted.map((ticks) => ticks / mean) : wanted;
}

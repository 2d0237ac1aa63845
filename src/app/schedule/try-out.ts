import type { Project } from "../../schedule/project/project.ts";
import type { Schedule } from "../../schedule/project/schedule.ts";
import type { Scheduler } from "../../schedule/strategy/what-if.ts";
import type { Listening } from "./schedule-cases.ts";
import type { ProofPorts } from "./prove-shortest.ts";
import { searchSchedule } from "./search-schedule.ts";

/** Starts of activities that each project is tried with: all of them together stay a matter of seconds. */
const STARTS = 40_000;
const SCHEDULES = { least: 5, most: 1_000 };
/** Searches at a time. */
const AT_ONCE = 2;

/** Schedules that a project of so many activities is tried with. */
export const trialBudget = (size: number): number =>
  Math.max(SCHEDULES.least, Math.min(SCHEDULES.most, Math.floor(STARTS / Math.max(1, size))));

export interface Trying extends Listening {
  readonly seed: number;
  /** Schedules of each search. */
  readonly budget: number;
}

/**
 * What a pure function makes of a project and of others that it wants scheduled. It is called twice: first each project that it asks
 * about is only written down (and answered with `base`), then all are searched, beside what else there is to do, and told in the same order.
 * So the function must ask for the same projects whatever it is told.
 */
export async function tryOut<T>(
  ports: ProofPorts,
  base: Schedule,
  make: (scheduler: Scheduler) => T,
  { seed, budget, signal }: Trying,
): Promise<T> {
  const asked: Project[] = [];
  make((project) => {
    asked.push(project);
    return base;
  });
  const found: Schedule[] = [];
  let next = 0;
  const work = async () => {
    for (let index = next++; index < asked.length; index = next++) {
      signal?.throwIfAborted();
      const project = asked[index];
      if (!project) continue;
      const wish = { seed, budget: { kind: "schedules", count: budget } as const };
      const { schedule } = await searchSchedule(ports, project, wish, signal ? { signal } : {});
      found[index] = schedule;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  signal?.throwIfAborted();
  let told = 0;
  return make((project) => {
    const schedule = asked[told] && found[told];
    told++;
    if (!schedule) throw new Error(`${project.name} was not asked about before`);
    return schedule;
  });
}

import type { AnalysedPlan } from "../input.ts";
import { RANKING_WORKERS } from "../measure/settings.ts";
import type { Luck } from "../measure/trials.ts";
import { meanMinutes, stateOf, WORTH_MINUTES, type Measured } from "./measure-opportunities.ts";
import { groupOf, type PlanState } from "./opportunity.ts";

/** One change, made after those before it. */
export interface RoadmapStep {
  readonly measured: Measured;
  /** Minutes that it saves here, and what the plan takes after it, on average. */
  readonly saves: number;
  readonly after: number;
  /** Earlier steps without which it saves less, by their positions from 1. */
  readonly needs: readonly number[];
  /** Earlier steps that save a part of the same minutes. */
  readonly overlaps: readonly number[];
}

export interface Roadmap {
  readonly before: number;
  readonly steps: readonly RoadmapStep[];
  /** What adds less than `WORTH_MINUTES` after all steps. */
  readonly left: readonly Measured[];
}

/** Of each group, so that small ones do not keep the large ones behind them off. */
const MOST_STEPS = 3;
const TRIED = 6;

const GROUPS = ["quick", "architecture", "unproven"] as const;

/**
 * Edits of the plan first, then what changes how it is built, last what has to be looked at before; each time the one that saves most on top of those before, measured by
 * making them one after the other, with the same drawn durations.
 */
export function roadmapOf(plan: AnalysedPlan, worth: readonly Measured[], luck: Luck): Roadmap {
  const minutesOf = (state: PlanState) => meanMinutes(state, luck);
  const start = stateOf(plan);
  const before = minutesOf(start);
  const steps: RoadmapStep[] = [];
  const candidates = GROUPS.flatMap((group) =>
    worth
      .filter((each) => groupOf(each.opportunity) === group && each.proven.has(RANKING_WORKERS))
      .slice(0, TRIED),
  );
  let left = candidates;
  let state = start;
  let now = before;
  for (const group of GROUPS)
    for (let taken = 0; taken < MOST_STEPS; taken++) {
      const tried = left
        .filter(({ opportunity }) => groupOf(opportunity) === group)
        .map((measured) => {
          const next = measured.opportunity.change(state);
          return { measured, next, minutes: minutesOf(next) };
        })
        .toSorted((a, b) => a.minutes - b.minutes);
      const [best] = tried;
      if (!best || now - best.minutes < WORTH_MINUTES) break;
      const { measured, next, minutes } = best;
      const relation = relationTo(steps, measured, { start, before, minutesOf });
      steps.push({ measured, saves: now - minutes, after: minutes, ...relation });
      left = left.filter((each) => each !== measured);
      [state, now] = [next, minutes];
    }
  const taken = new Set(steps.map(({ measured }) => measured));
  return { before, steps, left: worth.filter((each) => !taken.has(each)) };
}

interface Alone {
  readonly start: PlanState;
  readonly before: number;
  readonly minutesOf: (state: PlanState) => number;
}

/** How much a change saves after one other alone, against what it saves by itself. */
function relationTo(
  steps: readonly RoadmapStep[],
  { opportunity, saves }: Measured,
  { start, before, minutesOf }: Alone,
): Pick<RoadmapStep, "needs" | "overlaps"> {
  const alone = saves.get(RANKING_WORKERS) ?? 0;
  const needs: number[] = [];
  const overlaps: number[] = [];
  steps.forEach(({ measured }, index) => {
    const other = before - (measured.saves.get(RANKING_WORKERS) ?? 0);
    const both = minutesOf(opportunity.change(measured.opportunity.change(start)));
    const behind = other - both;
    if (behind >= alone + WORTH_MINUTES) needs.push(index + 1);
    if (behind <= alone - WORTH_MINUTES) overlaps.push(index + 1);
  });
  return { needs, overlaps };
}

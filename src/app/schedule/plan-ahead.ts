import type { ScheduleAnswer } from "../../schedule/answers/schedule-answer.ts";
import { makeScheduleAnswer } from "../../schedule/answers/make-schedule-answer.ts";
import type { Project } from "../../schedule/project/project.ts";
import {
  assembleStrategy,
  prepareStrategy,
  trialsOf,
} from "../../schedule/strategy/make-strategy.ts";
import type { Verifications } from "../../schedule/strategy/quality-gates.ts";
import type { Strategy } from "../../schedule/strategy/strategy.ts";
import { timelineOf, type Timeline } from "../../schedule/strategy/timeline.ts";
import { openSchedulable, type Schedulable } from "./open-schedulable.ts";
import type { Listening, ScheduleWish } from "./schedule-cases.ts";
import type { SchedulePorts } from "./schedule-ports.ts";
import { searchSchedule, type Searched } from "./search-schedule.ts";
import { trialBudget, tryOut } from "./try-out.ts";

/** Something with its schedule and what follows from it. */
export interface PlannedAhead {
  readonly of: Schedulable;
  readonly searched: Searched;
  readonly timeline: Timeline;
  readonly strategy: Strategy;
}

interface Depth {
  /** Schedule anew for what barriers, sync points and the buffer cost. */
  readonly prices: boolean;
  /** How often it is scheduled anew for what shortens it most. */
  readonly tries: number;
  /** Schedules of each of these; by the size of the project without it. */
  readonly trial?: number;
}

/** Open, search, and derive the strategy. */
export async function planAhead(
  ports: SchedulePorts,
  wish: ScheduleWish,
  listening: Listening,
  depth: Depth,
): Promise<PlannedAhead> {
  const of = await openSchedulable(ports, wish);
  const searched = await searchSchedule(ports, of.project, wish, listening);
  return { of, searched, ...(await strategyFor(ports, of, searched, { ...listening, ...depth })) };
}

/** What follows from a schedule. */
export async function strategyFor(
  ports: SchedulePorts,
  { project: opened, view, source }: Pick<Schedulable, "project" | "view" | "source">,
  { schedule, compiled, effort }: Searched,
  { signal, prices, tries, trial = trialBudget(sizeOf(opened)) }: Listening & Depth,
): Promise<Pick<PlannedAhead, "timeline" | "strategy">> {
  // Outputs are about what people call it; problems name the file.
  const project = source.title === "" ? opened : { ...opened, name: source.title };
  const timeline = timelineOf(project, compiled.axis, schedule.makespan);
  const { seed, stopped } = effort;
  const verifications = verificationsOf(view);
  await turn(stopped ? undefined : signal);
  const prepared = prepareStrategy(project, schedule, timeline, {
    seed,
    ...(verifications && { verifications }),
  });
  await turn(stopped ? undefined : signal);
  // Who stopped the search wants an answer now, from what it found.
  const trials =
    prices && !stopped
      ? await tryOut(ports, schedule, (scheduler) => trialsOf(prepared, scheduler, tries), {
          seed,
          budget: trial,
          ...(signal && { signal }),
        })
      : undefined;
  return { timeline, strategy: assembleStrategy(prepared, trials) };
}

/** Lets others have their turn, so that a stop is heard; then the rest is left undone. Who ended the search early has been heard already. */
async function turn(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  signal?.throwIfAborted();
}

export const sizeOf = ({ activities, syncPoints }: Project): number =>
  activities.length + syncPoints.length;

/** What a plan itself verifies, by phase or task. */
function verificationsOf(view: Schedulable["view"]): Verifications | undefined {
  if (!view) return undefined;
  const texts = new Map<string, string[]>();
  for (const { phase, tasks, criteria } of view.plan.verifications)
    for (const id of tasks ?? (phase === undefined ? [] : [phase])) {
      const list = texts.get(id) ?? [];
      list.push(...criteria.map(({ text }) => text));
      texts.set(id, list);
    }
  return texts;
}

export const answerOf = ({ of, searched, timeline, strategy }: PlannedAhead): ScheduleAnswer =>
  makeScheduleAnswer(strategy, {
    plan: of.source,
    staffing: of.staffing,
    effort: searched.effort,
    diagnostics: [...of.problems, ...searched.compiled.problems],
    timeline,
  });

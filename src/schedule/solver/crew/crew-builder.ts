import { int } from "../problem.ts";
import { NEVER, type CrewProblem } from "./crew-problem.ts";
import { costOf } from "./crew-cost.ts";
import { latenessOf, type CrewSchedule } from "./crew-schedule.ts";
import { ANY_OPTION, ONLY, RATHER, type Guide } from "./guide.ts";
import { FROM_START, TO_END } from "./link-arcs.ts";
import { PLACED, Placer, type PlaceWindow } from "./placer.ts";
import { Timeline } from "./timeline.ts";

/** What both ways of making a schedule are built from: a schedule that gets one activity after the other, those that are fixed first. */
export class CrewBuilder {
  readonly problem: CrewProblem;
  readonly guide: Guide;
  readonly timeline: Timeline;
  /** The one that is being made. */
  schedule: CrewSchedule;
  /** Starts given to activities, over all schedules. */
  assigned = 0;
  /** From when on the activity that `waitFor` was last asked for may start and end, by those before it. */
  readonly window: PlaceWindow = { ready: 0, endReady: 0, limit: NEVER };
  readonly #placer: Placer;
  #activity = 0;
  #option = 0;

  constructor(problem: CrewProblem, guide: Guide, schedule: CrewSchedule) {
    this.problem = problem;
    this.guide = guide;
    this.schedule = schedule;
    this.timeline = new Timeline(problem);
    this.#placer = new Placer(problem, guide, this.timeline);
  }

  /** Begin a schedule. */
  begin(schedule: CrewSchedule): void {
    const { fixed, options, seats } = this.problem;
    this.schedule = schedule;
    schedule.makespan = 0;
    this.timeline.clear();
    this.#placer.clear();
    for (const [activity, { start, end, people, option = 0 }] of fixed) {
      const first = int(seats, activity);
      schedule.starts[activity] = start;
      schedule.ends[activity] = end;
      schedule.options[activity] = int(options.starts, activity) + option;
      schedule.people.set(people, first);
      this.#book(activity, people.length);
      this.assigned++;
    }
  }

  /** Lateness and cost of the schedule, once it is whole. */
  finish(): void {
    this.schedule.lateness = latenessOf(this.problem, this.schedule.ends);
    this.schedule.cost = costOf(this.problem, this.schedule);
  }

  /** Set the window of an activity, those that it waits for being placed. */
  waitFor(activity: number): void {
    const { before, releases } = this.problem;
    const { starts, ends } = this.schedule;
    let ready = Math.max(0, int(releases, activity));
    let endReady = 0;
    for (let arc = int(before.starts, activity); arc < int(before.starts, activity + 1); arc++) {
      const kind = int(before.kinds, arc);
      const other = int(before.others, arc);
      const tick = int((kind & FROM_START) === 0 ? ends : starts, other) + int(before.lags, arc);
      if ((kind & TO_END) === 0) {
        if (tick > ready) ready = tick;
      } else if (tick > endReady) endReady = tick;
    }
    this.window.ready = ready;
    this.window.endReady = endReady;
    this.window.limit = NEVER;
  }

  /** Place an activity where it ends earliest in its window. */
  placeEarliest(activity: number): void {
    let found = this.#findEarliest(activity);
    if (!found && int(this.guide.hold, activity) === ONLY) {
      // Who it should be kept for cannot do it in another way.
      this.guide.hold[activity] = RATHER;
      found = this.#findEarliest(activity);
      this.guide.hold[activity] = ONLY;
    }
    if (!found) throw new Error("An activity fits nowhere: the parts have faults.");
    this.#book(activity, int(this.problem.options.heads, int(this.schedule.options, activity)));
    this.assigned++;
  }

  /** Place an activity now if it can begin now. Else false, and `wake` is when to look again at the latest. */
  placeNow(activity: number, now: number): boolean {
    const { first, last } = this.#optionsOf(activity);
    let found = false;
    this.wake = NEVER;
    this.window.limit = NEVER;
    this.#activity = activity;
    for (this.#option = first; this.#option < last; this.#option++) {
      const next = this.#placer.tryAt(activity, this.#option, now, this.window.endReady);
      if (next !== PLACED) this.wake = Math.min(this.wake, next);
      else if (this.#placer.start > now) this.wake = Math.min(this.wake, this.#placer.start);
      else if (this.#placer.end < this.window.limit) {
        this.window.limit = this.#placer.end;
        this.#keep();
        found = true;
      }
    }
    if (!found) return false;
    this.#book(activity, int(this.problem.options.heads, int(this.schedule.options, activity)));
    this.assigned++;
    return true;
  }
  wake = NEVER;

  #findEarliest(activity: number): boolean {
    const { first, last } = this.#optionsOf(activity);
    let found = false;
    this.#activity = activity;
    for (this.#option = first; this.#option < last; this.#option++)
      if (this.#placer.findEarliest(activity, this.#option, this.window, this.#keep)) found = true;
    return found;
  }

  #optionsOf(activity: number): { first: number; last: number } {
    const chosen = int(this.guide.options, activity);
    if (chosen !== ANY_OPTION) return { first: chosen, last: chosen + 1 };
    const { starts } = this.problem.options;
    return { first: int(starts, activity), last: int(starts, activity + 1) };
  }

  /** Take the place that was found into the schedule. */
  readonly #keep = (): void => {
    const { seats, options } = this.problem;
    const { schedule } = this;
    const first = int(seats, this.#activity);
    const heads = int(options.heads, this.#option);
    schedule.starts[this.#activity] = this.#placer.start;
    schedule.ends[this.#activity] = this.#placer.end;
    schedule.options[this.#activity] = this.#option;
    for (let seat = 0; seat < heads; seat++)
      schedule.people[first + seat] = int(this.#placer.people, seat);
  };

  #book(activity: number, heads: number): void {
    const { schedule } = this;
    const first = int(this.problem.seats, activity);
    const end = int(schedule.ends, activity);
    if (end > schedule.makespan) schedule.makespan = end;
    this.timeline.book({
      start: int(schedule.starts, activity),
      end,
      option: int(schedule.options, activity),
      people: schedule.people,
      first,
      last: first + heads,
    });
  }
}

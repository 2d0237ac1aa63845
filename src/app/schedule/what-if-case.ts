import { WavegateError } from "../../core/error.ts";
import { oneLine } from "../../core/text.ts";
import { workText } from "../../core/work-text.ts";
import { localTimes } from "../../schedule/answers/local-times.ts";
import type {
  ChangedAnswer,
  MovedAnswer,
  WhatIfAnswer,
} from "../../schedule/answers/change-answers.ts";
import type { Span } from "../../schedule/answers/schedule-answer.ts";
import type { Project } from "../../schedule/project/project.ts";
import { USUAL_LEVEL } from "../../schedule/project/skills.ts";
import type { Person } from "../../schedule/project/team.ts";
import type { Change } from "../../schedule/strategy/change.ts";
import type { Moved } from "../../schedule/strategy/moved.ts";
import { timelineOf, type Timeline } from "../../schedule/strategy/timeline.ts";
import { whatIf } from "../../schedule/strategy/what-if.ts";
import { openSchedulable } from "./open-schedulable.ts";
import { sizeOf, strategyFor } from "./plan-ahead.ts";
import type { Listening, WhatIfWish } from "./schedule-cases.ts";
import type { SchedulePorts } from "./schedule-ports.ts";
import { searchSchedule, USUAL_SEED, type Searched } from "./search-schedule.ts";
import { trialBudget, tryOut } from "./try-out.ts";

/** Candidates that are tried, where nothing was asked about. */
const TRIES = 30;

/**
 * The schedule with the changes beside the one without, both searched for alike; without changes, what would shorten it most. A budget in
 * time can't be compared by: schedules are counted.
 */
export async function answerWhatIf(
  ports: SchedulePorts,
  wish: WhatIfWish,
  listening: Listening,
): Promise<WhatIfAnswer> {
  const { seed = USUAL_SEED, budget: wished } = wish;
  if (wished?.kind === "time")
    throw new WavegateError("USAGE", "What would be is compared by equal numbers of schedules.", {
      hint: "Give --budget as a number, like 2000.",
    });
  const of = await openSchedulable(ports, { ...wish, barriers: true });
  const changes = changesOf(of.project, wish);
  const budget = wished?.count ?? trialBudget(sizeOf(of.project));
  const searching = { seed, budget: { kind: "schedules", count: budget } as const };
  const searched = await searchSchedule(ports, of.project, searching, listening);
  const { project } = of;
  const { schedule, compiled } = searched;
  const timeline = timelineOf(project, compiled.axis, schedule.makespan);
  const head = {
    plan: of.source,
    staffing: of.staffing,
    zone: project.zone,
    finish: localTimes(project.zone)(schedule.end),
    makespan: spanOf(schedule.makespan, timeline),
    effort: { seed, budget },
  };
  listening.signal?.throwIfAborted();
  if (changes.length === 0) {
    const { strategy } = await strategyFor(ports, of, searched, {
      ...listening,
      prices: true,
      tries: TRIES,
      trial: budget,
    });
    const { tried, left } = strategy.shortenings ?? { tried: [], left: 0 };
    return { ...head, shortenings: tried, left };
  }
  const changed = await compared(
    ports,
    { searched, project, timeline, changes },
    {
      ...listening,
      seed,
      budget,
    },
  );
  return { ...head, changed, left: 0 };
}

interface Comparing {
  readonly searched: Searched;
  readonly project: Project;
  readonly timeline: Timeline;
  readonly changes: readonly (Change & { readonly words: string })[];
}

async function compared(
  ports: SchedulePorts,
  { searched: { schedule }, project, timeline, changes }: Comparing,
  trying: Parameters<typeof tryOut>[3],
): Promise<ChangedAnswer> {
  const answer = await tryOut(
    ports,
    schedule,
    (scheduler) => whatIf({ project, schedule, timeline }, changes, scheduler),
    trying,
  );
  if (!answer.ok)
    throw new WavegateError("USAGE", `That can't be tried: ${oneLine(answer.error, 200)}.`, {
      hint: "See the ids of teams, tasks and resources with: wavegate schedule --json",
    });
  const { schedule: after, saved, noise, moved } = answer.value;
  return {
    changes: changes.map(({ words }) => words),
    finish: localTimes(project.zone)(after.end),
    makespan: spanOf(after.makespan, timeline),
    saved: spanOf(saved, timeline),
    noise,
    moved: movedAnswers(moved, project, timeline),
  };
}

export const spanOf = (minutes: number, { dayMinutes }: Timeline): Span => ({
  minutes,
  days: Math.round((minutes / dayMinutes) * 10_000) / 10_000,
});

export function movedAnswers(
  moved: readonly Moved[],
  { activities, zone }: Project,
  timeline: Timeline,
): readonly MovedAnswer[] {
  const time = localTimes(zone);
  const titles = new Map(activities.map(({ id, title }) => [id, title]));
  return moved.map(({ activity, kind, before, after, by }) => ({
    activity,
    title: titles.get(activity) ?? activity,
    kind,
    before: before ? time(before.end) : null,
    after: after ? time(after.end) : null,
    by: spanOf(by, timeline),
    people: after?.people ?? [],
  }));
}

/** What flags ask about, as changes of the project. */
function changesOf(project: Project, wish: WhatIfWish): readonly (Change & { words: string })[] {
  const { addPerson = [], drop = [], duration = [], split = [], barriers = true } = wish;
  const capacity = new Map(project.resources.map((each) => [each.id, each.capacity]));
  const barrierLinks = project.links.filter(({ origin }) => origin === "barrier");
  if (!barriers && barrierLinks.length === 0)
    throw new WavegateError("USAGE", "This plan has no barriers that could be left out.", {
      hint: "Its phases wait only for what the text names. Leave --no-barriers out.",
    });
  return [
    ...addPerson.map(({ team, skills }, at) => ({
      kind: "add-person" as const,
      team,
      person: newPerson(project, team, { skills, number: at + 1 }),
      words: `one more in ${team}${skills.length > 0 ? ` with ${skills.join(", ")}` : ""}`,
    })),
    ...drop.map((activity) => ({
      kind: "drop-activity" as const,
      activity,
      words: `without ${activity}`,
    })),
    ...duration.map(({ task, minutes }) => ({
      kind: "set-work" as const,
      activity: task,
      minutes,
      words: `${task} in ${workText(minutes)}`,
    })),
    ...split.map((resource) => ({
      kind: "set-capacity" as const,
      resource,
      capacity: (capacity.get(resource) ?? 0) + 1,
      words: `one more of ${resource}`,
    })),
    ...(barriers
      ? []
      : [
          {
            kind: "drop-links" as const,
            links: barrierLinks.map(({ from, to }) => ({ from, to })),
            words: `without barriers between phases (${barrierLinks.length} links)`,
          },
        ]),
  ];
}

/** Like the first of the team, with the skills that are named, else with all that the team has. */
function newPerson(
  { teams, calendars }: Project,
  id: string,
  { skills, number }: { readonly skills: readonly string[]; readonly number: number },
): Person {
  const team = teams.find((each) => each.id === id);
  const [first] = team?.people ?? [];
  const own = new Map(
    (team?.people ?? []).flatMap((each) => each.skills).map((one) => [one.skill, one]),
  );
  return {
    id: `${id}/new-${number}`,
    title: `new in ${team?.title ?? id}`,
    skills:
      skills.length > 0
        ? skills.map((skill) => ({ skill, level: USUAL_LEVEL }))
        : [...own.values()].map(({ skill }) => ({ skill, level: USUAL_LEVEL })),
    availability: 1,
    calendar: first?.calendar ?? calendars[0]?.id ?? "",
    away: [],
    history: new Map(),
  };
}

import type { FilePlace } from "../../../core/place.ts";
import { WORK_TIME } from "../../../core/work-time.ts";
import { allowedPeople, allowedTeams, canStaff } from "../crew-teams.ts";
import type { Activity, Crew, Project, SkillNeed } from "../project.ts";
import { quoted, report, type ScheduleDiagnostic } from "../report.ts";
import { levelOf, teamSkillFactor } from "../skills.ts";
import { isLevel } from "./check-teams.ts";
import { placeIn } from "./place-in.ts";

/** Ten years of work: no activity of a project that anybody would schedule takes longer. */
export const LONGEST_WORK = 10 * 52 * WORK_TIME.week;

/** Durations, crews and what is used: whether each activity can be done at all. */
export function checkActivities(project: Project): readonly ScheduleDiagnostic[] {
  const capacities = new Map(project.resources.map(({ id, capacity }) => [id, capacity]));
  return [
    ...project.resources.flatMap((resource) =>
      Number.isSafeInteger(resource.capacity) && resource.capacity >= 0
        ? []
        : [
            report(
              "SCHEDULE_NUMBER_INVALID",
              placeIn(project, resource),
              `The capacity of ${quoted(resource.id)} is ${resource.capacity}, no whole number from 0`,
            ),
          ],
    ),
    ...project.activities.flatMap((activity) => [
      ...checkWork(project, activity),
      ...(activity.uses.length === 0 ? [] : checkUses(project, activity, capacities)),
      ...checkCrew(project, activity),
    ]),
    ...project.links.flatMap((link) =>
      Number.isFinite(link.lag) && Math.abs(link.lag) <= LONGEST_WORK
        ? []
        : [
            report(
              "SCHEDULE_DURATION_ENORMOUS",
              placeIn(project, link),
              `The link from ${quoted(link.from)} to ${quoted(link.to)} has a lag of ${link.lag} minutes`,
            ),
          ],
    ),
    ...project.syncPoints.flatMap((sync) =>
      checkMinutes(sync.minutes, placeIn(project, sync), sync.id),
    ),
  ];
}

function checkWork(project: Project, activity: Activity): readonly ScheduleDiagnostic[] {
  const { id, work, crew, progress } = activity;
  const place = placeIn(project, activity);
  const { optimistic = work.likely, likely, pessimistic = work.likely } = work;
  const figures = [likely, optimistic, pessimistic];
  if (progress.state === "started") figures.push(progress.left);
  const wrong = [...new Set(figures)].flatMap((minutes) => checkMinutes(minutes, place, id));
  if (wrong.length > 0) return wrong;
  if (optimistic > likely || likely > pessimistic)
    return [
      report(
        "SCHEDULE_NUMBER_INVALID",
        place,
        `${quoted(id)} takes ${optimistic}, ${likely} and ${pessimistic} minutes at best, likely and at worst, which is not in order`,
      ),
    ];
  return likely === 0 && crew.kind !== "nobody" && progress.state === "open"
    ? [report("SCHEDULE_DURATION_ZERO", place, `${quoted(id)} takes people but no time`)]
    : [];
}

function checkMinutes(
  minutes: number,
  place: FilePlace,
  id: string,
): readonly ScheduleDiagnostic[] {
  if (minutes >= 0 && minutes <= LONGEST_WORK) return [];
  const who = quoted(id);
  if (!Number.isFinite(minutes) || minutes < 0)
    return minutes === Infinity
      ? [report("SCHEDULE_DURATION_ENORMOUS", place, `${who} takes infinitely long`)]
      : [report("SCHEDULE_DURATION_INVALID", place, `${who} takes ${minutes} minutes`)];
  return [
    report(
      "SCHEDULE_DURATION_ENORMOUS",
      place,
      `${who} takes ${Math.round(minutes / (52 * WORK_TIME.week))} years of work, more than 10`,
    ),
  ];
}

function checkUses(
  project: Project,
  activity: Activity,
  capacities: ReadonlyMap<string, number>,
): readonly ScheduleDiagnostic[] {
  const sums = new Map<string, number>();
  const place = placeIn(project, activity);
  const told: ScheduleDiagnostic[] = [];
  for (const { resource, amount } of activity.uses) {
    sums.set(resource, (sums.get(resource) ?? 0) + amount);
    if (!Number.isSafeInteger(amount) || amount < 1)
      told.push(
        report(
          "SCHEDULE_NUMBER_INVALID",
          place,
          `${quoted(activity.id)} uses ${amount} of ${quoted(resource)}`,
        ),
      );
  }
  for (const [resource, amount] of sums) {
    const capacity = capacities.get(resource);
    if (capacity === undefined)
      told.push(
        report(
          "SCHEDULE_RESOURCE_UNKNOWN",
          place,
          `${quoted(activity.id)} uses ${quoted(resource)}, which is no resource`,
        ),
      );
    else if (amount > capacity)
      told.push(
        report(
          "SCHEDULE_CAPACITY_EXCEEDED",
          place,
          `${quoted(activity.id)} uses ${amount} of ${quoted(resource)}, of which there are ${capacity}`,
        ),
      );
  }
  return told;
}

function checkCrew(project: Project, activity: Activity): readonly ScheduleDiagnostic[] {
  const { id, crew, progress } = activity;
  if (crew.kind === "nobody" || progress.state === "done") return [];
  const place = placeIn(project, activity);
  if (project.teams.every(({ people }) => people.length === 0))
    return [report("SCHEDULE_NO_TEAM", place, `${quoted(id)} needs people, but there are none`)];
  const unknown = [
    ...(crew.only?.teams ?? []).filter((name) => !project.teams.some((team) => team.id === name)),
    ...(crew.only?.people ?? []).filter((name) => !hasPerson(project, name)),
  ];
  if (unknown.length > 0)
    return unknown.map((name) =>
      report(
        "SCHEDULE_TEAM_UNKNOWN",
        place,
        `${quoted(id)} is given to ${quoted(name)}, which is no team and nobody of one`,
      ),
    );
  const needs = needsOf(crew);
  const wrong = needs.filter(({ skills }) => skills.some(({ level }) => !isLevel(level)));
  if (wrong.length > 0)
    return [
      report(
        "SCHEDULE_LEVEL_INVALID",
        place,
        `${quoted(id)} asks for a skill at a level that is not from 1 to 5`,
      ),
    ];
  if (needs.some(({ count }) => !Number.isSafeInteger(count) || count < 1))
    return [
      report(
        "SCHEDULE_NUMBER_INVALID",
        place,
        `${quoted(id)} asks for a number of people that is none`,
      ),
    ];
  return checkAbility(project, activity, place);
}

const hasPerson = ({ teams }: Project, id: string): boolean =>
  teams.some(({ people }) => people.some((person) => person.id === id));

const needsOf = (crew: Exclude<Crew, { kind: "nobody" }>) =>
  crew.kind === "people" ? crew.needs : [{ skills: crew.skills, count: 1 }];

function checkAbility(
  project: Project,
  { id, crew, progress }: Activity,
  place: FilePlace,
): readonly ScheduleDiagnostic[] {
  if (crew.kind === "nobody" || progress.state !== "open") return [];
  const teams = allowedTeams(crew, project).map((team) => ({
    ...team,
    people: allowedPeople(crew, team),
  }));
  const all = teams.flatMap(({ people }) => people);
  const asked = needsOf(crew).flatMap(({ skills }) => skills);
  const missing = asked.filter(({ skill }) =>
    all.every((person) => levelOf(person, skill) === undefined),
  );
  if (missing.length > 0)
    return [
      report(
        "SCHEDULE_SKILL_MISSING",
        place,
        `${quoted(id)} needs ${shown(missing)}, which nobody has that may do it`,
      ),
    ];
  const able =
    crew.kind === "team"
      ? teams.some(
          (team) => team.people.length > 0 && teamSkillFactor(team, crew.skills) !== undefined,
        )
      : teams.some(({ people }) => canStaff(crew.needs, people));
  if (able) return [];
  return [
    report(
      "SCHEDULE_TEAM_TOO_SMALL",
      place,
      crew.kind === "team"
        ? `${quoted(id)} needs a team with ${shown(crew.skills)}, and no one team has all of it`
        : `${quoted(id)} needs ${crew.needs.map(({ count, skills }) => `${count} with ${skills.length === 0 ? "any skill" : shown(skills)}`).join(" and ")} of one team, and no team has them`,
    ),
  ];
}

const shown = (skills: readonly SkillNeed[]): string =>
  [...new Set(skills.map(({ skill }) => skill))].map(quoted).join(", ");

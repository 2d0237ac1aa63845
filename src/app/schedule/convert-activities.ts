import { givenForm } from "../../schedule/formats/s3-plan/given-form.ts";
import { allowedTeams } from "../../schedule/project/crew-teams.ts";
import { skillKey } from "../../schedule/project/skills.ts";
import type { Crew, Link, Project } from "../../schedule/project/project.ts";
import { weeklyMinutes } from "../../schedule/project/working-time.ts";
import type { Calendar } from "../../schedule/project/calendar.ts";

/**
 * A project in our own forms: `activities` as `wavegate schedule FILE.json` reads them, `teams` as a team file. What the two forms do not have is
 * left out: sync points, deliverables, what is done, whether a link is soft.
 */
export function convertedProject(project: Project): unknown {
  const into = new Map<string, Link[]>();
  for (const link of project.links) {
    const list = into.get(link.to);
    if (list) list.push(link);
    else into.set(link.to, [link]);
  }
  return {
    activities: project.activities.map((activity) => ({
      id: activity.id,
      title: activity.title,
      ...(activity.group !== undefined && { group: activity.group }),
      duration: `${activity.work.likely} min`,
      ...(activity.work.optimistic !== undefined && {
        optimistic: `${activity.work.optimistic} min`,
      }),
      ...(activity.work.pessimistic !== undefined && {
        pessimistic: `${activity.work.pessimistic} min`,
      }),
      predecessors: (into.get(activity.id) ?? []).map(predecessor),
      ...crewFields(project, activity.crew),
      ...(activity.uses.length > 0 && {
        resources: activity.uses.map(({ resource, amount }) =>
          amount === 1 ? resource : `${resource}[${amount}]`,
        ),
      }),
      ...(activity.notBefore !== undefined && { "not before": activity.notBefore }),
      ...(activity.deadline !== undefined && { deadline: activity.deadline }),
    })),
    teams: teamsForm(project),
    ...(project.given && givenForm(project.given)),
  };
}

const predecessor = ({ from, kind, lag }: Link) =>
  kind === "FS" && lag === 0
    ? from
    : { id: from, kind, lag: `${lag < 0 ? "-" : "+"}${Math.abs(lag)} min` };

/** A whole team is as many people as it has, with the skills that all of them have. */
function crewFields(project: Project, crew: Crew) {
  if (crew.kind === "nobody") return { people: 0 };
  const teams = crew.kind === "team" ? allowedTeams(crew, project) : [];
  const skills =
    crew.kind === "team"
      ? crew.skills.filter(({ skill }) =>
          teams.every(({ people }) =>
            people.every((person) =>
              person.skills.some((own) => skillKey(own.skill) === skillKey(skill)),
            ),
          ),
        )
      : crew.needs.flatMap((need) => need.skills);
  const count =
    crew.kind === "team"
      ? teams.reduce(
          (least, { people }) => Math.min(least, people.length || 1),
          teams[0]?.people.length || 1,
        )
      : crew.needs.reduce((sum, need) => sum + need.count, 0);
  return {
    people: count,
    ...(skills.length > 0 && { skills: [...new Set(skills.map(({ skill }) => skill))] }),
    ...(crew.only && crew.only.teams.length > 0 && { team: crew.only.teams }),
  };
}

function teamsForm(project: Project) {
  const calendars = project.calendars.filter((calendar) => weeklyMinutes(calendar) > 0);
  return {
    zone: project.zone,
    start: project.start,
    ...(project.deadline !== undefined && { deadline: project.deadline }),
    buffer: project.buffer,
    calendars: Object.fromEntries(calendars.map((each) => [each.id, calendarForm(each)])),
    teams: Object.fromEntries(
      project.teams.map(({ id, title, kind, people, concurrent }) => [
        id,
        {
          title,
          kind,
          ...(concurrent !== undefined && { concurrent }),
          people: Object.fromEntries(
            people.map((person) => [
              person.id,
              {
                title: person.title,
                skills: Object.fromEntries(person.skills.map(({ skill, level }) => [skill, level])),
                availability: person.availability,
                calendar: person.calendar,
                ...(person.away.length > 0 && {
                  away: person.away.map(({ from, to }) => `${from}..${to}`),
                }),
              },
            ]),
          ),
        },
      ]),
    ),
    resources: Object.fromEntries(
      project.resources.map(({ id, title, kind, capacity }) => [id, { title, kind, capacity }]),
    ),
  };
}

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

const calendarForm = ({ zone, week, holidays }: Calendar) => ({
  zone,
  week: Object.fromEntries(
    week.flatMap((spans, day) =>
      spans.length === 0
        ? []
        : [
            [
              DAYS[day] ?? "mon",
              spans.map(({ from, to }) => `${hour(from)}-${hour(to)}`).join(" "),
            ],
          ],
    ),
  ),
  ...(holidays.length > 0 && { holidays }),
});

const hour = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

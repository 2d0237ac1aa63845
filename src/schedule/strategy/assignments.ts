import { allowedPeople, allowedTeams, canStaff } from "../project/crew-teams.ts";
import { fitOf, type Fit } from "../project/fit.ts";
import type { Activity, Project, SkillNeed } from "../project/project.ts";
import { levelOf } from "../project/skills.ts";
import type { Person, Team } from "../project/team.ts";
import type { Basis } from "./basis.ts";

/** Who does what, and why these (S3 `team_assignment_criteria`). */
export interface Assignment {
  readonly activity: string;
  readonly team: string;
  readonly people: readonly string[];
  readonly scores: AssignmentScores;
  readonly reasons: readonly string[];
  /** Other teams that could have, best first. */
  readonly alternatives: readonly { readonly team: string; readonly scores: AssignmentScores }[];
}

/** Each 0 … 1, 1 the best: means over the people (`project/fit`). */
export interface AssignmentScores {
  /** Levels near those that are asked for. */
  readonly skillMatch: number;
  /** The part of their time that is theirs to give. */
  readonly availability: number;
  /** 1 where nothing has to be learned. */
  readonly learning: number;
  /** Earlier work together; ½ where nothing is known. */
  readonly history: number;
  /** The mean of the four. */
  readonly total: number;
}

/** Other teams that are told. */
const ALTERNATIVES = 3;

export function assignmentsOf({ project, schedule }: Basis): readonly Assignment[] {
  const teams = new Map(project.teams.map((team) => [team.id, team]));
  return project.activities.flatMap((activity, index): readonly Assignment[] => {
    const booking = schedule.bookings[index];
    const team = teams.get(booking?.team ?? "");
    if (!booking || !team) return [];
    const people = team.people.filter(({ id }) => booking.people.includes(id));
    return [
      {
        activity: activity.id,
        team: team.id,
        people: booking.people,
        scores: scored(activity, team, people),
        reasons: booking.reasons,
        alternatives: otherTeams(activity, project, team.id)
          .map((other) => ({
            team: other.id,
            scores: scored(activity, other, bestOf(activity, other)),
          }))
          .toSorted((a, b) => b.scores.total - a.scores.total)
          .slice(0, ALTERNATIVES),
      },
    ];
  });
}

/** Teams that could have done it. */
const otherTeams = ({ crew }: Activity, project: Project, chosen: string): readonly Team[] =>
  crew.kind === "nobody"
    ? []
    : allowedTeams(crew, project).filter(
        (team) =>
          team.id !== chosen &&
          (crew.kind === "team"
            ? crew.skills.every(({ skill }) =>
                team.people.some((person) => levelOf(person, skill) !== undefined),
              )
            : canStaff(crew.needs, allowedPeople(crew, team))),
      );

/** Who of a team would do it: all, or those who fit the needs best. */
function bestOf({ crew }: Activity, team: Team): readonly Person[] {
  if (crew.kind !== "people") return team.people;
  const chosen = new Set<Person>();
  for (const { skills, count } of crew.needs)
    team.people
      .filter(
        (person) =>
          !chosen.has(person) && skills.every(({ skill }) => levelOf(person, skill) !== undefined),
      )
      .toSorted((a, b) => fitOf(b, team, skills).skillMatch - fitOf(a, team, skills).skillMatch)
      .slice(0, count)
      .forEach((person) => chosen.add(person));
  return [...chosen];
}

function scored(activity: Activity, team: Team, people: readonly Person[]): AssignmentScores {
  const fits = people.map((person) => fitOf(person, team, needsFor(activity, person)));
  const mean = (of: (fit: Fit) => number) =>
    fits.length === 0 ? 0 : fits.reduce((sum, fit) => sum + of(fit), 0) / fits.length;
  const scores = {
    skillMatch: mean((fit) => fit.skillMatch),
    availability: mean((fit) => fit.availability),
    learning: mean((fit) => fit.learning),
    history: mean((fit) => fit.history),
  };
  return {
    ...scores,
    total: (scores.skillMatch + scores.availability + scores.learning + scores.history) / 4,
  };
}

/** What is asked of a person: of a team's work, what they have of it; else the first need that they meet. */
function needsFor({ crew }: Activity, person: Person): readonly SkillNeed[] {
  const has = ({ skill }: SkillNeed) => levelOf(person, skill) !== undefined;
  if (crew.kind === "nobody") return [];
  if (crew.kind === "team") return crew.skills.filter(has);
  return crew.needs.find(({ skills }) => skills.every(has))?.skills ?? [];
}

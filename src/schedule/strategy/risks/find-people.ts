import { ableFor, allowedPeople, allowedTeams } from "../../project/crew-teams.ts";
import type { Activity, Crew, Need, Project } from "../../project/project.ts";
import { skillKey } from "../../project/skills.ts";
import type { Person } from "../../project/team.ts";
import { ASSUMED, anyOf } from "./assumptions.ts";
import {
  idsOf,
  inDays,
  inWords,
  said,
  slackOf,
  tightestOf,
  watch,
  type Find,
  type Finding,
  type RiskContext,
} from "./finding.ts";
import { teamCrossings } from "../team-crossings.ts";

/** People without whom something stands still: nobody else may do it and has its skills. */
export const onlyOnePerson: Find = (context) => {
  const { project } = context.basis;
  const ableOf = ablePeople(project);
  const alone = new Map<string, { readonly skills: Set<string>; readonly activities: number[] }>();
  project.activities.forEach((activity, node) => {
    for (const need of needsOf(activity)) {
      const able = ableOf(activity.crew, need);
      const [person] = able;
      if (able.length !== 1 || !person) continue;
      const found = alone.get(person.id) ?? { skills: new Set(), activities: [] };
      for (const { skill } of need.skills) found.skills.add(skillKey(skill));
      found.activities.push(node);
      alone.set(person.id, found);
    }
  });
  return Array.from(alone, ([person, { skills, activities }]) =>
    finding(context, { person, skills: [...skills], activities }),
  );
};

/** Who of all teams may do something and has the skills; many activities ask for the same. */
function ablePeople(project: Project): (crew: Crew, need: Need) => readonly Person[] {
  const known = new Map<string, readonly Person[]>();
  return (crew, need) => {
    const key = JSON.stringify([crew.kind === "nobody" ? undefined : crew.only, need.skills]);
    const able =
      known.get(key) ??
      allowedTeams(crew, project).flatMap((team) => ableFor(need, allowedPeople(crew, team)));
    known.set(key, able);
    return able;
  };
}

/** Of people and of whole teams; what has begun has its people. */
function needsOf({ crew, progress }: Activity): readonly Need[] {
  if (progress.state !== "open" || crew.kind === "nobody") return [];
  return crew.kind === "people"
    ? crew.needs
    : crew.skills.map((skill) => ({ skills: [skill], count: 1 }));
}

function finding(
  { basis }: RiskContext,
  {
    person,
    skills,
    activities,
  }: {
    readonly person: string;
    readonly skills: readonly string[];
    readonly activities: readonly number[];
  },
): Finding {
  const { order, project, timeline } = basis;
  const nodes = [...new Set(activities)];
  const work = nodes.reduce((sum, node) => sum + (order.nodes[node]?.work ?? 0), 0);
  const tightest = tightestOf(basis, nodes);
  const people = project.teams.reduce((sum, team) => sum + team.people.length, 0);
  return {
    about: skills.length === 0 ? person : `${person} (${skills.join(", ")})`,
    activities: idsOf(basis, nodes),
    people: [person],
    probability: anyOf(ASSUMED.absencePerDay, work / timeline.dayMinutes),
    source: "assumed",
    does: {
      hits: [{ node: tightest, factor: 1, minutes: ASSUMED.absenceDays * timeline.dayMinutes }],
    },
    evidence: [
      said(`1 of ${people} people can do ${nodes.length} activities`, nodes.length, "activities"),
      said(`${inWords(basis, work)} of work hang on that person`, inDays(basis, work), "days"),
      said(
        `the tightest of them has ${inWords(basis, slackOf(basis, tightest))} of slack`,
        inDays(basis, slackOf(basis, tightest)),
        "days",
      ),
    ],
    trigger: watch("person-away", [person], 0),
  };
}

const MANY_PEOPLE = 8;
const MANY_TEAMS = 3;
/** S3 `dependency_blocking`: 4 hours. */
const BLOCKED = 240;

/** Sync points that wait for many. */
export const crowdedSync: Find = ({ basis }) => {
  const { project, order, timeline } = basis;
  return project.syncPoints.flatMap(
    ({ id, title, participants, after, before }, index): readonly Finding[] => {
      const people = project.teams
        .filter((team) => participants.includes(team.id))
        .flatMap((team) => team.people);
      if (people.length < MANY_PEOPLE && participants.length < MANY_TEAMS) return [];
      const probability = anyOf(ASSUMED.awayShare, people.length);
      return [
        {
          about: title,
          activities: [...after, ...before],
          teams: participants,
          probability,
          source: "assumed",
          does: {
            hits: [{ node: order.activities + index, factor: 1, minutes: timeline.dayMinutes }],
          },
          evidence: [
            said(
              `${people.length} people of ${participants.length} teams have to be there`,
              people.length,
              "people",
            ),
            said(`${before.length} activities wait for it`, before.length, "activities"),
          ],
          trigger: watch("missing-participants", [id], 0),
        },
      ];
    },
  );
};

interface TeamPair {
  readonly teams: readonly [string, string];
  /** Nodes that wait for the other team, one for each dependency. */
  readonly targets: number[];
  readonly activities: Set<string>;
}

/** Pairs of teams that wait for each other's results. */
export const crossTeam: Find = ({ basis }) => {
  const titles = new Map(basis.project.teams.map(({ id, title }) => [id, title]));
  return pairsOf(basis).map(({ teams, targets, activities }): Finding => {
    const tightest = tightestOf(basis, targets);
    const slack = inDays(basis, slackOf(basis, tightest));
    return {
      about: teams.map((id) => titles.get(id) ?? id).join(" and "),
      activities: [...activities],
      teams,
      probability: anyOf(ASSUMED.misunderstanding, targets.length),
      source: "assumed",
      does: { hits: [{ node: tightest, factor: 1 + ASSUMED.reworkOfContract, minutes: 0 }] },
      evidence: [
        said(
          `${targets.length} dependencies lead from one team to the other`,
          targets.length,
          "dependencies",
        ),
        said(
          `the tightest waiting activity has ${inWords(basis, slackOf(basis, tightest))} of slack`,
          slack,
          "days",
        ),
      ],
      trigger: watch("waiting-minutes", [...activities], BLOCKED),
    };
  });
};

function pairsOf(basis: RiskContext["basis"]): readonly TeamPair[] {
  const { order } = basis;
  const pairs = new Map<string, TeamPair>();
  for (const { from, to, teams: crossed } of teamCrossings(basis)) {
    const target = order.indexOf.get(to) ?? -1;
    if (order.nodes[target]?.fixed === true) continue;
    const [one, other] = crossed;
    const teams: readonly [string, string] = one < other ? [one, other] : [other, one];
    const key = JSON.stringify(teams);
    const pair = pairs.get(key) ?? { teams, targets: [], activities: new Set() };
    pair.targets.push(target);
    pair.activities.add(from).add(to);
    pairs.set(key, pair);
  }
  return [...pairs.values()];
}

import type { Team } from "../../project/team.ts";
import { percentText } from "../amounts.ts";
import type { Facts } from "../facts.ts";
import { namesText, tableOf, type Table } from "../table.ts";

export const teamsTable = (facts: Facts): Table =>
  tableOf(
    "Teams",
    ["Team", "#People", "Skills (level)", "#Availability", "#Booked", "#Used"],
    facts.strategy.project.teams.map((team) => {
      const load = facts.strategy.workload.teams.find(({ id }) => id === team.id);
      return [
        team.kind === "agents" ? `${facts.name.team(team.id)} (agents)` : facts.name.team(team.id),
        String(team.people.length),
        namesText(skillsOf(team), 8),
        percentText(availabilityOf(team)),
        facts.duration(load?.booked ?? 0),
        percentText(load?.used ?? 0),
      ];
    }),
  );

function skillsOf({ people }: Team): readonly string[] {
  const best = new Map<string, number>();
  for (const { skills } of people)
    for (const { skill, level } of skills) best.set(skill, Math.max(best.get(skill) ?? 0, level));
  return Array.from(best, ([skill, level]) => `${skill} (${level})`);
}

const availabilityOf = ({ people }: Team): number =>
  people.length === 0
    ? 0
    : people.reduce((sum, { availability }) => sum + availability, 0) / people.length;

export const peopleTable = (facts: Facts, team?: string): Table =>
  tableOf(
    "Load of people",
    ["Person", "Team", "#Booked", "#Available", "#Used"],
    facts.strategy.workload.people
      .filter((load) => team === undefined || load.team === team)
      .map((load) => [
        load.title,
        facts.name.team(load.team),
        facts.duration(load.booked),
        facts.duration(load.available),
        percentText(load.used),
      ]),
  );

/** The load of teams, step by step: the facts of the load histogram. */
export function loadTable(facts: Facts): Table {
  const { workload } = facts.strategy;
  const length = workload.teams.reduce((most, { profile }) => Math.max(most, profile.length), 0);
  return tableOf(
    `Part of each team's time that is booked, by ${facts.duration(workload.step)}`,
    ["From", ...workload.teams.map(({ id }) => `#${facts.name.team(id)}`)],
    Array.from({ length }, (_, step) => [
      facts.day(facts.timeline.startAt(step * workload.step).instant),
      ...workload.teams.map(({ profile }) => {
        const { booked = 0, available = 0 } = profile[step] ?? {};
        return available > 0 ? percentText(booked / available) : "–";
      }),
    ]),
  );
}

export function sharedTable(facts: Facts): Table {
  const users = new Map<string, number>();
  for (const { activity } of facts.placed)
    for (const { resource } of activity.uses) users.set(resource, (users.get(resource) ?? 0) + 1);
  return tableOf(
    "Shared resources",
    ["Resource", "Kind", "#At a time", "#Activities"],
    facts.strategy.project.resources.map(({ id, kind, capacity }) => [
      facts.name.resource(id),
      kind,
      String(capacity),
      String(users.get(id) ?? 0),
    ]),
  );
}

export const constraintsTable = (facts: Facts): Table =>
  tableOf(
    "What several wait for in turn",
    ["Resource", "Type", "What", "Effect", "Rule", "From"],
    facts.strategy.constraints.map(
      ({ resource, type, description, impact, observed, mitigation, source }) => [
        facts.name.resource(resource),
        type,
        description,
        impact === observed ? impact : [impact, observed].filter((each) => each !== "").join("; "),
        mitigation,
        source === "given" ? "the plan" : "the schedule",
      ],
    ),
  );

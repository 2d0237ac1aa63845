import type { Person, Team } from "../../project/team.ts";
import { counted, percentText } from "../amounts.ts";
import type { Facts, Placed } from "../facts.ts";
import { offDays } from "./off-days.ts";
import type { Drawing } from "./drawing.ts";
import { barOf, gantt, ROW, syncLines, type GanttRow } from "./gantt.ts";
import { offBands, scaleOf } from "./time-grid.ts";
import type { TimeScale } from "./time-scale.ts";

/** Who does what when: a row for each person, under their team. */
export function ganttByPeople(facts: Facts): Drawing {
  const { project } = facts.strategy;
  const scale = scaleOf(facts);
  const byPerson = new Map<string, Placed[]>();
  for (const each of facts.byStart)
    for (const id of each.booking.people) {
      const list = byPerson.get(id);
      if (list) list.push(each);
      else byPerson.set(id, [each]);
    }
  const all = project.teams.filter(({ kind }) => kind === "people").flatMap((team) => team.people);
  const { from, to } = scale;
  const common = offDays(project, all, { from, to: to - 1, zone: facts.zone });
  const alone = facts.byStart.filter(({ booking }) => booking.people.length === 0);
  const rows = [
    ...project.teams.flatMap((team): readonly GanttRow[] => [
      teamRow(team, facts),
      ...team.people.map((person) =>
        personRow(person, byPerson.get(person.id) ?? [], { facts, scale, common }),
      ),
    ]),
    ...(alone.length > 0
      ? [
          { label: "Nobody", kind: "group" as const, marks: () => "" },
          barsRow("waits and milestones", alone, { facts, scale }),
        ]
      : []),
  ];
  return gantt(facts, scale, {
    id: "gantt-people",
    title: `Who does what: ${project.name}`,
    description: `Gantt chart of ${counted(project.teams.length, "team")} (${membersText(project.teams)}) from ${facts.time(facts.strategy.schedule.start)} to ${facts.time(facts.strategy.schedule.end)}, ${percentText(facts.strategy.workload.utilisation)} of their time booked.`,
    rows,
    sideWidth: 170,
    over: (height) => syncLines(facts, scale, height),
  });
}

/** `4 people, 3 agents` */
function membersText(teams: readonly Team[]): string {
  const count = (kind: Team["kind"]) =>
    teams.reduce((sum, team) => sum + (team.kind === kind ? team.people.length : 0), 0);
  const [people, agents] = [count("people"), count("agents")];
  return [
    ...(people > 0 || agents === 0 ? [people === 1 ? "1 person" : `${people} people`] : []),
    ...(agents > 0 ? [counted(agents, "agent")] : []),
  ].join(", ");
}

const teamRow = (team: Team, { strategy, name }: Facts): GanttRow => {
  const load = strategy.workload.teams.find(({ id }) => id === team.id);
  return {
    label: `${name.team(team.id)}${load ? ` ${percentText(load.used)}` : ""}`,
    kind: "group",
    marks: () => "",
  };
};

interface Place {
  readonly facts: Facts;
  readonly scale: TimeScale;
}

const barsRow = (label: string, placed: readonly Placed[], { facts, scale }: Place): GanttRow => ({
  label,
  kind: "row",
  marks: () =>
    placed
      .map((each) => barOf(each, facts, { scale, name: facts.name.activity(each.activity.id) }))
      .join(""),
});

/** Days that only this person is away are shaded in the row. */
function personRow(
  person: Person,
  placed: readonly Placed[],
  { facts, scale, common }: Place & { readonly common: ReadonlySet<number> },
): GanttRow {
  const away = { people: [person], y: 0, height: ROW, style: "off", but: common };
  const row = barsRow(facts.name.person(person.id), placed, { facts, scale });
  return { ...row, marks: () => offBands(facts, scale, away) + row.marks() };
}

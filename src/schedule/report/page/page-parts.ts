import type { Drawing } from "../drawing/drawing.ts";
import type { Facts } from "../facts.ts";
import type { Table } from "../table.ts";
import {
  activitiesTable,
  assignmentsTable,
  bottlenecksTable,
  chainTable,
  dependenciesTable,
  shorteningsTable,
} from "../tables/activity-tables.ts";
import {
  decisionsTable,
  escalationTable,
  meetingsTable,
  sessionsTable,
  syncsTable,
} from "../tables/coordination-tables.ts";
import {
  answersTable,
  gatesTable,
  measuresTable,
  risksTable,
  strategiesTable,
} from "../tables/quality-tables.ts";
import {
  constraintsTable,
  loadTable,
  peopleTable,
  sharedTable,
  teamsTable,
} from "../tables/resource-tables.ts";
import {
  distributionTable,
  forecastTable,
  milestonesTable,
  wavesTable,
} from "../tables/time-tables.ts";
import { pictureHtml, tableHtml, type Part } from "./html-blocks.ts";

/** The titles of pictures in the contents, and the tables that have the same facts. */
const PICTURES: ReadonlyMap<
  string,
  { readonly title: string; readonly tables: (facts: Facts) => readonly Table[] }
> = new Map([
  [
    "gantt-people",
    { title: "By person", tables: (facts) => [assignmentsTable(facts), peopleTable(facts)] },
  ],
  [
    "gantt-tasks",
    { title: "By task", tables: (facts) => [activitiesTable(facts), chainTable(facts)] },
  ],
  ["load", { title: "Load", tables: (facts) => [loadTable(facts)] }],
  [
    "forecast",
    { title: "Forecast", tables: (facts) => [forecastTable(facts), distributionTable(facts)] },
  ],
  ["graph", { title: "Dependencies", tables: (facts) => [dependenciesTable(facts)] }],
]);

export const pictureParts = (facts: Facts, drawings: readonly Drawing[]): readonly Part[] =>
  drawings.map((drawing) => {
    const { title = drawing.title, tables } = PICTURES.get(drawing.id) ?? {};
    return { id: drawing.id, title, body: pictureHtml(drawing, tables?.(facts) ?? []) };
  });

/** What no picture shows. */
export function factParts(facts: Facts): readonly Part[] {
  const { monitoring, planQuality } = facts.strategy;
  const { completeness, optimisation, feasibility, riskCoverage, coordinationDesign } = planQuality;
  const quality = [completeness, optimisation, feasibility, riskCoverage, coordinationDesign];
  return [
    part("waves", "Waves", [wavesTable(facts)]),
    part("milestones", "Milestones", [milestonesTable(facts)]),
    part("faster", "What holds it up", [bottlenecksTable(facts), shorteningsTable(facts)]),
    part("resources", "Resources", [
      teamsTable(facts),
      sharedTable(facts),
      constraintsTable(facts),
    ]),
    part("coordination", "Coordination", [
      syncsTable(facts),
      meetingsTable(facts),
      decisionsTable(facts),
      escalationTable(facts),
      sessionsTable(facts),
    ]),
    part("risks", "Risks", [risksTable(facts), answersTable(facts), strategiesTable(facts)]),
    part("gates", "Quality gates", [gatesTable(facts)]),
    part("measures", "Measures", [
      measuresTable("Performance", monitoring.performance),
      measuresTable("Quality of this plan", quality),
    ]),
  ];
}

const part = (id: string, title: string, tables: readonly Table[]): Part => ({
  id,
  title,
  body: tables.map((table) => tableHtml(table)).join("\n"),
});

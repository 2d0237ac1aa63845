import { percentText } from "../amounts.ts";
import type { Facts } from "../facts.ts";
import {
  activitiesTable,
  assignmentsTable,
  bottlenecksTable,
  chainTable,
  shorteningsTable,
} from "../tables/activity-tables.ts";
import { gatesTable, measuresTable } from "../tables/quality-tables.ts";
import {
  constraintsTable,
  loadTable,
  peopleTable,
  sharedTable,
  teamsTable,
} from "../tables/resource-tables.ts";
import { forecastTable, milestonesTable } from "../tables/time-tables.ts";
import { bullets, heading, joined, markdownTable, named, plain } from "./blocks.ts";
import { decisionsSection, meetingsSection, syncsSection } from "./coordination-sections.ts";
import { risksSection } from "./risk-sections.ts";
import { summarySection } from "./summary-section.ts";
import { wavesSection } from "./wave-sections.ts";

/** S3 "Parallel Execution Strategy Document": all that was found, each statement with its number, date or name. */
export const strategyDocument = (facts: Facts): string =>
  `${joined(
    heading(1, `Execution strategy: ${facts.strategy.project.name}`),
    originText(facts),
    summarySection(facts),
    resourcesSection(facts),
    constraintsSection(facts),
    wavesSection(facts),
    chainSection(facts),
    joined("## Timeline", markdownTable(activitiesTable(facts), "No activities.")),
    joined("## Milestones", markdownTable(milestonesTable(facts), "None.")),
    joined("## Assignments", markdownTable(assignmentsTable(facts), "No activity needs anybody.")),
    syncsSection(facts),
    meetingsSection(facts),
    decisionsSection(facts),
    risksSection(facts),
    gatesSection(facts),
    monitoringSection(facts),
    forecastSection(facts),
    qualitySection(facts),
  )}\n`;

/** Where a document comes from. */
export const originText = ({ writing }: Facts): string =>
  `_${plain(`Plan ${writing.id}, made ${writing.planned} from ${writing.source}.`)}_`;

const resourcesSection = (facts: Facts): string =>
  joined(
    "## Resources",
    markdownTable(teamsTable(facts), "No teams."),
    markdownTable(peopleTable(facts), ""),
    balanceText(facts),
    "### Load over time",
    markdownTable(loadTable(facts), "Nobody is booked."),
  );

function balanceText({ strategy, name }: Facts): string {
  const { evenness, most, least } = strategy.workload.balance;
  const extremes = [
    ...(most === undefined ? [] : [`most: ${name.person(most)}`]),
    ...(least === undefined ? [] : [`least: ${name.person(least)}`]),
  ];
  return plain(
    `Balance: the mean load is ${percentText(evenness)} of the highest${extremes.length > 0 ? ` (${extremes.join(", ")})` : ""}.`,
  );
}

function constraintsSection(facts: Facts): string {
  const { project, schedule } = facts.strategy;
  const { passedOver } = schedule;
  const dated = project.activities.filter(({ notBefore }) => notBefore !== undefined);
  const hard = project.links.filter(({ strength }) => strength === "hard").length;
  return joined(
    "## Constraints",
    bullets([
      `${hard} hard and ${project.links.length - hard} soft dependencies between ${project.activities.length} activities`,
      ...(project.deadline === undefined ? [] : [`Wanted by ${project.deadline}`]),
      ...dated
        .slice(0, 20)
        .map(({ id, notBefore = "" }) => `${facts.name.activity(id)}: not before ${notBefore}`),
      ...passedOver.map(
        ({ from, to, origin }) =>
          `Not kept, because it closes a circle: ${facts.name.activity(to)} after ${facts.name.activity(from)} (${origin})`,
      ),
    ]),
    markdownTable(sharedTable(facts), ""),
    markdownTable(
      constraintsTable(facts),
      "No shared resource is wanted by more activities than it can serve at once.",
    ),
  );
}

const chainSection = (facts: Facts): string =>
  joined(
    "## Critical chain",
    "What is late here makes the whole late.",
    markdownTable(chainTable(facts), "Nothing is left to do."),
    "### Bottlenecks",
    markdownTable(bottlenecksTable(facts), "Nothing waited for anybody or anything."),
    "### What shortens it most",
    markdownTable(shorteningsTable(facts), "Not tried."),
    leftText(facts),
  );

function leftText({ strategy }: Facts): string {
  const left = strategy.shortenings?.left ?? 0;
  return left > 0 ? `${left} more changes were not tried.` : "";
}

function gatesSection(facts: Facts): string {
  const { testing, codeReview } = facts.strategy.quality;
  return joined(
    "## Quality gates",
    markdownTable(gatesTable(facts), "No waves, no gates."),
    bullets([
      ...Object.entries(testing).map(([kind, text]) => `Tests, ${kind}: ${text}`),
      `Code review: ${codeReview.requirements}; across teams: ${codeReview.crossTeam}; architecture: ${codeReview.architecture}; ${codeReview.timelines}`,
    ]),
  );
}

function monitoringSection({ strategy }: Facts): string {
  const { progress, performance, controls, alerts } = strategy.monitoring;
  return joined(
    "## Monitoring and control",
    bullets([
      `Reported ${progress.frequency.replaceAll("_", " ")}: ${progress.metrics.join(", ")}`,
      `Goes up on: ${progress.escalationTriggers.join(", ")}`,
    ]),
    markdownTable(measuresTable("Performance", performance), ""),
    named(
      "Controls",
      controls.map(
        ({ type, implementation, response }) =>
          `${type.replaceAll("_", " ")}: ${implementation}; then ${response}`,
      ),
    ),
    named(
      "Not in order now",
      alerts.map(({ level, message, hint }) => `${level}: ${message} ${hint}`),
    ),
  );
}

function forecastSection(facts: Facts): string {
  const { runs, seed, estimates, activities, mean, deviation } = facts.strategy.forecast;
  const { duration, name } = facts;
  const late = activities
    .filter(({ sensitivity }) => sensitivity > 0.1)
    .toSorted((a, b) => b.sensitivity - a.sensitivity)
    .slice(0, 5);
  return joined(
    "## Forecast",
    markdownTable(forecastTable(facts), ""),
    bullets([
      `${runs} runs with seed ${seed}: mean ${duration(mean)}, standard deviation ${duration(deviation)}`,
      `Estimates: ${estimates.threePoint} with best and worst case, ${estimates.factor} by a factor, ${estimates.noFigure} without any figure; all go up and down together by ${percentText(estimates.correlation)}`,
      ...late.map(
        (each) =>
          `Moves the end: ${name.activity(each.activity)} (correlation ${Math.round(each.sensitivity * 100) / 100}, critical in ${percentText(each.criticality)} of the runs)`,
      ),
    ]),
  );
}

const qualitySection = ({ strategy: { planQuality } }: Facts): string =>
  joined(
    "## Quality of this plan",
    markdownTable(
      measuresTable("Execution plan quality", [
        planQuality.completeness,
        planQuality.optimisation,
        planQuality.feasibility,
        planQuality.riskCoverage,
        planQuality.coordinationDesign,
      ]),
      "",
    ),
  );

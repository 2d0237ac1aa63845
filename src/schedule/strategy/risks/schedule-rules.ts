import { noFigure, wideEstimate } from "./find-estimates.ts";
import { unverifiedPhase } from "./find-integration.ts";
import { longChain, noMargin } from "./find-schedule.ts";
import type { RiskRule } from "./risk-rule.ts";

/** Risks of the time that it takes, and of what counts as done. */
export const RULES_OF_TIME: readonly RiskRule[] = [
  {
    id: "long-chain",
    category: "schedule_risk",
    name: "Critical chain without slack:",
    find: longChain,
    detectionMethod: "Automated progress tracking from session states",
    earlyWarningSigns: [
      "An activity of the chain starts late",
      "Remaining work of one does not shrink for a day",
      "The reserve is used up before half of the chain is done",
    ],
    preventionMeasures: [
      "Review the activities of the chain daily",
      "Keep their people free of other work",
      "Start what shortens the chain most",
    ],
    responseProcedures: [
      "Replan from what happened",
      "Move people from activities with slack to the chain",
    ],
    contingencyPlan:
      "Promise the end that four of five runs keep, and take optional work off the chain",
    owner: "project_manager",
  },
  {
    id: "no-margin",
    category: "schedule_risk",
    name: "No margin before the deadline of",
    find: noMargin,
    detectionMethod: "Forecast of the end against the deadline, daily",
    earlyWarningSigns: [
      "The forecast moves towards the deadline for two days",
      "Work is added without any being taken out",
    ],
    preventionMeasures: [
      "Agree now what is left out if it gets late",
      "Shorten what the end hangs on",
      "Begin what is uncertain first",
    ],
    responseProcedures: [
      "Take the agreed work out of the scope",
      "Tell those who rely on the deadline",
    ],
    contingencyPlan:
      "Deliver what is done by the deadline, the rest at the end that nineteen of twenty runs keep",
    owner: "project_manager",
  },
  {
    id: "no-figure",
    category: "schedule_risk",
    name: "Activities without an estimate:",
    find: noFigure,
    detectionMethod: "Measured durations against the figures in their place",
    earlyWarningSigns: [
      "The first of them takes twice its figure",
      "Nobody can say what is left of one",
    ],
    preventionMeasures: [
      "Estimate them with best, likely and worst case before their wave begins",
      "Do the first of them early, as a measure for the others",
    ],
    responseProcedures: [
      "Replan with the measured durations",
      "Split those that are larger than a week",
    ],
    contingencyPlan: "Limit each to twice its figure, then decide whether it is worth the rest",
    owner: "team_lead",
  },
  {
    id: "wide-estimate",
    category: "schedule_risk",
    name: "Uncertain estimate of",
    find: wideEstimate,
    detectionMethod: "Measured duration against the likely one",
    earlyWarningSigns: [
      "Half of its likely time is gone and less than a third is done",
      "Its scope is still discussed after it began",
    ],
    preventionMeasures: [
      "A spike of a day on what is uncertain, before it is needed",
      "Split it where the uncertainty is",
    ],
    responseProcedures: ["Put a second person on it", "Reduce its scope to what others wait for"],
    contingencyPlan: "The simpler of its solutions, agreed beforehand",
    owner: "architect",
  },
  {
    id: "unverified-phase",
    category: "quality_risk",
    name: "Nothing says when it is done:",
    find: unverifiedPhase,
    detectionMethod: "Quality gate of each wave",
    earlyWarningSigns: [
      "A task of a finished phase is opened again",
      "People disagree whether it is done",
    ],
    preventionMeasures: [
      "Name deliverables and how each is verified before the phase begins",
      "Tests written with the work, not after it",
    ],
    responseProcedures: [
      "Block next wave until resolved",
      "Finish what was opened again before new work",
    ],
    contingencyPlan: "A fix-up session after the wave, with its time taken from the reserve",
    owner: "architect",
  },
];

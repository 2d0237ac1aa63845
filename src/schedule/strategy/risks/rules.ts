import { lateIntegration } from "./find-integration.ts";
import { crossTeam, crowdedSync, onlyOnePerson } from "./find-people.ts";
import { contestedResource, hotFile } from "./find-resources.ts";
import type { RiskRule } from "./risk-rule.ts";
import { RULES_OF_TIME } from "./schedule-rules.ts";

/** The first three are S3's risk example and its recovery procedures in their words, as far as those go. */
export const RISK_RULES: readonly RiskRule[] = [
  {
    id: "contract-misalignment",
    category: "coordination_risk",
    name: "Contract misalignment between",
    find: crossTeam,
    detectionMethod: "automated_contract_testing",
    earlyWarningSigns: ["Test failures", "Integration issues", "Performance problems"],
    preventionMeasures: [
      "Weekly contract reviews",
      "Automated contract testing",
      "Mock implementation validation",
    ],
    responseProcedures: [
      "Immediate contract review meeting",
      "Architecture consultation",
      "Design iteration if necessary",
    ],
    contingencyPlan: "Fallback to sequential development for conflicted components",
    owner: "architect",
  },
  {
    id: "late-integration",
    category: "technical_integration_risk",
    name: "Late integration at",
    find: lateIntegration,
    detectionMethod: "Integration testing failures or incompatible interfaces",
    earlyWarningSigns: [
      "Inputs are done on their last planned day",
      "Interfaces change after they were agreed",
      "Integration tests are skipped",
    ],
    preventionMeasures: [
      "More frequent integration testing and contract validation",
      "Integrate what is done already before the last part is",
      "Mocks for the parts that come last",
    ],
    responseProcedures: [
      "Stop dependent work streams",
      "Interface redesign and coordinated re-implementation",
    ],
    contingencyPlan:
      "Integrate in two steps: what is there by the planned start, the rest in a second one with its own gate",
    owner: "architect",
  },
  {
    id: "contested-resource",
    category: "resource_conflict_risk",
    name: "Contested resource",
    find: contestedResource,
    detectionMethod: "Multiple teams accessing same resources simultaneously",
    earlyWarningSigns: [
      "The queue for it grows",
      "Somebody works around it",
      "It is held longer than booked",
    ],
    preventionMeasures: [
      "Improved resource scheduling and conflict prediction",
      "Book it for what has the least slack first",
      "Add capacity where the price is less than the wait",
    ],
    responseProcedures: [
      "Freeze conflicted resources",
      "Negotiated resolution or alternative resource allocation",
    ],
    contingencyPlan: "Give it to the critical chain and reschedule the others around it",
    owner: "project_manager",
  },
  {
    id: "hot-file",
    category: "resource_conflict_risk",
    name: "Hot file",
    find: hotFile,
    detectionMethod: "automated_file_monitoring",
    earlyWarningSigns: [
      "Merge conflicts in it",
      "Several open changes touch it",
      "Its owner can't review as fast as changes come",
    ],
    preventionMeasures: [
      "Split it by what changes together",
      "One owner who merges",
      "Small changes, merged the same day",
    ],
    responseProcedures: [
      "Stop the later change until the earlier one is merged",
      "Rework the later change on top of it",
    ],
    contingencyPlan: "One session makes all further changes of it, the others hand theirs over",
    owner: "team_lead",
  },
  {
    id: "single-person",
    category: "resource_conflict_risk",
    name: "Only one person can do it:",
    find: onlyOnePerson,
    detectionMethod: "Absences against the schedule, daily",
    earlyWarningSigns: [
      "The person is booked without a gap",
      "Questions wait for the person",
      "Nobody else reviews that work",
    ],
    preventionMeasures: [
      "Plan knowledge transfer: a second person takes part in the next of these activities",
      "Write down what only that person knows",
      "Move their other work to colleagues",
    ],
    responseProcedures: [
      "Reschedule what does not need the person first",
      "Get somebody with the skill for the time",
    ],
    contingencyPlan:
      "Temporary team expansion with the skill, or take its activities out of this release",
    owner: "project_manager",
  },
  {
    id: "crowded-sync",
    category: "coordination_risk",
    name: "Sync point with many participants:",
    find: crowdedSync,
    detectionMethod: "Missed synchronization points or communication failures",
    earlyWarningSigns: [
      "Invitations are not answered",
      "Preparation is not done the day before",
      "It was moved once",
    ],
    preventionMeasures: [
      "Send one person of each team with the right to decide",
      "Agree on most of it in writing before",
      "Keep a deputy for each participant",
    ],
    responseProcedures: [
      "Emergency coordination meeting",
      "Hold it with those who are there and confirm with the others in writing",
    ],
    contingencyPlan:
      "Split it: what each pair of teams needs of each other is settled between the two",
    owner: "orchestrator",
  },
  ...RULES_OF_TIME,
];

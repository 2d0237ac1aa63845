import type { Basis } from "./basis.ts";
import type { Efficiency } from "./efficiency.ts";
import { lengthText } from "./length.ts";
import { measured, type Measured, type Thresholds } from "./measured.ts";
import type { Workload } from "./workload.ts";

/** What the plan promises, with S3's thresholds where it has some. All in percent. */
export const THRESHOLDS = {
  efficiency: {
    better: "higher",
    target: 65,
    warning: 50,
    critical: 40,
    source: "S3 performance_metrics",
  },
  overhead: {
    better: "lower",
    target: 10,
    warning: 15,
    critical: 20,
    source: "S3 performance_metrics",
  },
  reduction: {
    better: "higher",
    target: 40,
    warning: 40,
    critical: 20,
    source: "S3 success criteria: 40-60 % (critical: our choice)",
  },
  utilisation: {
    better: "higher",
    target: 80,
    warning: 65,
    critical: 50,
    source: "S3 success criteria: >80 % (warning and critical: our choice)",
  },
  confidence: {
    better: "higher",
    target: 80,
    warning: 50,
    critical: 20,
    source: "our choice: P80 as a promise",
  },
  evenness: { better: "higher", target: 80, warning: 60, critical: 40, source: "our choice" },
  whole: {
    better: "higher",
    target: 100,
    warning: 100,
    critical: 95,
    source: "S3 execution plan quality metrics: all (critical: our choice)",
  },
  design: { better: "higher", target: 100, warning: 90, critical: 75, source: "our choice" },
} as const satisfies Readonly<Record<string, Thresholds>>;

interface PerformanceInput {
  readonly efficiency: Efficiency;
  readonly workload: Workload;
}

export const performanceOf = (basis: Basis, input: PerformanceInput): readonly Measured[] => [
  ...useOfTime(basis, input),
  ...confidence(basis, input),
];

const metric = (what: Omit<Measured, "level" | "unit">): Measured =>
  measured({ ...what, unit: "percent" });

/** `3 people`, `2 people and 3 agents` */
function headcount({ project }: Basis): string {
  const count = (kind: string) =>
    project.teams.reduce((sum, team) => sum + (team.kind === kind ? team.people.length : 0), 0);
  const [people, agents] = [count("people"), count("agents")];
  const words = [
    ...(people > 0 || agents === 0 ? [`${people} ${people === 1 ? "person" : "people"}`] : []),
    ...(agents > 0 ? [`${agents} ${agents === 1 ? "agent" : "agents"}`] : []),
  ];
  return words.join(" and ");
}

const length = ({ timeline }: Basis, minutes: number): string =>
  lengthText(minutes, timeline.dayMinutes);

function useOfTime(basis: Basis, { efficiency, workload }: PerformanceInput): readonly Measured[] {
  const { sequential, parallel, coordination, development } = efficiency;
  return [
    metric({
      id: "parallel_efficiency",
      name: "Parallel Execution Efficiency",
      calculation: "(Sequential Time - Parallel Time) / Sequential Time * 100",
      ...(sequential > 0 ? { value: efficiency.percent } : {}),
      thresholds: THRESHOLDS.efficiency,
      evidence: `${length(basis, sequential)} one after another, ${length(basis, parallel)} in parallel`,
    }),
    metric({
      id: "coordination_overhead",
      name: "Coordination Overhead",
      calculation: "Coordination Time / Total Development Time * 100",
      ...(development > 0 ? { value: efficiency.overhead } : {}),
      thresholds: THRESHOLDS.overhead,
      evidence: `${length(basis, coordination)} of meetings and sync points, all people together, to ${length(basis, development)} of work`,
    }),
    metric({
      id: "resource_utilisation",
      name: "Resource Utilisation",
      calculation: "Booked Time / Available Time * 100",
      ...(workload.people.length > 0 && parallel > 0 ? { value: efficiency.utilisation } : {}),
      thresholds: THRESHOLDS.utilisation,
      evidence: `${headcount(basis)} over ${length(basis, parallel)}`,
    }),
    metric({
      id: "workload_balance",
      name: "Workload Balance",
      calculation: "Mean Load / Highest Load * 100",
      ...(workload.people.length > 1 ? { value: workload.balance.evenness * 100 } : {}),
      thresholds: THRESHOLDS.evenness,
      evidence: `standard deviation is ${Math.round(workload.balance.variation * 100)} % of the mean load`,
    }),
  ];
}

function confidence(basis: Basis, { efficiency }: PerformanceInput): readonly Measured[] {
  const { forecast, project } = basis;
  const planned = metric({
    id: "schedule_confidence",
    name: "Schedule Confidence",
    calculation: "Simulated Runs That End As Planned / All Runs * 100",
    ...(efficiency.sequential > 0 ? { value: forecast.onTime * 100 } : {}),
    thresholds: THRESHOLDS.confidence,
    evidence: `${forecast.runs} runs; four of five end within ${length(basis, forecast.p80.minute)}`,
  });
  if (project.deadline === undefined) return [planned];
  return [
    planned,
    metric({
      id: "deadline_confidence",
      name: "Deadline Confidence",
      calculation: "Simulated Runs That End By The Deadline / All Runs * 100",
      value: (forecast.byDeadline ?? 0) * 100,
      thresholds: THRESHOLDS.confidence,
      evidence: `${forecast.runs} runs against ${project.deadline}`,
    }),
  ];
}

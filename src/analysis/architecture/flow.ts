import { criticalPath } from "../../plan/graph/critical-path.ts";
import { wavesOf } from "../../plan/graph/waves.ts";
import type { Dialect } from "../../plan/model.ts";
import type { AnalysedPlan, AnalysisInput } from "../input.ts";
import type { Section, Statement } from "../model.ts";
import { counted, percent, rowOf, stated, tableOf, timeOf } from "../phrases.ts";

/** How the tool that a dialect was made for runs its plans (FORMATS §1.4, §1.5, §2.1, §3.3). */
const RUNS: Readonly<Record<Dialect, { readonly pattern: string; readonly how: string }>> = {
  "plan-file": {
    pattern: "batched",
    how: "`next N` names tasks, an agent is started for each, all are waited for, then `next N` again",
  },
  "spec-kit": {
    pattern: "phases, `[P]` inside",
    how: "one agent works phase by phase; tasks next to each other that are marked `[P]` may run together",
  },
  prd: { pattern: "phases", how: "phases in order, each after those it names" },
  "dependency-json": {
    pattern: "waves",
    how: "all tasks of a wave are started, and the next wave when all are done",
  },
};

export interface Flow {
  readonly headline: Statement;
  readonly sections: readonly Section[];
}

/** How the plans run as they are written. */
export function flowSections({ plans }: AnalysisInput): Flow {
  const flows = plans.map(flowOf);
  const phases = flows.reduce((sum, each) => sum + each.phases, 0);
  const waiting = flows.reduce((sum, each) => sum + each.waiting, 0);
  const telling = flows.reduce((sum, each) => sum + each.telling, 0);
  return {
    headline: stated(
      `${waiting} of ${counted(phases, "phase")} wait for the whole of an earlier one only because of their order in the document${telling > 0 ? `; tasks of ${telling} of them name the earlier tasks that they need` : ""}.`,
      { value: waiting, unit: "phases", of: phases },
      flows.flatMap(({ places }) => places),
    ),
    sections: [
      {
        id: "execution-flow",
        heading: "Execution flow: what is sequential, what is parallel",
        blocks: [
          {
            kind: "note",
            text: "At most at once: tasks that nothing orders by their place in the graph, with barriers between phases and without. Work and longest chain are expected minutes: from the text where it says so, else defaults.",
          },
          tableOf(
            "Each plan as it is written",
            [
              "Plan",
              "Run as",
              "#Phases",
              "#Barriers",
              "#Tasks",
              "#One at a time",
              "#At most at once",
              "#… without barriers",
              "Work",
              "Longest chain",
            ],
            flows.map(({ row }) => row),
            FLOWS,
          ),
          { kind: "list", items: plans.map(statementOf) },
        ],
      },
    ],
  };
}

const FLOWS = 100;

function flowOf({ name, file, plan, barriers, declared }: AnalysedPlan) {
  const held = plan.phases.filter(
    ({ after, startsWhen }) =>
      startsWhen.length === 0 &&
      after.length > 0 &&
      after.every(({ origin }) => origin === "barrier"),
  );
  const phaseOf = new Map(plan.tasks.map(({ key, phase }) => [key, phase]));
  const needing = new Set(
    plan.dependencies.flatMap(({ dependency, dependent, origin }) => {
      const phase = phaseOf.get(dependent);
      const other = phaseOf.get(dependency);
      return origin === "explicit" && other !== undefined && other !== phase ? [phase] : [];
    }),
  );
  const sequential = new Set(plan.sequences.flatMap(({ tasks }) => tasks));
  const { minutes, work } = criticalPath(barriers);
  const places = held.flatMap(({ after }) => after.slice(0, 1).map(({ place }) => place));
  return {
    phases: plan.phases.length,
    waiting: held.length,
    telling: held.filter(({ key }) => needing.has(key)).length,
    places,
    row: rowOf(
      [
        name,
        RUNS[plan.dialect].pattern,
        plan.phases.length,
        held.length,
        plan.tasks.length,
        sequential.size,
        widest(barriers),
        widest(declared),
        timeOf(work),
        timeOf(minutes),
      ],
      [{ file }],
    ),
  };
}

const widest = (graph: AnalysedPlan["barriers"]): number =>
  wavesOf(graph).tasks.reduce((most, wave) => Math.max(most, wave.length), 0);

function statementOf({ name, file, plan, barriers, declared }: AnalysedPlan): Statement {
  const { minutes, work } = criticalPath(barriers);
  const free = criticalPath(declared).minutes;
  const share = work === 0 ? 0 : minutes / work;
  return stated(
    `${name}: ${RUNS[plan.dialect].how}. One worker takes ${timeOf(work)}; no number of workers takes less than ${timeOf(minutes)} (${percent(share)} % of it)${plan.phases.some(({ after }) => after.some(({ origin }) => origin === "barrier")) ? `; without barriers, ${timeOf(free)}` : ""}.`,
    { value: percent(share), unit: "%" },
    [plan.phases[0]?.place ?? { file }],
  );
}

import type { AnalysedPlan, AnalysisInput, RelatedFile } from "./input.ts";
import { RANKING_WORKERS, replicationsFor } from "./measure/settings.ts";
import { luckOf } from "./measure/trials.ts";
import { FINDINGS, type Finding, type Section, type Statement } from "./model.ts";
import { counted, percent, rounded, stated } from "./phrases.ts";
import { batchesOf, type Batches } from "./tasks/batches.ts";
import { batchesSection } from "./tasks/batches-section.ts";
import { fansSection } from "./tasks/fans-section.ts";
import { insideSection, tasksApart } from "./tasks/inside-section.ts";
import { marksSection } from "./tasks/marks-section.ts";
import { outputsSection } from "./tasks/outputs-section.ts";
import { phaseInsides, type PhaseInside } from "./tasks/phase-dependencies.ts";
import {
  sequenceMinutes,
  sequenceVerdicts,
  type SequenceVerdict,
} from "./tasks/sequence-verdicts.ts";

interface Looked {
  readonly plan: AnalysedPlan;
  readonly insides: readonly PhaseInside[];
  readonly verdicts: readonly SequenceVerdict[];
  /** Of those that are measured. */
  readonly minutes: ReadonlyMap<SequenceVerdict, number>;
  readonly batches: readonly Batches[];
}

/** S4's phase 4: tasks that can run together within a phase, what the plans say of it, and what `next N` makes of them. */
export function parallelTasks({ plans, files }: AnalysisInput): Finding {
  const nodes = plans.reduce((sum, { barriers }) => sum + barriers.nodes.length, 0);
  const looked = plans.map((plan): Looked => {
    const verdicts = sequenceVerdicts(plan);
    return {
      plan,
      insides: phaseInsides(plan),
      verdicts,
      minutes: sequenceMinutes(plan, verdicts, luckOf(plan.barriers, replicationsFor(nodes))),
      batches: batchesOf(plan, RANKING_WORKERS),
    };
  });
  const silent = looked.filter(({ plan }) => plan.plan.tasks.length === 0);
  return {
    ...FINDINGS[3],
    status: "complete",
    summary: summary(looked),
    sections: looked
      .filter((each) => !silent.includes(each))
      .flatMap((each) => sectionsOf(each, files)),
    gaps: silent.map(({ plan }) => `${plan.file} has no tasks.`),
  };
}

const sectionsOf = (
  { plan, insides, verdicts, minutes, batches }: Looked,
  files: readonly RelatedFile[],
): readonly Section[] => [
  insideSection(plan, insides),
  marksSection(plan, verdicts, minutes),
  outputsSection(plan, files),
  fansSection(plan),
  batchesSection(plan, RANKING_WORKERS, batches),
];

function summary(looked: readonly Looked[]): readonly Statement[] {
  const insides = looked.flatMap((each) => each.insides);
  const tasks = insides.reduce((sum, each) => sum + each.tasks.length, 0);
  const free = insides.reduce((sum, { waves }) => sum + (waves[0]?.length ?? 0), 0);
  const apart = looked.reduce(
    (sum, { plan, insides: all }) =>
      sum + all.reduce((some, { waves }) => some + tasksApart(waves[0] ?? [], plan.uses), 0),
    0,
  );
  const verdicts = looked.flatMap((each) => each.verdicts);
  const needless = verdicts.filter(({ verdict }) => verdict === "not-needed");
  return [
    stated(
      `${free} of ${counted(tasks, "task")} (${percent(free / Math.max(1, tasks))} %) ${free === 1 ? "waits" : "wait"} for no other task of ${free === 1 ? "its" : "their"} phase${apart === 0 ? "" : `; ${apart} of these ${apart === 1 ? "writes" : "write"} what another of them writes`}.`,
      { value: free, unit: "tasks", of: tasks },
      looked.flatMap(({ plan }) => plan.plan.tasks.slice(0, 1).map(({ place }) => place)),
    ),
    stated(
      verdicts.length === 0
        ? "No task is in a sequential group."
        : sequencesInWords(
            verdicts.length,
            needless,
            new Map(looked.flatMap((each) => [...each.minutes])),
          ),
      { value: needless.length, unit: "sequential groups", of: verdicts.length },
      needless.map(({ sequence }) => sequence.place),
    ),
    batchStatement(looked.flatMap(({ batches }) => batches)),
  ];
}

/** Conflicts inside batches, by who gives them; the original gives none of plans that it can't read. */
function batchStatement(all: readonly Batches[]): Statement {
  const by = [...new Set(all.map((each) => each.by))].map((who) => {
    const inside = all
      .filter((each) => each.by === who)
      .reduce((sum, { clashes }) => sum + clashes.length, 0);
    return { who: who === "wavegate" ? "Wavegate" : `the ${who}`, inside };
  });
  const [first, ...others] = by;
  return stated(
    `Batches of \`next ${RANKING_WORKERS}\`: ${counted(first?.inside ?? 0, "conflict")} inside those of ${first?.who ?? "Wavegate"}${others.map(({ who, inside }) => `, ${inside} inside those of ${who}`).join("")}.`,
    {
      value: by.reduce((sum, { inside }) => sum + inside, 0),
      unit: "conflicts inside batches",
    },
  );
}

function sequencesInWords(
  all: number,
  needless: readonly SequenceVerdict[],
  known: Looked["minutes"],
): string {
  const measured = needless.flatMap((each) => known.get(each) ?? []);
  const minutes = measured.reduce((sum, each) => sum + each, 0);
  const which = measured.length < needless.length ? `${measured.length} of these ` : "";
  const cost =
    needless.length === 0
      ? ""
      : `, and ${which}cost ${rounded(minutes)} minutes with ${RANKING_WORKERS} workers, each measured by itself`;
  return `${counted(all, "sequential group")}; ${needless.length} of them share${needless.length === 1 ? "s" : ""} no file that is named${cost}.`;
}

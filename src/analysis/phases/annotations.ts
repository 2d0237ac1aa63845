import type { FilePlace } from "../../core/place.ts";
import type { Verification } from "../../plan/model.ts";
import type { AnalysedPlan } from "../input.ts";
import { named } from "../phrases.ts";
import { isKnownWell, type PhaseView } from "./phase-holds.ts";

/** A line to paste into a plan, and why. */
export interface Annotation {
  readonly kind: "PARALLEL" | "depends" | "pipeline-start" | "non-blocking";
  readonly line: string;
  readonly why: string;
  /** The line that it goes in front of, or in place of. */
  readonly place: FilePlace;
}

const TASK_ID = /^\d{1,6}\.\d{1,6}(?:\.\d{1,6})?$/;
const PHASE_ID = /^\d{1,6}$/;

/** Lines in the words that S4's last tool knows (FORMATS §1.2), for plans of its dialect. */
export function annotationsFor(
  { plan }: AnalysedPlan,
  views: readonly PhaseView[],
): readonly Annotation[] {
  if (plan.dialect !== "plan-file") return [];
  const numbered = views.filter(({ phase }) => PHASE_ID.test(phase.key));
  if (numbered.length < views.length) return dependsLines(views);
  return [
    ...parallelNotes(views),
    ...views.flatMap((view) => pipelineStart(view, views)),
    ...dependsLines(views),
    ...plan.verifications.flatMap((each) => nonBlocking(each, views)),
  ];
}

/** Phases next to each other, of which no later one is held by an earlier one of them. */
function parallelNotes(views: readonly PhaseView[]): readonly Annotation[] {
  const runs: PhaseView[][] = [];
  for (const view of views) {
    const run = runs.at(-1);
    const keys = new Set(run?.map(({ phase }) => phase.key));
    if (
      run?.every(isKnownWell) &&
      isKnownWell(view) &&
      view.holds.every(({ phase }) => !keys.has(phase))
    )
      run.push(view);
    else runs.push([view]);
  }
  return runs.flatMap((run): readonly Annotation[] => {
    const [first] = run;
    if (!first || run.length < 2) return [];
    const keys = run.map(({ phase }) => phase.key).join(", ");
    return [
      {
        kind: "PARALLEL",
        line: `**Execution Note:** Phases ${keys} are [PARALLEL] - no known task of one needs or changes what another changes`,
        why: `no words and no files lead from one of phases ${keys} to another.`,
        place: first.phase.place,
      },
    ];
  });
}

/** A phase that needs one task of the phase before it, which is not the last one there. */
function pipelineStart(view: PhaseView, views: readonly PhaseView[]): readonly Annotation[] {
  const { phase, holds, barriers } = view;
  const [only, another] = new Set(holds.map(({ from }) => from));
  const from = holds[0]?.phase ?? "";
  if (only === undefined || another !== undefined || !isKnownWell(view) || !TASK_ID.test(only))
    return [];
  const last = views.find(({ phase: { key } }) => key === from)?.tasks.at(-1)?.key;
  if (!barriers.includes(from) || last === only || phase.startsWhen.length > 0) return [];
  const what = [...new Set(holds.map((hold) => hold.what))];
  return [
    {
      kind: "pipeline-start",
      line: `## Phase ${phase.key}: ${phase.title} (pipeline-start: when ${only} completes)`,
      why: `of phase ${from}, phase ${phase.key} is only known to need ${only} (${named(what, 3)}).`,
      place: phase.place,
    },
  ];
}

/** Tasks that touch what a task of an earlier phase writes, without saying so. */
function dependsLines(views: readonly PhaseView[]): readonly Annotation[] {
  return views.flatMap(({ tasks, holds }) =>
    tasks.flatMap((task): readonly Annotation[] => {
      const own = holds.filter(({ kind, to }) => kind === "file" && to === task.key);
      const said = holds.some(({ kind, to }) => kind === "said" && to === task.key);
      const ids = [...new Set(own.flatMap(({ from }) => from ?? []))];
      const plain = task.id !== undefined && task.parent === undefined;
      if (!plain || ids.length === 0 || said || !ids.every((id) => TASK_ID.test(id))) return [];
      return [
        {
          kind: "depends",
          line: `- [${task.box?.mark ?? " "}] ${task.id} ${task.text} (depends: ${ids.join(", ")})`,
          why: `${task.key} touches ${named([...new Set(own.map(({ what }) => what))], 3)}, which ${named(ids, 3)} ${ids.length === 1 ? "writes" : "write"} before.`,
          place: task.place,
        },
      ];
    }),
  );
}

/** A verification that somebody judges, of a phase that nothing behind it is known to need. */
function nonBlocking(
  { phase, blocking, commands, place, tasks }: Verification,
  views: readonly PhaseView[],
): readonly Annotation[] {
  if (!blocking || phase === undefined || tasks !== undefined || commands.length > 0) return [];
  const behind = views.filter(({ barriers }) => barriers.includes(phase));
  const needed = views.some(({ holds }) => holds.some((hold) => hold.phase === phase));
  const own = views.filter((view) => view.phase.key === phase);
  if (behind.length === 0 || needed || ![...own, ...behind].every(isKnownWell)) return [];
  const names = named(behind.map((view) => view.phase.key));
  return [
    {
      kind: "non-blocking",
      line: `**VERIFY Phase ${phase}:** (non-blocking)`,
      why: `phase ${names} is not known to need anything of phase ${phase}; only where the result of the check may come later.`,
      place,
    },
  ];
}

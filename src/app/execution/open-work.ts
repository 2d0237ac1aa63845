import type { Diagnostic } from "../../core/diagnostic.ts";
import { WavegateError } from "../../core/error.ts";
import { shellWord } from "../../core/shell-word.ts";
import { oneLine } from "../../core/text.ts";
import { planWork, type PlanWork } from "../../execution/plan-work.ts";
import type { PlanView } from "../../plan/answers/plan-view.ts";
import { isCycleProblem, softCircles } from "../../plan/graph/cycle-problems.ts";
import type { PlanDiagnostic } from "../../plan/model.ts";
import { findPlan } from "../plans/find-plan.ts";
import { openPlan, usesOf, viewPlan, type OpenPlan } from "../plans/open-plan.ts";
import { openSeveral, uniqueNames } from "../plans/open-several.ts";
import type { PlanPorts } from "../plans/plan-ports.ts";

/** A plan that is to be carried out, as it is on disk. */
export interface OpenedPart {
  /** Unique among the plans of a run. */
  readonly name: string;
  readonly open: OpenPlan;
  readonly view: PlanView;
}

/** Plans that are to be carried out together. */
export interface OpenWork extends PlanWork {
  readonly parts: readonly OpenedPart[];
  /** What is wrong with plans and their status, and keeps nothing from being carried out. */
  readonly problems: readonly Diagnostic[];
}

/**
 * Open plans as the work of one run (PX-05): by paths, names and folders, without any the current one. Throws what finding and reading
 * plans can; PLAN_NOT_FOUND where there is no task; PLAN_CYCLIC; PLAN_STATUS_DAMAGED, as what was done would be done again.
 */
export async function openWork(ports: PlanPorts, paths: readonly string[]): Promise<OpenWork> {
  const opened = await openNamed(ports, paths);
  for (const { damaged } of opened) if (damaged) throw damaged;
  const names = uniqueNames(opened);
  const parts = opened.map((open, index): OpenedPart => {
    const view = viewPlan(open, { rule: "barriers" });
    return { name: names[index] ?? open.head.file, open, view };
  });
  const used = await Promise.all(
    parts.map(async ({ name, open, view }) => ({
      name,
      graph: view.graph,
      progress: view.progress,
      uses: await usesOf(ports, open),
    })),
  );
  const planned = planWork(used);
  refuseCircles(planned);
  const joint = planned.work.graph.problems;
  const own = parts.flatMap(({ view }) => view.diagnostics);
  return { ...planned, parts, problems: [...new Set<Diagnostic>([...own, ...joint])] };
}

async function openNamed(ports: PlanPorts, paths: readonly string[]): Promise<readonly OpenPlan[]> {
  const opened =
    paths.length === 0
      ? [await openPlan(ports, await findPlan(ports, undefined))]
      : await allNamed(ports, paths);
  const withTasks = opened.filter(({ plan }) => plan.tasks.length > 0);
  const [first] = opened;
  if (withTasks.length > 0 || !first) return withTasks;
  const file = first.head.file;
  throw new WavegateError(
    "PLAN_NOT_FOUND",
    opened.length > 1
      ? `None of these ${opened.length} plans has a task.`
      : `There is no task in ${oneLine(file, 200)}.`,
    {
      hint: `See what is read of it with: wavegate plans validate ${shellWord(file)}`,
      place: { file },
    },
  );
}

/** What a folder holds and can't be read is told as an error: nobody would miss its tasks. */
async function allNamed(ports: PlanPorts, paths: readonly string[]): Promise<readonly OpenPlan[]> {
  const { opened, unread } = await openSeveral(ports, paths);
  const [bad] = unread;
  if (bad)
    throw new WavegateError("PLAN_UNREADABLE", bad.reason, {
      hint: "Mend the file, or name the plans to carry out one by one.",
      place: { file: bad.file },
    });
  if (opened.length > 0) return opened;
  throw new WavegateError("PLAN_NOT_FOUND", "There is no plan to carry out.", {
    hint: "Give plans, or a folder that holds some; see which are found with: wavegate plans list",
    place: { file: paths[0] ?? "." },
  });
}

/** What is hard waits for itself: whatever came first would not wait for what it says it needs. */
function refuseCircles({ work }: PlanWork): void {
  const soft = softCircles(work.graph);
  const circles = work.graph.problems.filter(
    (problem): problem is PlanDiagnostic =>
      isCycleProblem(problem) && problem.severity === "error" && !soft.has(problem),
  );
  const [first] = circles;
  if (!first) return;
  throw new WavegateError("PLAN_CYCLIC", circleText(first), {
    hint: first.hint,
    place: first.place,
    ...(circles.length > 1 && { diagnostics: circles }),
  });
}

const TOLD = 4;

function circleText({ related = [], message }: PlanDiagnostic): string {
  if (related.length === 0) return message;
  const told = related.slice(0, TOLD).map((each) => each.message);
  const more = related.length > TOLD ? `; and ${related.length - TOLD} more` : "";
  return `Tasks wait for each other in a circle: ${told.join("; ")}${more}.`;
}

import { WavegateError } from "../../core/error.ts";
import type { ListAnswer, ListedPlan } from "../../plan/answers/list-answer.ts";
import { checklistStandings } from "../../plan/answers/checklists-answer.ts";
import { stateOf } from "../../plan/answers/plan-view.ts";
import { countProblems, tallyOf } from "../../plan/answers/tally.ts";
import { findCurrentPlan } from "./find-plan.ts";
import { openFound } from "./open-found.ts";
import { openPlan, viewPlan, type OpenPlan } from "./open-plan.ts";
import { withChecklists } from "./read-checklists.ts";
import type { PlanPorts } from "./plan-ports.ts";

/** All plans of the repository. What looks like none is left out; what can't be read is named. */
export async function listPlans(ports: PlanPorts): Promise<ListAnswer> {
  const plans: ListedPlan[] = [];
  const unread: { file: string; reason: string }[] = [];
  const unsure: string[] = [];
  const { paths, more } = await ports.planFiles.find();
  // Looked at once, and only where a feature of Spec Kit is among them.
  let listing: Promise<readonly string[]> | undefined;
  const projectPaths = { list: () => (listing ??= ports.projectPaths.list()) };
  for await (const found of openFound(ports, paths))
    if (found.kind === "plan") plans.push(await listed({ ...ports, projectPaths }, found.open));
    else if (found.kind === "unsure") unsure.push(found.file);
    else unread.push({ file: found.file, reason: found.reason });
  return { plans, current: await currentOf(ports), unsure, more, unread };
}

async function listed(
  ports: Parameters<typeof withChecklists>[0],
  read: OpenPlan,
): Promise<ListedPlan> {
  const { opened, checklists } = await withChecklists(ports, read);
  const view = viewPlan(opened, {});
  const { foundBy: _, ...head } = opened.head;
  return {
    ...head,
    phases: opened.plan.phases.length,
    tally: tallyOf(opened.plan.tasks.map(({ key }) => stateOf(view, key))),
    checklists: checklistStandings(checklists),
    problems: countProblems(view.diagnostics),
  };
}

/** Nothing being current is no mistake in a list; a pointer that leads nowhere is told by the commands that follow it. */
async function currentOf(ports: PlanPorts): Promise<ListAnswer["current"]> {
  try {
    const found = await findCurrentPlan(ports);
    return found.foundBy.rule === "only" ? null : (await openPlan(ports, found)).head;
  } catch (error) {
    if (error instanceof WavegateError) return null;
    throw error;
  }
}

import { WavegateError } from "../../core/error.ts";
import type { ListAnswer, ListedPlan } from "../../plan/answers/list-answer.ts";
import { checklistStandings } from "../../plan/answers/checklists-answer.ts";
import { stateOf } from "../../plan/answers/plan-view.ts";
import { countProblems, tallyOf } from "../../plan/answers/tally.ts";
import { detectDialect } from "../../plan/detect-dialect.ts";
import { findCurrentPlan } from "./find-plan.ts";
import { openPlan, viewPlan } from "./open-plan.ts";
import { withChecklists } from "./read-checklists.ts";
import type { PlanPorts } from "./plan-ports.ts";

/** All plans of the repository. What looks like none is left out; what can't be read is named. */
export async function listPlans(ports: PlanPorts): Promise<ListAnswer> {
  const plans: ListedPlan[] = [];
  const unread: { file: string; reason: string }[] = [];
  const unsure: string[] = [];
  const taken = new Set<string>();
  const { paths, more } = await ports.planFiles.find();
  // Looked at once, and only where a feature of Spec Kit is among them.
  let listing: Promise<readonly string[]> | undefined;
  const projectPaths = { list: () => (listing ??= ports.projectPaths.list()) };
  for (const file of paths) {
    if (taken.has(file)) continue;
    try {
      const read = await openPlan(ports, { file, foundBy: { rule: "path", source: null } });
      const { file: own, companions } = read.loaded;
      const detected = detectDialect({ file, text: own.text });
      if (detected?.sure !== true) {
        if (detected && read.plan.tasks.length > 0) unsure.push(file);
        continue;
      }
      for (const { path } of companions) taken.add(path);
      const { opened: open, checklists } = await withChecklists({ ...ports, projectPaths }, read);
      const view = viewPlan(open, {});
      const { foundBy: _, ...head } = open.head;
      plans.push({
        ...head,
        phases: open.plan.phases.length,
        tally: tallyOf(open.plan.tasks.map(({ key }) => stateOf(view, key))),
        checklists: checklistStandings(checklists),
        problems: countProblems(view.diagnostics),
      });
    } catch (error) {
      if (!(error instanceof WavegateError)) throw error;
      unread.push({ file, reason: error.message });
    }
  }
  return { plans, current: await currentOf(ports), unsure, more, unread };
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

import { checklistProblems } from "../../plan/answers/checklists-answer.ts";
import { readChecklist, type Checklist } from "../../plan/spec-kit/read-checklist.ts";
import type { OpenPlan } from "./open-plan.ts";
import type { PlanPorts } from "./plan-ports.ts";

/** Checklists of a feature that are read, at most. */
const MOST = 200;

/** A plan and the checklists that its feature has, by path; what is open in them is among its problems. */
export async function withChecklists(
  ports: Pick<PlanPorts, "planFiles" | "projectPaths">,
  opened: OpenPlan,
): Promise<{ readonly opened: OpenPlan; readonly checklists: readonly Checklist[] }> {
  const checklists = await readChecklists(ports, opened);
  const problems = [...opened.problems, ...checklistProblems(checklists)];
  return { opened: { ...opened, problems }, checklists };
}

/** The checklists beside a tasks.md of Spec Kit; other plans have none. What can't be read is left out. */
async function readChecklists(
  { planFiles, projectPaths }: Pick<PlanPorts, "planFiles" | "projectPaths">,
  { head: { file, dialect } }: OpenPlan,
): Promise<readonly Checklist[]> {
  if (dialect !== "spec-kit") return [];
  const folder = `${file.replace(/[^/]+$/, "")}checklists/`;
  const lists: Checklist[] = [];
  for (const path of checklistsIn(folder, await projectPaths.list())) {
    const read = await planFiles.read(path);
    if (read?.ok) lists.push(readChecklist({ file: path, text: read.value.text }));
  }
  return lists;
}

const checklistsIn = (folder: string, paths: readonly string[]): readonly string[] =>
  paths
    .filter((path) => path.startsWith(folder) && /^[^/]+\.md$/i.test(path.slice(folder.length)))
    .toSorted()
    .slice(0, MOST);

import { WavegateError } from "../../core/error.ts";
import { oneLine } from "../../core/text.ts";
import type {
  FindingsAnswer,
  FindingsFileLine,
  TaskFindings,
} from "../../plan/answers/findings-answer.ts";
import { findTask, textOf, type Named } from "../../plan/edits/find-task.ts";
import { findingsFolderOf } from "../../plan/places.ts";
import { findingsName, findingsPath, resolveFindings } from "../../plan/status/findings.ts";
import { findPlan, type FoundPlan } from "./find-plan.ts";
import { openPlan, type OpenPlan } from "./open-plan.ts";
import type { FindingsWish } from "./plan-cases.ts";
import { planOrTask } from "./plan-or-task.ts";
import { portsFor, type PlanPorts } from "./plan-ports.ts";

/**
 * What was written down about the tasks of a plan: the files of its findings folder, and those that the records of the status file name. Throws
 * PLAN_NOT_FOUND, PLAN_AMBIGUOUS, PLAN_UNREADABLE, PLAN_TASK_UNKNOWN.
 */
export async function findingsOf(
  home: PlanPorts,
  { names }: FindingsWish,
): Promise<FindingsAnswer> {
  const ports = portsFor(home, names[0]);
  const { found, task } = await meant(ports, names);
  const open = await openPlan(ports, found);
  const named = task === undefined ? undefined : findTask(open.plan, task);
  if (named && !named.ok) throw named.error;
  const status = open.loaded.status?.path;
  const folder = status === undefined ? null : findingsFolderOf(status);
  const files = filesOf(open, folder);
  return {
    plan: open.head,
    folder,
    files,
    task: named ? await findingsOfTask(ports, open, { named: named.value, folder, files }) : null,
  };
}

async function meant(
  ports: PlanPorts,
  [first, ...rest]: readonly string[],
): Promise<{ readonly found: FoundPlan; readonly task: string | undefined }> {
  if (first === undefined) return { found: await findPlan(ports, undefined), task: undefined };
  const { found, tasks } = await planOrTask(ports, [first, ...rest]);
  const [task, another] = tasks;
  if (another === undefined) return { found, task };
  throw new WavegateError("PLAN_NOT_FOUND", `There is no plan ${oneLine(first, 200)}.`, {
    hint: "Give the path or the name of a plan, and one task.",
    place: { file: first },
  });
}

function filesOf(open: OpenPlan, folder: string | null): readonly FindingsFileLine[] {
  const { plan, loaded, status } = open;
  if (folder === null) return [];
  const lines = new Map<string, FindingsFileLine>();
  for (const { name, tasks, phase } of resolveFindings(loaded.status?.findings ?? [], plan))
    lines.set(`${folder}/${name}`, { file: `${folder}/${name}`, tasks, phase: phase ?? null });
  for (const { key, findingsPath: written } of status?.tasks ?? []) {
    if (written === undefined || written.trim() === "") continue;
    const file = findingsPath(written, folder);
    const { tasks = [] } = lines.get(file) ?? {};
    // What the record says counts more than what the name lets guess.
    lines.set(file, { file, tasks: [...new Set([key, ...tasks])], phase: null });
  }
  return [...lines.values()].toSorted((a, b) => (a.file < b.file ? -1 : 1));
}

interface Wanted {
  readonly named: Named;
  readonly folder: string | null;
  readonly files: readonly FindingsFileLine[];
}

async function findingsOfTask(
  { planFiles }: PlanPorts,
  { plan, status }: OpenPlan,
  { named, folder, files }: Wanted,
): Promise<TaskFindings> {
  const { key } = named;
  const task = plan.tasks.find((each) => each.key === key);
  const phase = task?.phase ?? plan.verifications.find((each) => each.key === key)?.phase;
  const texts: { file: string; text: string }[] = [];
  const unread: { file: string; reason: string }[] = [];
  for (const { file } of files.filter(({ tasks }) => tasks.includes(key))) {
    const read = await planFiles.read(file);
    if (read?.ok) texts.push({ file, text: read.value.text });
    else unread.push({ file, reason: read ? read.error.message : "It is not there." });
  }
  return {
    key,
    text: textOf(named),
    texts,
    recorded: status?.tasks.find((each) => each.key === key)?.findings ?? null,
    ofPhase: files.flatMap((one) => (one.phase !== null && one.phase === phase ? [one.file] : [])),
    expected: folder === null ? null : `${folder}/${findingsName(task?.id ?? key)}`,
    unread,
  };
}

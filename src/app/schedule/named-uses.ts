import type { Plan } from "../../plan/model.ts";
import type { UsesByTask } from "../../plan/resources/plan-uses.ts";
import type { NamedResource } from "../../schedule/formats/team-file/team-file.ts";
import type { Use } from "../../schedule/project/project.ts";
import { quoted, report, type ScheduleDiagnostic } from "../../schedule/project/report.ts";

export interface NamedUses {
  readonly uses: ReadonlyMap<string, readonly Use[]>;
  readonly problems: readonly ScheduleDiagnostic[];
}

/**
 * Which tasks use the shared resources of a team file: those whose words, files, labels or skills have one of its words. `more` are other words of a
 * task, like the deliverables of its phase.
 */
export function namedUses(
  resources: readonly NamedResource[],
  { tasks, file }: Pick<Plan, "tasks" | "file">,
  uses: UsesByTask,
  more: ReadonlyMap<string, readonly string[]> = new Map(),
): NamedUses {
  const byTask = new Map<string, Use[]>();
  const problems: ScheduleDiagnostic[] = [];
  if (resources.length === 0) return { uses: byTask, problems };
  const wordsOf = new Map(
    tasks.map((task) => [
      task.key,
      wordsIn(
        [
          task.text,
          ...task.labels,
          ...(task.skills ?? []),
          ...(more.get(task.key) ?? []),
          ...(uses.get(task.key) ?? []).map(({ resource }) => resource),
        ].join(" "),
      ),
    ]),
  );
  for (const { resource, usedBy } of resources) {
    let used = false;
    const words = usedBy.flatMap((word) => [...wordsIn(word)]);
    for (const { key } of tasks) {
      const own = wordsOf.get(key);
      if (!usedBy.includes("*") && !words.some((word) => own?.has(word))) continue;
      used = true;
      const list = byTask.get(key) ?? [];
      list.push({ resource: resource.id, amount: 1 });
      byTask.set(key, list);
    }
    if (!used)
      problems.push(
        report(
          "SCHEDULE_RESOURCE_UNUSED",
          resource.place ?? { file },
          `No task of the plan uses ${quoted(resource.id)}: none has the words ${usedBy.map(quoted).join(", ")}`,
        ),
      );
  }
  return { uses: byTask, problems };
}

const MOST = 4_000;

/** Words in lower case, without plural: `migrations` is `migration`. */
const wordsIn = (text: string): ReadonlySet<string> =>
  new Set(
    (
      text
        .slice(0, MOST)
        .toLowerCase()
        .match(/[\p{L}\p{N}]{1,64}/gu) ?? []
    ).map((word) => (word.length > 3 && word.endsWith("s") ? word.slice(0, -1) : word)),
  );

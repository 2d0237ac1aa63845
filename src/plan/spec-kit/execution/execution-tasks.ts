import type { DeclaredFile, Phase, Task } from "../../model.ts";
import { phaseNumber } from "./apply-execution.ts";
import type { Execution, ExecutionTask, Named } from "./read-execution.ts";

const declared = (
  named: readonly Named[],
  access: DeclaredFile["access"],
): readonly DeclaredFile[] => named.map(({ id, place }) => ({ path: id, access, place }));

const filesOf = (task: ExecutionTask): readonly DeclaredFile[] => [
  ...declared(task.outputs, "write"),
  ...declared(task.context, "read"),
];

/** The tasks of tasks.md with the files that the execution plan declares, and then those that only it has. */
export function withExecutionTasks(
  tasks: readonly Task[],
  phases: readonly Pick<Phase, "key">[],
  execution: Execution,
): readonly Task[] {
  const listed = execution.phases.flatMap((phase) =>
    phase.batches.flatMap((batch) =>
      batch.tasks.map((task) => ({ task, batch, phase: phaseNumber(phase.id) })),
    ),
  );
  const byId = new Map(listed.map((one) => [one.task.id, one]));
  const known = new Set(tasks.map(({ id }) => id));
  const keys = new Set(tasks.map(({ key }) => key));
  const numbers = new Set(phases.map(({ key }) => key));
  const added = [...byId.values()].flatMap(({ task, batch, phase }): readonly Task[] => {
    if (known.has(task.id) || keys.has(task.id)) return [];
    return [
      {
        key: task.id,
        id: task.id,
        place: task.place,
        box: undefined,
        text: task.description.replace(/\s+/g, " ").trim(),
        details: [],
        phase: numbers.has(phase) ? phase : undefined,
        parent: undefined,
        parallel: batch.parallel ?? false,
        verifies: false,
        labels: [],
        stories: [],
        requirements: [],
        files: filesOf(task),
      },
    ];
  });
  return [
    ...tasks.map((task) => {
      const more = byId.get(task.id ?? "");
      return more ? { ...task, files: [...task.files, ...filesOf(more.task)] } : task;
    }),
    ...added,
  ];
}

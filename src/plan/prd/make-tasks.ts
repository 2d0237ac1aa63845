import { stateOfMark } from "../box-states.ts";
import { readEstimate } from "../estimates.ts";
import type { PlanDiagnostic, Task } from "../model.ts";
import { UniqueKeys } from "../unique-keys.ts";
import { placeIn } from "./outline.ts";
import type { PhaseDraft, TaskDraft } from "./phase-draft.ts";
import { note, quoted } from "../report.ts";
import { PRD_REPORT } from "./report.ts";

export interface MadeTasks {
  readonly tasks: readonly Task[];
  readonly keyOf: ReadonlyMap<TaskDraft, string>;
  readonly diagnostics: readonly PlanDiagnostic[];
}

/** Give tasks their keys: the id, or `L12` where they have none. `phases` are drafts with the keys of their phases. */
export function makeTasks(phases: readonly (readonly [PhaseDraft, string])[]): MadeTasks {
  const keys = new UniqueKeys();
  const keyOf = new Map<TaskDraft, string>();
  const diagnostics: PlanDiagnostic[] = [];
  const tasks = phases.flatMap(([draft, phase]) =>
    draft.tasks.map((task): Task => {
      const wanted = task.id ?? `L${task.line.number}`;
      const key = keys.take(wanted);
      keyOf.set(task, key);
      const place = placeIn(task.line, task.at);
      if (task.id !== undefined && key !== task.id)
        diagnostics.push(
          note(
            PRD_REPORT.duplicateId,
            place,
            `A task before this one has the id ${quoted(task.id)}, too`,
          ),
        );
      const estimate = task.effort
        ? readEstimate(task.effort.text, placeIn(task.effort.line, task.effort.at))
        : readEstimate(task.text, place);
      return {
        key,
        id: task.id,
        place,
        box: task.mark && {
          mark: task.mark.char,
          state: stateOfMark("prd", task.mark.char) ?? "open",
          offset: task.line.start + task.mark.at,
        },
        text: task.text,
        details: task.details,
        phase,
        parent: task.parent && keyOf.get(task.parent),
        parallel: task.parallel,
        verifies: false,
        labels: task.labels,
        stories: [],
        requirements: [],
        files: task.files,
        ...(estimate ? { estimate } : {}),
      };
    }),
  );
  return { tasks, keyOf, diagnostics };
}

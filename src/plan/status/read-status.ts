import { readJsonTree } from "../../core/json-tree.ts";
import { WavegateError } from "../../core/error.ts";
import type { FilePlace } from "../../core/place.ts";
import { err, ok, type Result } from "../../core/result.ts";
import { oneLine } from "../../core/text.ts";
import { placesIn } from "../../core/text-places.ts";
import type { TreeNode } from "../../core/text-tree.ts";
import type { PlanDiagnostic, PlanText } from "../model.ts";
import { fieldOf, type TreeMap } from "./json-document.ts";
import {
  TASK_STATES,
  type PlanStatus,
  type StatusRun,
  type StatusTask,
  type TaskState,
} from "./model.ts";

/** Deeper than any status file, and than any that a person could read. */
const MAX_DEPTH = 64;

/**
 * Read a status.json in all the variance that real ones have. Errors: PLAN_STATUS_DAMAGED, with the place, where it is no
 * status file; such a file is never to be overwritten. Never throws.
 */
export function readStatus({ file, text }: PlanText): Result<PlanStatus, WavegateError> {
  const placeAt = placesIn(text, file);
  // A space in place of a byte order mark keeps the offsets.
  const { root, problems } = readJsonTree(text.replace(/^\uFEFF/, " "), {
    maxDepth: MAX_DEPTH,
    lenient: true,
  });
  const [first] = problems;
  if (first)
    return err(damaged(file, `it is no JSON: ${oneLine(first.message, 120)}`, placeAt(first.at)));
  if (root?.kind !== "map")
    return err(damaged(file, "it holds no group of fields", placeAt(root?.at ?? 0)));
  const tasks = fieldOf(root, "tasks");
  if (tasks?.kind !== "list")
    return err(damaged(file, "it has no list of tasks", placeAt(tasks?.at ?? root.at)));
  return ok(new Reader(file, placeAt).status(text, root, tasks.items));
}

const damaged = (file: string, why: string, place: FilePlace): WavegateError =>
  new WavegateError("PLAN_STATUS_DAMAGED", `${file} is no status file: ${why}.`, {
    hint: "Mend it there, or restore it from git or from status.json.bak; to begin anew, move it away.",
    place,
  });

class Reader {
  readonly #file: string;
  readonly #placeAt: (offset: number) => FilePlace;
  readonly #diagnostics: PlanDiagnostic[] = [];
  readonly #keys = new Map<string, number>();

  constructor(file: string, placeAt: (offset: number) => FilePlace) {
    this.#file = file;
    this.#placeAt = placeAt;
  }

  status(text: string, root: TreeMap, tasks: readonly TreeNode[]): PlanStatus {
    const summary = fieldOf(root, "summary");
    const runs = fieldOf(root, "runs");
    return {
      file: this.#file,
      text,
      root,
      planPath: wordOf(root, "planPath"),
      planName: wordOf(root, "planName"),
      createdAt: wordOf(root, "createdAt"),
      lastUpdatedAt: wordOf(root, "lastUpdatedAt"),
      currentPhase: wordOf(root, "currentPhase"),
      tasks: tasks.flatMap((node) => this.#task(node)),
      runs: runs?.kind === "list" ? runs.items.flatMap((node) => this.#run(node)) : [],
      summary: summary?.kind === "map" ? countsOf(summary) : undefined,
      diagnostics: this.#diagnostics,
    };
  }

  #task(node: TreeNode): readonly StatusTask[] {
    const place = this.#placeAt(node.at);
    const id = node.kind === "map" ? wordOf(node, "id") : undefined;
    if (node.kind !== "map" || id === undefined) {
      this.#tell("PLAN_STATUS_TASK_UNREADABLE", "A record of a task has no id.", {
        place,
        hint: "Give it the id that the task has in the plan; until then it counts for nothing.",
      });
      return [];
    }
    const count = (this.#keys.get(id) ?? 0) + 1;
    this.#keys.set(id, count);
    if (count === 2)
      this.#tell("PLAN_STATUS_TASK_TWICE", `Task ${oneLine(id, 40)} has more than one record.`, {
        place,
        hint: "Keep one of them: the tool of S4 only ever changes the first.",
      });
    return [
      {
        key: count === 1 ? id : `${id}#${count}`,
        id,
        phase: wordOf(node, "phase"),
        description: wordOf(node, "description") ?? wordOf(node, "title"),
        state: this.#state(node, id),
        startedAt: wordOf(node, "startedAt"),
        completedAt: wordOf(node, "completedAt"),
        durationMs: numberOf(node, "duration"),
        findingsPath: wordOf(node, "findingsPath"),
        findings: wordOf(node, "findings"),
        error: wordOf(node, "error"),
        notes: isTrue(node, "notes") ? true : wordOf(node, "notes"),
        skipReason: wordOf(node, "skipReason") ?? wordOf(node, "reason"),
        retries: Math.max(0, Math.trunc(numberOf(node, "retryCount") ?? 0)),
        lastError: wordOf(node, "lastError"),
        place,
        node,
      },
    ];
  }

  #state(node: TreeMap, id: string): TaskState {
    const written = wordOf(node, "status");
    const known = TASK_STATES.find((state) => state === written);
    if (known) return known;
    const what = written === undefined ? "no status" : `the status "${oneLine(written, 40)}"`;
    this.#tell("PLAN_STATUS_STATE_UNKNOWN", `Task ${oneLine(id, 40)} has ${what}.`, {
      place: this.#placeAt(fieldOf(node, "status")?.at ?? node.at),
      hint: `Write one of ${TASK_STATES.join(", ")}; until then it counts as pending.`,
    });
    return "pending";
  }

  #run(node: TreeNode): readonly StatusRun[] {
    if (node.kind !== "map") return [];
    return [
      {
        id: wordOf(node, "runId") ?? wordOf(node, "id"),
        startedAt: wordOf(node, "startedAt"),
        completedAt: wordOf(node, "completedAt"),
        tasksCompleted: numberOf(node, "tasksCompleted"),
        tasksFailed: numberOf(node, "tasksFailed"),
        place: this.#placeAt(node.at),
        node,
      },
    ];
  }

  #tell(code: string, message: string, rest: Pick<PlanDiagnostic, "place" | "hint">): void {
    this.#diagnostics.push({ code, severity: "warning", original: "misread", message, ...rest });
  }
}

/** A text; a number counts as one, since ids like `1.1` are easily written without quotes. */
function wordOf(map: TreeMap, key: string): string | undefined {
  const node = fieldOf(map, key);
  if (node?.kind !== "scalar") return undefined;
  if (typeof node.value === "number") return String(node.value);
  return typeof node.value === "string" ? node.value : undefined;
}

/** A number, also one in quotes. */
function numberOf(map: TreeMap, key: string): number | undefined {
  const node = fieldOf(map, key);
  if (node?.kind !== "scalar" || typeof node.value === "boolean" || node.value === null)
    return undefined;
  const number =
    typeof node.value === "string" && node.value.trim() === "" ? NaN : Number(node.value);
  return Number.isFinite(number) ? number : undefined;
}

function isTrue(map: TreeMap, key: string): boolean {
  const node = fieldOf(map, key);
  return node?.kind === "scalar" && node.value === true;
}

const countsOf = (summary: TreeMap): PlanStatus["summary"] => ({
  totalTasks: numberOf(summary, "totalTasks"),
  completed: numberOf(summary, "completed"),
  pending: numberOf(summary, "pending"),
  in_progress: numberOf(summary, "in_progress"),
  failed: numberOf(summary, "failed"),
  skipped: numberOf(summary, "skipped"),
});

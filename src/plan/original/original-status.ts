/**
 * What S4's own command-line tool would answer: `plan/original`. An emulation of an obsolete tool, on purpose with its misreadings, for
 * `--like-original` and to show where our answers differ (docs/compatibility.md). It reads plans by itself (`read-strictly.ts`,
 * `execution-notes.ts`), sharing nothing with the readers of dialects, so that a better reader changes no emulated answer. Equal to the
 * recorded answers byte by byte: `init`, status.json, `next`, `phases` of 19 plans by both versions; `status`, `check` and `progress` follow
 * FORMATS §1.4 and what that tool is known to print. Not here: what it says of git, its commit queue and worktrees.
 */
import type { Json } from "../../core/json.ts";
import type { SequentialGroup } from "./execution-notes.ts";
import type { GraphEntry } from "./declared-dependencies.ts";

/**
 * Which generation of the original answers: `seed` is commit 1e03193 (phases in order, 80 % rule), `head` is b3a6d4e (dependencies,
 * no order of phases, conflicts shown).
 */
export type OriginalVersion = "seed" | "head";

/** What the original's commands say where there is no status.json that they can read. */
export const NO_STATUS = "No status.json found.";

/** A task of status.json, as far as the original's answers need it. */
export interface OriginalTask {
  readonly id: string;
  readonly phase?: string | undefined;
  readonly description?: string | undefined;
  readonly status?: string | undefined;
  readonly dependencies?: readonly string[];
  readonly dependents?: readonly string[];
  readonly executionConstraints?: {
    readonly sequential: true;
    readonly sequentialGroup: string;
    readonly reason: string;
  };
}

/** The words of the original, in the order of its summary. */
const STATUSES = ["completed", "pending", "in_progress", "failed", "skipped"] as const;

export type OriginalSummary = Readonly<Record<"totalTasks" | (typeof STATUSES)[number], number>>;

/** status.json, in the order in which the original writes its fields. */
export interface OriginalStatus {
  readonly _comment?: string;
  readonly planPath?: string | undefined;
  readonly planName?: string | undefined;
  readonly createdAt?: string | undefined;
  readonly lastUpdatedAt?: string | undefined;
  readonly currentPhase?: string | null;
  readonly sequentialGroups?: readonly SequentialGroup[];
  readonly dependencyGraph?: Readonly<Record<string, GraphEntry>>;
  readonly tasks: readonly OriginalTask[];
  readonly runs: readonly Json[];
  readonly summary: OriginalSummary;
}

/** The word that a task counts under: one that the original does not know, or none, is pending. */
export const countedAs = (task: OriginalTask): (typeof STATUSES)[number] =>
  STATUSES.find((status) => status === task.status) ?? "pending";

/** Counts the tasks. The original does so whenever it loads a file, and writes the file again where the stored counts differ. */
export function summaryOf(tasks: readonly OriginalTask[]): OriginalSummary {
  const count = (status: string): number =>
    tasks.filter((task) => countedAs(task) === status).length;
  return {
    totalTasks: tasks.length,
    completed: count("completed"),
    pending: count("pending"),
    in_progress: count("in_progress"),
    failed: count("failed"),
    skipped: count("skipped"),
  };
}

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json | undefined } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const wordOf = (value: Json | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;

const idsOf = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((id) => typeof id === "string") : [];

function taskOf(value: Json): readonly OriginalTask[] {
  if (!isObject(value)) return [];
  const id = typeof value["id"] === "number" ? String(value["id"]) : wordOf(value["id"]);
  if (id === undefined) return [];
  return [
    {
      id,
      phase: wordOf(value["phase"]),
      description: wordOf(value["description"]),
      status: wordOf(value["status"]),
      dependencies: idsOf(value["dependencies"]),
      dependents: idsOf(value["dependents"]),
    },
  ];
}

/**
 * What the original makes of a status.json: its counts are taken anew. Undefined where it is no object with tasks; the original ends
 * with an error of its runtime then. Records of tasks without id are left out.
 */
export function loadOriginalStatus(value: Json): OriginalStatus | undefined {
  if (!isObject(value) || !Array.isArray(value["tasks"])) return undefined;
  const tasks = value["tasks"].flatMap(taskOf);
  return {
    planPath: wordOf(value["planPath"]),
    planName: wordOf(value["planName"]),
    createdAt: wordOf(value["createdAt"]),
    lastUpdatedAt: wordOf(value["lastUpdatedAt"]),
    currentPhase: wordOf(value["currentPhase"]) ?? null,
    tasks,
    runs: Array.isArray(value["runs"]) ? value["runs"] : [],
    summary: summaryOf(tasks),
  };
}

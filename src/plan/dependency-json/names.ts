import type { BoxState } from "../model.ts";

/** What fields are called: as the templates have it (FORMATS §2.1, S3), then what else is written for it. */
export const NAMES = {
  phaseLists: ["phase_inventory", "phases"],
  phaseId: ["phase_id", "node_id", "id", "phase"],
  phaseNumber: ["phase_number", "number"],
  phaseName: ["phase_name", "node_name", "name", "title", "label"],
  objective: ["phase_objective", "objective", "goal", "description"],
  taskLists: ["tasks", "task_inventory", "subtasks"],
  taskId: ["task_id", "node_id", "id", "task", "number"],
  taskName: ["task_name", "node_name", "name", "title", "label", "description", "summary"],
  phaseOf: ["phase", "phase_id", "phase_number", "parent_phase"],
  effort: [
    "estimated_effort",
    "estimated_duration",
    "duration",
    "effort",
    "estimate",
    "estimated_time",
  ],
  complexity: ["complexity_score", "complexity"],
  files: [
    "files_affected",
    "affected_files",
    "files",
    "files_modified",
    "file_paths",
    "output_files",
    "output_file",
    "outputs",
  ],
  skills: ["required_skills", "skills", "key_skills", "skill"],
  kind: ["task_type", "node_type", "phase_type", "type"],
  parallel: ["parallelizable", "parallel", "can_run_in_parallel", "parallelization_status"],
  deliverables: ["deliverables", "phase_deliverables", "expected_outputs"],
  status: ["status", "state"],
  priority: ["priority"],
  dependencies: [
    "dependencies",
    "depends_on",
    "dependency",
    "requires",
    "prerequisites",
    "blocked_by",
  ],
  dependency: [
    "dependency_phase",
    "dependency_task",
    "dependency",
    "prerequisite",
    "source",
    "from",
    "phase_id",
    "task_id",
    "id",
    "node_id",
    "name",
  ],
  dependent: ["dependent_phase", "dependent_task", "dependent", "target", "to"],
  strength: ["dependency_strength", "strength", "criticality"],
  reason: ["dependency_reason", "reason", "description", "rationale"],
  waveLists: ["waves", "wave_analysis", "execution_waves"],
  waveNumber: ["wave_number", "wave", "wave_id", "number", "id"],
  waveMembers: ["phases", "phase_ids", "members", "tasks", "nodes"],
} as const;

/** Status words of manifests, sessions and messages (FORMATS §2.1, §2.3). */
const STATES: ReadonlyMap<string, BoxState> = new Map([
  ["complete", "done"],
  ["completed", "done"],
  ["done", "done"],
  ["merged", "done"],
  ["approved", "done"],
  ["archived", "done"],
  ["inprogress", "in-progress"],
  ["active", "in-progress"],
  ["coordinating", "in-progress"],
  ["review", "in-progress"],
  ["inreview", "in-progress"],
  ["running", "in-progress"],
  ["failed", "failed"],
  ["error", "failed"],
  ["skipped", "skipped"],
  ["cancelled", "skipped"],
  ["canceled", "skipped"],
  ["pending", "open"],
  ["notstarted", "open"],
  ["queued", "open"],
  ["created", "open"],
  ["blocked", "open"],
  ["todo", "open"],
  ["planned", "open"],
]);

export const readState = (word: string | undefined): BoxState | undefined =>
  STATES.get((word ?? "").toLowerCase().replace(/[_\-\s]/g, ""));

/** What stands for "nothing" where ids are expected. */
export const isNothing = (word: string): boolean =>
  /^(?:none|n\/?a|nil|null|nothing|no dependenc(?:y|ies)|-|–|—|\[\]|\{\})\.?$/i.test(word.trim());

import type { Diagnostic } from "./diagnostic.ts";
import type { FilePlace } from "./place.ts";

/** Every code a user can meet. Codes are stable: documentation and scripts rely on them. */
export type ErrorCode =
  | "USAGE"
  | "SPEC_NOT_FOUND"
  | "SPEC_UNREADABLE"
  | "SPEC_INVALID"
  | "PLAN_NOT_FOUND"
  | "PLAN_AMBIGUOUS"
  | "PLAN_UNREADABLE"
  | "PLAN_CYCLIC"
  | "PLAN_CHANGED"
  | "PLAN_EDIT_REFUSED"
  | "PLAN_TASK_UNKNOWN"
  | "PLAN_STATUS_DAMAGED"
  | "PLAN_CLAIMED"
  | "PLAN_TASK_FAILED"
  | "PLAN_TASK_ASKS"
  | "PLAN_RUN_STOPPED"
  | "PLAN_TESTS_FAIL"
  | "PLAN_LANDING_FAILED"
  | "SCHEDULE_INVALID"
  | "SCHEDULE_NO_TIME_LEFT"
  | "CONFIG_INVALID"
  | "FILE_UNREADABLE"
  | "PROJECT_NOT_WRITABLE"
  | "PROJECT_COPIED"
  | "PROJECT_ID_DAMAGED"
  | "PROJECT_UNTRUSTED"
  | "DISK_FULL"
  | "DATABASE_UNAVAILABLE"
  | "DATABASE_NOT_INSTALLED"
  | "DATABASE_DATA_UNUSABLE"
  | "ENGINE_VERSION_MISMATCH"
  | "RUN_NOT_FOUND"
  | "RUN_AMBIGUOUS"
  | "RUN_ALREADY_RUNNING"
  | "RUN_FINISHED"
  | "RUN_NOT_WAITING"
  | "GATE_STALE_DIGEST"
  | "GATE_ALREADY_DECIDED"
  | "GATE_DIGEST_REQUIRED"
  | "GATE_REASON_REQUIRED"
  | "GATE_CHANGES_REQUIRED"
  | "GATE_NOT_REVIEWER"
  | "GATE_INSIDE_ATTEMPT"
  | "AGENT_UNKNOWN"
  | "AGENT_NOT_INSTALLED"
  | "AGENT_NOT_LOGGED_IN"
  | "AGENT_QUOTA_USED_UP"
  | "AGENT_COST_LIMIT"
  | "AGENT_PROVIDER_BUSY"
  | "AGENT_SILENT"
  | "SANDBOX_UNAVAILABLE"
  | "GIT_NOT_INSTALLED"
  | "REPOSITORY_MISSING"
  | "REPOSITORY_UNFIT"
  | "WORKSPACE_FOLDER_UNSAFE"
  | "COMMIT_MISSING"
  | "COMMIT_TOO_LARGE"
  | "LANDING_MISSING"
  | "WORK_NOT_LANDED"
  | "BRANCH_MISSING"
  | "BRANCH_DIVERGED"
  | "BRANCH_IN_USE"
  | "TREE_HALF_CHANGED"
  | "TREE_IN_THE_WAY"
  | "ARTIFACT_CORRUPT"
  | "ARTIFACT_WOULD_OVERWRITE"
  | "AUDIT_BROKEN"
  | "STAGE_INPUTS_UNMET"
  | "STAGE_INPUTS_CHANGED"
  | "STAGE_QUORUM_NOT_MET"
  | "STAGE_AGENT_FAILED"
  | "STAGE_CRITICAL_CONFLICT"
  | "BUDGET_REACHED"
  | "BUDGET_PRICE_UNKNOWN";

export interface ErrorDetails {
  /** What the user can do next, as one imperative sentence. */
  readonly hint: string;
  readonly place?: FilePlace;
  /** All problems of the file at once, where the error is about a file. */
  readonly diagnostics?: readonly Diagnostic[];
  readonly cause?: unknown;
}

/** A failure the user can meet and act on. Broken invariants stay plain `Error`. */
export class WavegateError extends Error {
  override readonly name = "WavegateError";
  readonly code: ErrorCode;
  readonly hint: string;
  readonly place: FilePlace | undefined;
  readonly diagnostics: readonly Diagnostic[];

  constructor(code: ErrorCode, message: string, details: ErrorDetails) {
    super(message, { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
    this.place = details.place;
    this.diagnostics = details.diagnostics ?? [];
  }
}

/** Why something counts as done: data, kept as an artifact and shown to people. */
export type Evidence =
  /** The work of an agent, judged by us (`judge-result.ts`). */
  | WorkEvidence
  /** All parts of a task with sub-tasks are finished. */
  | { readonly kind: "parts"; readonly parts: readonly string[] }
  /** It was finished before the run began: a ticked box or a record says so. */
  | { readonly kind: "plan" }
  /** A person says so. */
  | { readonly kind: "person"; readonly by: string; readonly note: string };

export interface WorkEvidence {
  readonly kind: "work";
  readonly attempt: number;
  /** Paths that were changed, sorted. */
  readonly changed: readonly string[];
  /** Paths among them that the plan does not declare, and that a person let through. */
  readonly shown: readonly string[];
  /** Whether the plan says what the task writes, so that the paths could be held against it. */
  readonly declared: boolean;
  /** Files that the plan declares and that the result has not, nor deleted: plans are often loose, so it is told and nothing more. */
  readonly missing?: readonly string[];
  /** Names and digests of what it made besides changes of files. */
  readonly outputs: readonly { readonly name: string; readonly sha256: string }[];
  readonly checks: readonly CheckEvidence[];
  /** The commit on the target branch; undefined where there was nothing to land. */
  readonly commit?: string;
}

export interface CheckEvidence {
  /** Key of a verification, or what the command is for. */
  readonly name: string;
  /** `judged` by an agent, because it is prose; all else was run by us. */
  readonly by: "command" | "judged";
  readonly command?: string;
  /** What shows it, in a line: the exit, the verdict of the agent. */
  readonly outcome: string;
}

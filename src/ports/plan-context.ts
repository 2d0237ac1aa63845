/** Variables by which users and tools say what is worked on (FORMATS §1.1, §3.1). */
export const PLAN_VARIABLES = [
  "CLAUDE_WORKTREE",
  "SPECIFY_FEATURE_DIRECTORY",
  "SPECIFY_FEATURE",
] as const;

/** What the surroundings say of which plan is the current one, and how times are shown. */
export interface PlanContext {
  readonly variables: Readonly<Partial<Record<(typeof PLAN_VARIABLES)[number], string>>>;
  /** A path as the user's environment has it, relative to the project; undefined outside of it. */
  inProject(path: string): string | undefined;
  /** The branch that is checked out; undefined where there is none, or no git. */
  branch(): Promise<string | undefined>;
  /** A time, ISO 8601, as the user's machine writes it. */
  localTime(iso: string): string;
}

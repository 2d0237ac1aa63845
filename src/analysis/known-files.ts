/** A kind of file that has to do with plans. */
export interface KnownFile {
  readonly id: string;
  readonly path: RegExp;
  /** Whose it is. */
  readonly system: "plan-file" | "spec-kit" | "prd" | "dependency-json";
  /** What it does, as one sentence. */
  readonly purpose: string;
  /**
   * `project`: there is one for all plans, so whoever works on two plans at once contends for it; `plan`: each plan has its own;
   * `fixed`: nobody writes it while plans run.
   */
  readonly scope: "project" | "plan" | "fixed";
  /** Whether its words are looked at for how tasks are run. */
  readonly drives?: true;
  /** Kept out of version control, so that a listing may not have it; looked for by this name. */
  readonly hidden?: string;
}

/** FORMATS §1.1, §2.1, §3.1. The first that fits counts. */
export const KNOWN_FILES: readonly KnownFile[] = [
  {
    id: "pointer",
    path: /(?:^|\/)\.claude\/current-plan\.txt$/,
    system: "plan-file",
    purpose: "Names the one plan that commands work on.",
    scope: "project",
    hidden: ".claude/current-plan.txt",
  },
  {
    id: "worktree pointer",
    path: /(?:^|\/)\.claude-context\/current-plan\.txt$/,
    system: "plan-file",
    purpose: "Names the plan of one worktree; counts before the project's pointer.",
    scope: "plan",
    hidden: ".claude-context/current-plan.txt",
  },
  {
    id: "git workflow",
    path: /(?:^|\/)\.claude\/git-workflow\.json$/,
    system: "plan-file",
    purpose: "Sets branches, commits, worktrees and how many of them at once.",
    scope: "fixed",
    drives: true,
    hidden: ".claude/git-workflow.json",
  },
  {
    id: "registry",
    path: /(?:^|\/)\.claude\/orchestrator-registry\.json$/,
    system: "plan-file",
    purpose: "Lists the orchestrators that run.",
    scope: "project",
    hidden: ".claude/orchestrator-registry.json",
  },
  {
    id: "shared part of commands",
    path: /(?:^|\/)\.claude\/commands\/plan\/_common\/.+\.md$/,
    system: "plan-file",
    purpose: "Text that several plan commands share.",
    scope: "fixed",
    drives: true,
  },
  {
    id: "plan command",
    path: /(?:^|\/)\.claude\/commands\/plan\/[^/]+\.md$/,
    system: "plan-file",
    purpose: "A prompt that a coding agent follows for one plan command.",
    scope: "fixed",
    drives: true,
  },
  {
    id: "status of the commit queue",
    path: /(?:^|\/)docs\/plan-outputs\/\.git-queue-status\.json$/,
    system: "plan-file",
    purpose: "Counts commits that wait, of all plans.",
    scope: "project",
    hidden: "docs/plan-outputs/.git-queue-status.json",
  },
  {
    id: "status",
    path: /(?:^|\/)docs\/plan-outputs\/(?:archive\/)?[^/]+\/status\.json$/,
    system: "plan-file",
    purpose: "Holds the state of every task of one plan, and its runs.",
    scope: "plan",
  },
  {
    id: "finding",
    path: /(?:^|\/)docs\/plan-outputs\/(?:archive\/)?[^/]+\/findings\/[^/]+$/,
    system: "plan-file",
    purpose: "Says what came of a task or a phase.",
    scope: "plan",
  },
  {
    id: "timestamps",
    path: /(?:^|\/)docs\/plan-outputs\/(?:archive\/)?[^/]+\/timestamps\/.+\.json$/,
    system: "plan-file",
    purpose: "Says when runs and tasks began and ended.",
    scope: "plan",
  },
  {
    id: "archived plan",
    path: /(?:^|\/)docs\/plans\/archive\/.+\.md$/,
    system: "plan-file",
    purpose: "A plan that is over.",
    scope: "fixed",
  },
  {
    id: "plan",
    path: /(?:^|\/)docs\/plans\/.+\.md$/,
    system: "plan-file",
    purpose: "A plan: phases, tasks, what verifies them.",
    scope: "plan",
  },
  {
    id: "plan script",
    path: /(?:^|\/)scripts\/(?:.+\/)?(?:status-cli|plan[-_][\w-]{1,60}|[\w-]{0,60}orchestrator[\w-]{0,60}|git-queue|[\w-]{0,60}worktree[\w-]{0,60})\.(?:js|mjs|cjs|ts|py|sh)$/i,
    system: "plan-file",
    purpose: "A program that reads plans, keeps their state, or runs their tasks.",
    scope: "fixed",
    drives: true,
  },
  {
    id: "feature pointer",
    path: /(?:^|\/)\.specify\/feature\.json$/,
    system: "spec-kit",
    purpose: "Names the one feature that commands work on.",
    scope: "project",
    hidden: ".specify/feature.json",
  },
  {
    id: "constitution",
    path: /(?:^|\/)\.specify\/memory\/[^/]+\.md$/,
    system: "spec-kit",
    purpose: "Principles that hold for all features.",
    scope: "fixed",
  },
  {
    id: "Spec Kit script",
    path: /(?:^|\/)\.specify\/scripts\/.+\.(?:sh|ps1|py)$/,
    system: "spec-kit",
    purpose: "Finds the feature and its documents.",
    scope: "fixed",
    drives: true,
  },
  {
    id: "Spec Kit template",
    path: /(?:^|\/)\.specify\/templates\/.+\.md$/,
    system: "spec-kit",
    purpose: "What new documents of a feature begin as.",
    scope: "fixed",
  },
  {
    id: "Spec Kit settings",
    path: /(?:^|\/)\.specify\/(?:extensions\/.+|[^/]+\.(?:json|ya?ml))$/,
    system: "spec-kit",
    purpose: "Settings and extensions.",
    scope: "fixed",
  },
  {
    id: "Spec Kit command",
    path: /(?:^|\/)(?:commands|prompts|skills)\/speckit[.-].+\.md$/,
    system: "spec-kit",
    purpose: "A prompt that a coding agent follows for one step of Spec Kit.",
    scope: "fixed",
    drives: true,
  },
  {
    id: "tasks",
    path: /(?:^|\/)specs\/[^/]+\/tasks(?:\.md|\.execution\.ya?ml)$/,
    system: "spec-kit",
    purpose: "The tasks of a feature.",
    scope: "plan",
  },
  {
    id: "checklist",
    path: /(?:^|\/)specs\/[^/]+\/checklists\/[^/]+\.md$/,
    system: "spec-kit",
    purpose: "What is to be checked before a feature is built.",
    scope: "plan",
  },
  {
    id: "specification",
    path: /(?:^|\/)specs\/[^/]+\/spec\.md$/,
    system: "spec-kit",
    purpose: "What a feature is to do: user stories, requirements, success criteria.",
    scope: "fixed",
  },
  {
    id: "technical plan",
    path: /(?:^|\/)specs\/[^/]+\/plan\.md$/,
    system: "spec-kit",
    purpose: "How a feature is to be built: stack, structure, constraints.",
    scope: "fixed",
  },
  {
    id: "design document",
    path: /(?:^|\/)specs\/[^/]+\/(?:research|data-model|quickstart)\.md$|(?:^|\/)specs\/[^/]+\/contracts\/.+$/,
    system: "spec-kit",
    purpose: "Research, data model, contracts that the tasks of a feature rest on.",
    scope: "fixed",
  },
  {
    id: "analysis state",
    path: /(?:^|\/)\.claude\/state\/.+\.json$/,
    system: "dependency-json",
    purpose: "Dependencies and waves as a tool worked them out.",
    scope: "plan",
  },
  {
    id: "PRD",
    path: /(?:^|\/)(?:prds?|prd-workspace)\/.+\.md$/,
    system: "prd",
    purpose: "Requirements in phases, with their tasks.",
    scope: "plan",
  },
];

/** What a file is, by its path; undefined for one that has nothing to do with plans. */
export const knownFile = (path: string): KnownFile | undefined =>
  KNOWN_FILES.find((known) => known.path.test(path));

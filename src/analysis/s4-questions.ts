import type { FindingNumber } from "./model.ts";

/** A task or criterion of S4's own analysis plan, and the finding that answers it. */
export interface S4Question {
  /** Words of the task or criterion, without marks. */
  readonly words: string;
  readonly finding: FindingNumber;
  /** Sections that have to be there, all of them, each with something in it. Of an id that ends with `-`, one that begins so. */
  readonly sections: readonly string[];
  /** A verdict that is no answer: rows of tables that have it don't count. */
  readonly unknown?: string;
  /** Plans that have to be given. */
  readonly plans?: number;
  /** Kinds of files (`known-files.ts`) that have to be among those given. */
  readonly kinds?: readonly string[];
}

/** S4's tasks and criteria, word for word, and where the answer is. What is not here, people answer. */
export const S4_QUESTIONS: readonly S4Question[] = [
  {
    words: "Map all plan-related files in .claude/commands/plan/ and scripts/",
    finding: 1,
    sections: ["plan-related-files"],
    kinds: ["plan command", "plan script"],
  },
  {
    words: "Document the orchestrator implementation (plan:orchestrate command)",
    finding: 1,
    sections: ["orchestrate-command"],
  },
  {
    words: "Analyze how plan:implement executes tasks",
    finding: 1,
    sections: ["implement-command"],
  },
  {
    words: "Identify current execution flow (sequential vs parallel patterns)",
    finding: 1,
    sections: ["execution-flow"],
  },
  {
    words: "Document task dependency handling mechanisms in status-cli.js",
    finding: 1,
    sections: ["status-cli"],
  },
  {
    words: "Architecture diagram created in findings/1-architecture.md",
    finding: 1,
    sections: ["architecture-diagram"],
  },
  {
    words: "All plan-related files listed with their purposes",
    finding: 1,
    sections: ["plan-related-files"],
    kinds: ["plan command"],
  },
  {
    words:
      "Investigate if multiple plans can run concurrently (check current-plan.txt constraints)",
    finding: 2,
    sections: ["feasibility", "isolation"],
    unknown: "unknown",
    plans: 2,
  },
  {
    words: "Identify shared state/resources between plans (status.json, filesystem)",
    finding: 2,
    sections: ["shared-state"],
    plans: 2,
  },
  {
    words: "Document potential conflicts (file locks, status tracking, git operations)",
    finding: 2,
    sections: ["shared-state", "potential-conflicts"],
    plans: 2,
  },
  { words: "Analyze plan isolation requirements", finding: 2, sections: ["isolation"], plans: 2 },
  {
    words: "Identify patterns for inter-plan coordination",
    finding: 2,
    sections: ["coordination"],
    plans: 2,
  },
  {
    words: "Parallel plan feasibility documented in findings/2-parallel-plans.md",
    finding: 2,
    sections: ["feasibility"],
    unknown: "unknown",
    plans: 2,
  },
  {
    words: "Conflict matrix created showing shared resources",
    finding: 2,
    sections: ["conflict-matrix"],
    plans: 2,
  },
  {
    words: "Examine phase dependencies in current plans (sample 3+ plans)",
    finding: 3,
    sections: ["phases-"],
    plans: 3,
  },
  {
    words: "Identify phases that could theoretically run in parallel",
    finding: 3,
    sections: ["could-start-earlier"],
  },
  {
    words: "Analyze VERIFY task implications for parallel phases",
    finding: 3,
    sections: ["verify-implications"],
  },
  {
    words: "Document phase synchronization requirements",
    finding: 3,
    sections: ["synchronisation"],
  },
  {
    words: "Identify patterns for phase-level parallelism",
    finding: 3,
    sections: ["phase-patterns"],
  },
  {
    words: "Parallel phase analysis documented in findings/3-parallel-phases.md",
    finding: 3,
    sections: ["could-start-earlier"],
  },
  {
    words: "Example plans analyzed with parallelism annotations",
    finding: 3,
    sections: ["annotations"],
    plans: 3,
  },
  {
    words: "Examine task-level dependencies within phases",
    finding: 4,
    sections: ["within-phases-"],
  },
  {
    words: "Identify tasks that could run in parallel (review [SEQUENTIAL] annotation usage)",
    finding: 4,
    sections: ["within-phases-", "marks-"],
  },
  {
    words: "Analyze task output/artifact handling for parallel execution",
    finding: 4,
    sections: ["outputs-"],
  },
  {
    words: "Document task synchronization and fan-in/fan-out patterns",
    finding: 4,
    sections: ["fans-"],
  },
  {
    words: "Review existing batch execution in orchestrator (next N command)",
    finding: 4,
    sections: ["batches-"],
  },
  {
    words: "Parallel task analysis documented in findings/4-parallel-tasks.md",
    finding: 4,
    sections: ["within-phases-"],
  },
  { words: "Current batch execution behavior documented", finding: 4, sections: ["batches-"] },
  {
    words: "Document pattern: Independent parallel execution (no dependencies)",
    finding: 5,
    sections: ["comparison-", "examples-"],
  },
  {
    words: "Document pattern: Dependency-aware parallel execution (DAG-based)",
    finding: 5,
    sections: ["comparison-", "examples-"],
  },
  {
    words: "Document pattern: Batched parallel execution (current approach)",
    finding: 5,
    sections: ["comparison-", "examples-"],
  },
  {
    words: "Document pattern: Pipeline parallelism (phases overlap at boundaries)",
    finding: 5,
    sections: ["comparison-", "examples-"],
  },
  {
    words: "Compare tradeoffs between patterns (complexity, performance, reliability)",
    finding: 5,
    sections: ["tradeoffs-"],
  },
  {
    words: "All 4 patterns documented in findings/5-patterns.md",
    finding: 5,
    sections: ["comparison-"],
  },
  { words: "Tradeoff comparison table created", finding: 5, sections: ["tradeoffs-"] },
  {
    words: "Prioritize parallelism opportunities by impact vs effort",
    finding: 6,
    sections: ["opportunities-"],
  },
  { words: "Identify quick wins vs architectural changes", finding: 6, sections: ["effort-"] },
  { words: "Document implementation risks and mitigations", finding: 6, sections: ["risks-"] },
  { words: "Create recommended implementation roadmap", finding: 6, sections: ["roadmap-"] },
  {
    words: "Final recommendations in findings/6-recommendations.md",
    finding: 6,
    sections: ["roadmap-"],
  },
  { words: "Prioritized opportunity list created", finding: 6, sections: ["opportunities-"] },
];

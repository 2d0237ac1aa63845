import type { AppPorts } from "../app-ports.ts";
import type { PlanPorts } from "../plans/plan-ports.ts";

/** What the use cases about carrying out plans reach. */
export type ExecutionPorts = PlanPorts &
  Pick<
    AppPorts,
    | "settings"
    | "agents"
    | "repositoryState"
    | "project"
    | "documents"
    | "engine"
    | "ledgers"
    | "surroundingRuns"
    | "audit"
    | "landing"
    | "apartBranches"
    | "bringCommits"
    | "beginProject"
    | "newRunId"
    | "warnUnprotected"
  > & {
    /** Told which runs go on here, so that their logs are kept. */
    readonly onRun: (runId: string) => void;
  };

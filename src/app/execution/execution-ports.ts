import type { AppPorts } from "../app-ports.ts";
import type { PlanPorts } from "../plans/plan-ports.ts";

/** What the use cases about carrying out plans reach. */
export type ExecutionPorts = PlanPorts &
  Pick<AppPorts, "settings" | "agents" | "repositoryState" | "project" | "documents">;

import type { Claims } from "../../ports/claims.ts";
import type { WorkWatch } from "../../ports/work-watch.ts";
import type { Landing } from "../../ports/landing.ts";
import type { EndLeftovers } from "../../ports/leftovers.ts";
import type { Notices } from "../../ports/notices.ts";
import type { Verifier } from "../../ports/verifier.ts";
import type { Workspaces } from "../../ports/workspaces.ts";
import type { StagePorts } from "../stage-ports.ts";
import type { MarkPlans, TakePlans, WriteFindings } from "./taken-plans.ts";

/** Everything of the world that a run of plans reaches, inside its steps. */
export interface PlanRunPorts extends Pick<
  StagePorts,
  | "agents"
  | "artifacts"
  | "audit"
  | "clock"
  | "ledgers"
  | "costs"
  | "digest"
  | "files"
  | "providerLimit"
  | "redact"
> {
  readonly workspaces: Workspaces;
  readonly verifier: Verifier;
  readonly landing: Pick<Landing, "advance" | "begin" | "keepPoint" | "landOnto">;
  readonly claims: Claims;
  readonly workWatch: WorkWatch;
  readonly endLeftovers: EndLeftovers;
  /** Takes the plans down, as they are. */
  readonly takePlans: TakePlans;
  /** Writes how tasks stand into plans and status files. */
  readonly markPlans: MarkPlans;
  /** Writes what became of tasks where their plan has a place for it. */
  readonly writeFindings: WriteFindings;
  readonly notices: Notices;
}

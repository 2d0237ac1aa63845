import { openProjectId } from "../adapters/artifacts/project-id.ts";
import { createAnswerCache } from "../adapters/engine/answer-cache.ts";
import { createAuditAnchor } from "../adapters/engine/audit-anchor.ts";
import { createClaims } from "../adapters/engine/claims.ts";
import { createDbosEngine } from "../adapters/engine/dbos-engine.ts";
import { createLedgers } from "../adapters/engine/ledgers.ts";
import { createSharedStore } from "../adapters/engine/shared-store.ts";
import { oneLine } from "../core/text.ts";
import type { AnswerCache } from "../ports/answer-cache.ts";
import type { AuditAnchor } from "../ports/audit.ts";
import type { Claims } from "../ports/claims.ts";
import type { Ledgers } from "../ports/ledgers.ts";
import type { Engine } from "../ports/engine.ts";
import type { SharedStore } from "../ports/shared-store.ts";
import { createLandBatch } from "../workflows/land-batch.ts";
import type { LandingPorts } from "../workflows/landing-ports.ts";
import type { PlanRunPorts } from "../workflows/plan-run/plan-ports.ts";
import { createRunPlan } from "../workflows/run-plan.ts";
import { createRunStages } from "../workflows/run-stages.ts";
import type { StagePorts } from "../workflows/stage-ports.ts";
import type { ExecutedRuns } from "./executed-runs.ts";
import { keepingId } from "./keeping-id.ts";
import { connectDatabase, type DatabaseOptions } from "./open-database.ts";

/** What stages reach, and what carrying out plans does. */
export type RunPorts = StagePorts & PlanRunPorts & LandingPorts;

/** The durable engine on its database, and what else is kept there. */
export interface OpenEngine {
  readonly engine: Engine;
  readonly anchor: AuditAnchor;
  readonly stores: {
    readonly cache: AnswerCache;
    readonly ledgers: Ledgers;
    readonly claims: Claims;
  };
  readonly shared: SharedStore;
  /** Make the workflows known, over these ports. */
  register(ports: RunPorts, executed?: Pick<ExecutedRuns, "watched" | "over">): void;
  close(): Promise<void>;
}

export async function openEngine(
  options: DatabaseOptions & {
    readonly project: string;
    /** What the audit log is filed under where that is not the project: it lies in one folder, and begins anew where that is lost. */
    readonly auditLog?: string;
    /** See `settings-digest.ts`. */
    readonly settings?: string;
  },
): Promise<OpenEngine> {
  const database = await connectDatabase(options);
  const { project, auditLog = project, settings = "" } = options;
  const engine = createDbosEngine({ databaseUrl: database.url, project, settings });
  const anchor = createAuditAnchor({ databaseUrl: database.url, project: auditLog });
  const cache = createAnswerCache({ databaseUrl: database.url, project });
  const ledgers = createLedgers({ databaseUrl: database.url, project });
  const claims = createClaims({ databaseUrl: database.url, project });
  const shared = createSharedStore({ databaseUrl: database.url, project });
  return {
    engine,
    anchor,
    stores: { cache, ledgers, claims },
    shared,
    register(ports, executed) {
      const watched = executed?.watched ?? ((workflow) => workflow);
      if (executed) engine.onOver(executed.over);
      const landBatch = createLandBatch(ports);
      const { runPlan, runTask, verifyTask, implementation } = createRunPlan(ports, landBatch);
      const { workflows, runRole } = createRunStages(ports, implementation);
      engine.register(...workflows.map((workflow) => watched(workflow)), runRole);
      engine.register(watched(runPlan), runTask, verifyTask, landBatch);
    },
    async close() {
      await engine.close();
      await anchor.close();
      await cache.close();
      await ledgers.close();
      await claims.close();
      await shared.close();
      await database.close();
    },
  };
}

/** The same for the project of a state folder, which the id of the project is kept in, or under the name that clones of it share. */
export async function openProjectEngine({
  stateFolder,
  name,
  ...options
}: DatabaseOptions & {
  readonly stateFolder: string;
  readonly name: string | null;
  readonly settings: string;
}): Promise<OpenEngine> {
  const folder = await openProjectId(stateFolder, (root) => options.log?.(foundAgain(root)));
  // Runs of others may go on here with the next call.
  if (name !== null) await folder.keep();
  const project = name === null ? folder.id : `name:${name}`;
  const opened = await openEngine({ ...options, project, auditLog: folder.log });
  return { ...opened, engine: keepingId(opened.engine, folder) };
}

const foundAgain = (root: string): string =>
  `The .wavegate folder of ${oneLine(root, 200)} was gone: its runs are found again; logs, artifacts and the audit log begin anew.`;

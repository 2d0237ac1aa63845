import { createAuditAnchor } from "../adapters/engine/audit-anchor.ts";
import { createDbosEngine } from "../adapters/engine/dbos-engine.ts";
import type { AuditAnchor } from "../ports/audit.ts";
import type { Engine } from "../ports/engine.ts";
import { createRunStage } from "../workflows/run-stage.ts";
import type { StagePorts } from "../workflows/stage-ports.ts";
import { connectDatabase, type DatabaseOptions } from "./open-database.ts";

/** The durable engine on its database, and what else is kept there. */
export interface OpenEngine {
  readonly engine: Engine;
  readonly anchor: AuditAnchor;
  /** Make the workflows known, over these ports. */
  register(ports: StagePorts): void;
  close(): Promise<void>;
}

export async function openEngine(
  options: DatabaseOptions & { readonly project: string },
): Promise<OpenEngine> {
  const database = await connectDatabase(options);
  const { project } = options;
  const engine = createDbosEngine({ databaseUrl: database.url, project });
  const anchor = createAuditAnchor({ databaseUrl: database.url, project });
  return {
    engine,
    anchor,
    register(ports) {
      const { runStage, runRole } = createRunStage(ports);
      engine.register(runStage, runRole);
    },
    async close() {
      await engine.close();
      await anchor.close();
      await database.close();
    },
  };
}

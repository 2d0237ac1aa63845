import { WavegateError } from "../../core/error.ts";
import { microOf } from "../../stage/budget/amount.ts";
import { IMPLEMENTATION_STAGE } from "../../workflows/plan-run/task-child.ts";
import type { ExecutionPorts } from "./execution-ports.ts";
import type { EarlierCall } from "./preview-cost.ts";

/** What is known of earlier calls on tasks; or why it is not. */
export interface EarlierCalls {
  readonly calls: readonly EarlierCall[];
  /** Undefined where they could be looked at. */
  readonly problem?: string;
}

/** Runs looked at, the newest; and calls taken of them. */
const MOST_RUNS = 40;
const MOST_CALLS = 1_000;

/** Written when a project has its first run: without it no database is asked. */
const PROJECT_ID = ".wavegate/project.json";
const MAX_BYTES = 65_536;

/** What calls of an agent on tasks came to in earlier runs of the project, the newest first. */
export async function earlierCalls(
  ports: Pick<ExecutionPorts, "documents" | "engine" | "ledgers">,
  agent: string,
): Promise<EarlierCalls> {
  if (!(await ports.documents.optional(PROJECT_ID, MAX_BYTES))) return { calls: [] };
  try {
    const engine = await ports.engine();
    const ledgers = await ports.ledgers();
    const calls: EarlierCall[] = [];
    for (const { runId } of await engine.runs({ limit: MOST_RUNS })) {
      if (calls.length >= MOST_CALLS) break;
      for (const call of (await ledgers.read(runId)).calls) {
        const { settled } = call;
        if (!settled || call.agent !== agent || call.stage !== IMPLEMENTATION_STAGE) continue;
        const { unknown, microUsd, tokens } = settled;
        calls.push({
          usd: unknown.includes("microUsd") ? null : microUsd / microOf(1),
          tokens: unknown.includes("tokens") ? null : tokens,
        });
      }
    }
    return { calls };
  } catch (error) {
    if (!(error instanceof WavegateError)) throw error;
    return { calls: [], problem: error.message };
  }
}

import { WavegateError } from "../../core/error.ts";
import type { PreviewBase } from "../../execution/preview/run-preview.ts";
import { RUN_PLAN } from "../../workflows/run-plan-input.ts";
import type { ExecutionPorts } from "./execution-ports.ts";

/** Runs looked at, the newest, and events of each: a run tests what it begins from before all else. */
const [MOST_RUNS, MOST_EVENTS] = [20, 12];

/** Written when a project has its first run: without it no database is asked. */
const PROJECT_ID = ".wavegate/project.json";
const MAX_BYTES = 65_536;

/** What an earlier run found of the project's tests on the very commit, the newest; null where none is known. Nothing is run. */
export async function knownBaseTests(
  ports: Pick<ExecutionPorts, "documents" | "engine">,
  commit: string,
  command: string | null,
): Promise<PreviewBase | null> {
  if (command === null) return null;
  if (!(await ports.documents.optional(PROJECT_ID, MAX_BYTES))) return null;
  try {
    const engine = await ports.engine();
    for (const { runId, workflow } of await engine.runs({ limit: MOST_RUNS })) {
      if (workflow !== RUN_PLAN) continue;
      let seen = 0;
      for await (const { event } of engine.events(runId, 0)) {
        if (event.type === "base-tested") {
          if (event.commit !== commit || event.command !== command) break;
          return { runId, outcome: event.outcome, shown: event.shown };
        }
        if (++seen >= MOST_EVENTS) break;
      }
    }
    return null;
  } catch (error) {
    if (!(error instanceof WavegateError)) throw error;
    return null;
  }
}

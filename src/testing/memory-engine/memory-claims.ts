import { err, ok } from "../../core/result.ts";
import { runFinished, runNotFound } from "../../core/run-error.ts";
import type { Claims } from "../../ports/claims.ts";
import type { MemoryStore } from "./store.ts";

/** Claims of the runs of one store. */
export const createMemoryClaims = ({ runs, claims }: MemoryStore): Claims => ({
  async claim(runId, names) {
    const run = runs.get(runId);
    if (!run) throw runNotFound(runId);
    if (run.ended) throw runFinished(runId, run.ended.status);
    for (const name of names) {
      const holder = claims.get(name);
      if (holder && holder !== run && !holder.ended) return err({ name, heldBy: holder.runId });
    }
    for (const name of names) claims.set(name, run);
    return ok(undefined);
  },
});

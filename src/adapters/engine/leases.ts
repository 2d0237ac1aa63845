import type { RunEvent } from "../../core/event.ts";
import { thisProcess } from "./process-identity.ts";
import type { Lease, Part } from "./store.ts";
import type { Claimed } from "./take-runs.ts";

/** What this worker may write for what it took. */
export function leaseOf({ runId, epoch, of, child }: Claimed, workerId: string): Lease {
  const lease = { runId, workerId, epoch };
  return of === null || child === null ? lease : { ...lease, part: { of, name: child } };
}

/**
 * What is told of a claim: that another worker had it before, or that a shared child is executed by another worker than its
 * run. `isHere`: whether this one has the run.
 */
export function whoTook(
  { from, epoch }: Claimed,
  { workerId: by, part }: Lease,
  isHere: (part: Part) => boolean,
): { readonly key: string; readonly event: RunEvent } | undefined {
  if (!part)
    return from
      ? { key: `run-taken-over/${epoch}`, event: { type: "run-taken-over", from, by } }
      : undefined;
  if (!from && isHere(part)) return undefined;
  const { pid, host } = thisProcess();
  const { name: child } = part;
  const event = { type: "child-taken", child, by, pid, host, ...(from && { from }) } as const;
  return { key: `child-taken/${child}/${epoch}`, event };
}

import type { Verdict } from "../core/pace.ts";
import { REACTIONS, type FailureKind } from "./failures.ts";

/** Failures of calls that the provider served: what came of it was no good, but not for the load. */
const SERVED: ReadonlySet<FailureKind> = new Set([
  "invalid-output",
  "refused",
  "context-too-long",
  "cost-limit",
  "output-limit",
]);

/** What a call tells of its provider's load; nothing where it may never have got there. */
export function verdictOf(
  failure: { readonly kind: FailureKind; readonly retryAfterMs?: number | undefined } | undefined,
): Verdict | undefined {
  if (!failure || SERVED.has(failure.kind)) return { load: "fine" };
  const { kind, retryAfterMs } = failure;
  // A used-up plan that names when it begins anew is closed until then; one that does not has to be mended.
  const refused =
    REACTIONS[kind].reaction === "wait" || (kind === "quota" && retryAfterMs !== undefined);
  if (!refused) return undefined;
  return retryAfterMs === undefined ? { load: "refused" } : { load: "refused", retryAfterMs };
}

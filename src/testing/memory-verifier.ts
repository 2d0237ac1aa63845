import type { CheckRequest, CheckResult, Verifier } from "../ports/verifier.ts";

/** What a check comes to, by its command; undefined: it passes. */
export type CheckScript = (
  request: CheckRequest,
) => Partial<CheckResult> | undefined | Promise<Partial<CheckResult> | undefined>;

/** A verifier that runs nothing and gives what it is told, for tests of what is made of it. */
export interface MemoryVerifier extends Verifier {
  /** All that was asked of it, in order. */
  readonly asked: readonly CheckRequest[];
}

export function createMemoryVerifier(script: CheckScript = () => undefined): MemoryVerifier {
  const asked: CheckRequest[] = [];
  return {
    asked,
    async run(request) {
      asked.push(request);
      if (request.signal.aborted) return told({ outcome: "not-run", reason: "canceled" });
      return told((await script(request)) ?? {});
    },
  };
}

/** As the real one says it, where the script says nothing. */
function told(result: Partial<CheckResult>): CheckResult {
  const { outcome = "passed" } = result;
  const exit = { passed: 0, failed: 1, "not-run": null }[outcome];
  return {
    outcome,
    exit,
    durationMs: 0,
    shown: exit === null ? "It was not run." : `exit code ${exit}`,
    tail: [],
    log: null,
    ...(outcome === "failed" && { reason: "unexpected" as const }),
    ...result,
  };
}

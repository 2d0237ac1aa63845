/** A server that was away is found again soon after it is back, however long that took. */
import { withDbRetry } from "@dbos-inc/dbos-sdk/internal/system_database";
import { afterEach, beforeAll, expect, test, vi } from "vitest";

// Loading it says how DBOS waits.
beforeAll(async () => void (await import("../../../src/adapters/engine/dbos-runtime.ts")));
afterEach(() => void vi.useRealTimers());

test.each([1_000, 60_000, 600_000])(
  "away for %d ms: what DBOS asks is asked again in time",
  async (awayMs) => {
    vi.useFakeTimers({ now: 0 });
    const answered = withDbRetry(async () => {
      if (Date.now() >= awayMs) return Date.now();
      throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    });
    await vi.advanceTimersByTimeAsync(awayMs + 120_000);
    expect((await answered) - awayMs).toBeLessThan(2_000);
  },
);

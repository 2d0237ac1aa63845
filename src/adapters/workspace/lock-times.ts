import type { LockTimes } from "../shared/file-lock.ts";

/** Who opens the same workspace waits for who makes it, as long as an install command may take and more. */
export const LOCK_TIMES: LockTimes = { patienceMs: 60 * 60_000, leaseMs: 10_000 };

/** Who only clears away waits for nobody who is at work. */
export const CLEARING: LockTimes = { ...LOCK_TIMES, patienceMs: 2_000 };

/** What is waited before a task is tried again. Milliseconds. */
export interface Backoff {
  readonly initialMs: number;
  readonly maxMs: number;
}

/**
 * Doubled from the first wait to the longest, spread over ± a quarter.
 *
 * @param used attempts that counted so far, from 1
 * @param chance 0 to 1; the caller draws it, so that replay decides the same
 */
export function backoffMs({ initialMs, maxMs }: Backoff, used: number, chance: number): number {
  const base = Math.min(maxMs, initialMs * 2 ** Math.min(used - 1, 40));
  return Math.min(maxMs, Math.round(base * (0.75 + chance / 2)));
}

/** Failures that another attempt meets at once: the cause is known, and the next attempt is told. */
const AT_ONCE: ReadonlySet<string> = new Set(["conflict", "not-verified", "kept-files-changed"]);

/** Whether the wait before the next attempt helps: of what the agent is told it does not. */
export const waitsAfter = (kind: string): boolean => !AT_ONCE.has(kind);

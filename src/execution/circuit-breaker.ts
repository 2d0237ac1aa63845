/** An attempt whose agent came to its end, whatever the end: by itself, or by a limit of its own. */
export interface EndedAttempt {
  /** Number of its start among all attempts of the run. */
  readonly sequence: number;
  readonly agent: string;
  /** Bytes that the agent said, and files that it changed. */
  readonly outputBytes: number;
  readonly changedFiles: number;
}

/** I-09: after so many attempts of an agent with no output at all, more of them would be the same. */
export const SILENT_ATTEMPTS = 3;

/**
 * Agents that are not to be asked any more: their last three attempts, by the order of their starts, gave not one byte and changed not
 * one file. A function of the set of attempts: in which order they ended does not matter. `from`: a person let the agent go on from
 * that start.
 */
export function openCircuits(
  ended: readonly EndedAttempt[],
  from: ReadonlyMap<string, number> = new Map(),
): readonly string[] {
  const byAgent = new Map<string, EndedAttempt[]>();
  for (const attempt of ended) {
    if (attempt.sequence < (from.get(attempt.agent) ?? 0)) continue;
    const known = byAgent.get(attempt.agent);
    if (known) known.push(attempt);
    else byAgent.set(attempt.agent, [attempt]);
  }
  return [...byAgent]
    .flatMap(([agent, attempts]) => {
      const last = attempts.toSorted((a, b) => a.sequence - b.sequence).slice(-SILENT_ATTEMPTS);
      return last.length === SILENT_ATTEMPTS && last.every(isSilent) ? [agent] : [];
    })
    .toSorted();
}

/** The attempts that decide, with one more: of each agent the last by their starts. */
export function withAttempt(
  ended: readonly EndedAttempt[],
  attempt: EndedAttempt,
): readonly EndedAttempt[] {
  const own = ended.filter(({ agent }) => agent === attempt.agent);
  const last = [...own, attempt].toSorted((a, b) => a.sequence - b.sequence);
  return [...ended.filter(({ agent }) => agent !== attempt.agent), ...last.slice(-SILENT_ATTEMPTS)];
}

const isSilent = ({ outputBytes, changedFiles }: EndedAttempt): boolean =>
  outputBytes === 0 && changedFiles === 0;

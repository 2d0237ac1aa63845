/** Which attempt a child of a run is, by name. */
export interface AttemptName {
  /** Number of its start among all of the run. */
  readonly sequence: number;
  /** Of the task or the verification. */
  readonly key: string;
  readonly attempt: number;
}

/** Unique in the run, as the sequence is. */
export const attemptName = ({ sequence, key, attempt }: AttemptName): string =>
  `task/${sequence}/${key}/a${attempt}`;

/** Undefined for children that are none, such as landings. */
export function readAttemptName(name: string): AttemptName | undefined {
  const [, sequence, key, attempt] = /^task\/(\d+)\/(.+)\/a(\d+)$/s.exec(name) ?? [];
  if (sequence === undefined || key === undefined || attempt === undefined) return undefined;
  return { sequence: Number(sequence), key, attempt: Number(attempt) };
}

/** Wall-clock time, for effects. Workflows read it inside a step. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

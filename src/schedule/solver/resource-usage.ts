/** What is left of each resource at each tick while a schedule is made. */
export interface ResourceUsage {
  /**
   * Begin anew, with nothing taken.
   *
   * @param anchor the tick of time at which the schedule ends, when it is made backwards: only where a problem has drops does it matter
   */
  clear(anchor: number | undefined): void;
  /** Take what an activity needs at the earliest tick from `earliest` on at which it is free throughout. Returns that tick. */
  place(node: number, earliest: number): number;
}

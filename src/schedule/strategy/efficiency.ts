/** S3's figures of parallel execution. Minutes of working time. */
export interface Efficiency {
  /** All activities one after another, each by its crew. */
  readonly sequential: number;
  readonly parallel: number;
  /** (sequential − parallel) / sequential × 100; S3 "parallel efficiency" and "time savings". 0 where there is no work. */
  readonly percent: number;
  readonly speedUp: number;
  /** Booked person-minutes of the available ones × 100. */
  readonly utilisation: number;
  /** Coordination person-minutes / person-minutes of development × 100 (S3 "coordination overhead"). */
  readonly overhead: number;
  /** Person-minutes of each kind. */
  readonly coordination: number;
  readonly development: number;
  /** Lower bound / makespan × 100: 100 where no schedule is shorter. */
  readonly optimality: number;
}

/** Who does what, and why these (S3 `team_assignment_criteria`). */
export interface Assignment {
  readonly activity: string;
  readonly team: string;
  readonly people: readonly string[];
  readonly scores: AssignmentScores;
  readonly reasons: readonly string[];
  /** Other teams that could have, best first. */
  readonly alternatives: readonly { readonly team: string; readonly scores: AssignmentScores }[];
}

/** Each 0 … 1, 1 the best. */
export interface AssignmentScores {
  /** Levels there against levels asked for. */
  readonly skillMatch: number;
  /** Availability of the people times the part of their time that nothing else is booked in. */
  readonly availability: number;
  /** 1 without anything to learn, less for levels that are missing. */
  readonly learning: number;
  /** Earlier work together; 0.5 where nothing is known. */
  readonly history: number;
  /** The mean of the four. */
  readonly total: number;
}

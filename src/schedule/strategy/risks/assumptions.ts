/**
 * Rates that no schedule and no simulation can tell. They are our choice, each in the order of what is reported in public; what follows
 * from them is called `assumed` in the register.
 */
export const ASSUMED = {
  /** A person falls ill on a working day: two to three spells a year. */
  absencePerDay: 0.01,
  /** Working days that a spell lasts. */
  absenceDays: 5,
  /** A person is away on a given day, for whatever reason. */
  awayShare: 0.04,
  /** Two activities on one file need rework for each other. */
  conflictPerPair: 0.05,
  /** What that adds to each of them. */
  reworkOfFile: 0.1,
  /** A shared resource is not there when an activity wants it, and for how many days. */
  outagePerUse: 0.05,
  outageDays: 1,
  /** A dependency between two teams is understood differently by them, and what that adds to who waits. */
  misunderstanding: 0.03,
  reworkOfContract: 0.25,
  /** Integration of parts that come late takes longer. */
  reworkOfIntegration: 0.5,
  /** A phase that says nowhere what counts as done comes back, and with how much of its work. */
  reopened: 0.2,
  reworkOfPhase: 0.1,
} as const;

/** At least one of so many, each with this probability by itself. */
export const anyOf = (probability: number, times: number): number =>
  1 - (1 - probability) ** Math.max(0, times);

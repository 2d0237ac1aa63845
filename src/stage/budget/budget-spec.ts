/** What a run, a stage or a role may use, as it is configured: US dollars and tokens. */
export type BudgetSpec = {
  readonly usd?: number;
  readonly tokens?: number;
  /** What one call is taken to use at most, in place of an estimate. */
  readonly callUsd?: number;
  readonly callTokens?: number;
};

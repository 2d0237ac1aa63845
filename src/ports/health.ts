/** One thing looked at by `wavegate doctor`. */
export interface HealthCheck {
  readonly name: string;
  readonly state: "ok" | "warning" | "problem";
  readonly detail: string;
  /** What to do about it, as one imperative sentence. */
  readonly hint?: string;
}

/** The database that the engine stands on. */
export interface Database {
  status(): Promise<readonly HealthCheck[]>;
  /** Start it if it is ours to start; says what there is now. */
  start(): Promise<string>;
  /** Stop it if it is ours to stop; says what was done. Refused while others use it, unless forced. */
  stop(options?: { readonly force?: boolean }): Promise<string>;
}

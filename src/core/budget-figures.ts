/** What a run has used, has set aside for calls in flight, and may use; null: no limit. Money in US dollars. */
export type BudgetFigures = {
  readonly spent: { readonly tokens: number; readonly usd: number };
  readonly reserved: { readonly tokens: number; readonly usd: number };
  readonly cap: { readonly tokens: number | null; readonly usd: number | null };
  /** Calls that did not say it: they count as much as was reserved for them. */
  readonly unknown: { readonly tokens: number; readonly usd: number };
};

/** A limit of a budget that a person raised: of a role of a stage, a stage, or the run. */
export type RaisedCap = {
  readonly stage: string | null;
  readonly role: string | null;
  readonly unit: "tokens" | "usd";
  readonly to: number;
};

/** What the next work needs is more than a budget leaves: no new work is begun until a person raises it. */
export type BudgetReached = {
  readonly type: "budget-reached";
  readonly stage: string;
  readonly caps: readonly {
    readonly stage: string | null;
    readonly role: string | null;
    readonly unit: "tokens" | "usd";
    readonly cap: number;
    readonly spent: number;
    readonly reserved: number;
    /** What the work that waits needs; null where nobody can say. */
    readonly needs: number | null;
  }[];
};

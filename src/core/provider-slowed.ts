/** An event: a provider refused a call: fewer at once, or none for a while, over all workers of the project (PX-11). */
export type ProviderSlowed = {
  readonly type: "provider-slowed";
  readonly stage: string;
  readonly provider: string;
  /** The agent whose call was refused. */
  readonly agent: string;
  /** Calls at once before; null for as many as there were. */
  readonly from: number | null;
  readonly to: number | null;
  /** Nobody calls it for so long; 0 where it did not ask for that. */
  readonly waitMs: number;
  /** The failure's kind. */
  readonly because: string;
};

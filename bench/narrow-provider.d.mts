/** How planning stages went against a provider that takes so many calls at once. */
export interface Narrowed {
  /** Of each run: the kind of wait that it came to, else its status. */
  readonly statuses: readonly string[];
  /** Roles that gave no full answer. */
  readonly partial: readonly string[];
  readonly served: number;
  readonly refused: number;
  /** Most calls that were ever at the server at once. */
  readonly most: number;
  /** From the first call to the last answer. */
  readonly seconds: number;
}

export declare function planAgainst(options: {
  readonly room: number;
  readonly callMs: number;
  readonly stages: number;
  /** Calls at once; without it the refusals set it. */
  readonly fixed?: number;
}): Promise<Narrowed>;

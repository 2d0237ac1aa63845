/** What an answer depends on, by name: digests of contents, and short texts that identify an agent. Never contents, never secrets. */
export type KeyParts = { readonly [name: string]: string };

/** Why an answer was taken from the cache, or why not. Each is told in words by `stage/cache/reason-text.ts`. */
export type CacheReason =
  | "same"
  | "first"
  | "changed"
  | "expired"
  | "from-the-future"
  | "damaged"
  | "asked-again"
  | "wrong-shape"
  | "refresh"
  | "resumed"
  | "follows-failure"
  | "unidentified"
  | "switched-off";

/** An earlier answer, as far as it says something about a later question. */
export type EarlierAnswer = {
  readonly runId: string;
  /** Name of the call that gave it. */
  readonly step: string;
  /** ISO 8601, UTC; by the clock of the machine that stored it. */
  readonly storedAt: string;
  readonly parts: KeyParts;
};

/** What the cache said of one call. */
export type CacheNote = {
  /** Name of the call, e.g. `planning-requirements-r1-a1`. */
  readonly step: string;
  /** hit: an earlier answer was taken · miss: none that counts was there · off: none was looked for. */
  readonly outcome: "hit" | "miss" | "off";
  readonly because: CacheReason;
  /** SHA-256 of the parts; null where an answer is neither looked for nor kept. */
  readonly key: string | null;
  readonly parts: KeyParts;
  /** How long an answer counts, in milliseconds. */
  readonly ttlMs: number;
  /** The answer taken; of a miss, what is there under the same key, or else the nearest for the same role. */
  readonly earlier: EarlierAnswer | null;
};

import type { CacheReason, KeyParts } from "../../core/cache-note.ts";
import type { Json } from "../../core/json.ts";
import { nearestKey } from "./key-parts.ts";

/** When and where an earlier answer was stored; milliseconds since the epoch. */
interface Earlier {
  readonly parts: KeyParts;
  readonly runId: string;
  readonly step: string;
  readonly storedAt: number;
}

/** What a cache has for a key. */
interface Look<E extends Earlier> {
  readonly same: (E & { readonly answer: Json | undefined }) | undefined;
  readonly others: readonly E[];
}

/** Whether an earlier answer counts, why or why not, and which one that is about. */
export type Verdict =
  | { readonly because: "same"; readonly earlier: Earlier; readonly answer: Json }
  | {
      readonly because: Exclude<CacheReason, "same">;
      readonly earlier: Earlier | undefined;
    };

/**
 * Judge what was found. An answer stored later than now is no younger than any other: the clock was set back, and nobody
 * can say how old it is. Nor does one of the same run count: who is asked twice in a run is asked to think again.
 */
export function judgeLook(
  look: Look<Earlier>,
  question: {
    readonly parts: KeyParts;
    readonly runId: string;
    readonly now: number;
    readonly ttlMs: number;
  },
): Verdict {
  const { same, others } = look;
  const { parts, runId, now, ttlMs } = question;
  if (!same) {
    const earlier = nearestKey(parts, others);
    return { because: earlier ? "changed" : "first", earlier };
  }
  if (same.runId === runId) return { because: "asked-again", earlier: same };
  if (same.answer === undefined) return { because: "damaged", earlier: same };
  if (same.storedAt > now) return { because: "from-the-future", earlier: same };
  if (now - same.storedAt >= ttlMs) return { because: "expired", earlier: same };
  return { because: "same", earlier: same, answer: same.answer };
}

import { formatDuration } from "../../core/duration.ts";
import type { CacheNote, CacheReason } from "../../core/cache-note.ts";

/** What each reason means, as one sentence without its end. `age` and `ttl` are put in where they are known. */
const REASONS: Readonly<Record<CacheReason, string>> = {
  same: "an answer to the very same question, {age} old, was taken; it counts for {ttl}",
  first: "no earlier answer of this role is kept",
  changed: "no answer to this very question is kept; compared with the nearest of this role",
  expired: "the answer to the same question was {age} old, and counts for {ttl}",
  "from-the-future":
    "the answer to the same question was stored {age} later than now: the clock was set back, so its age can't be told",
  damaged:
    "the row with the answer to the same question was damaged; the new answer took its place",
  "asked-again": "this very run has asked the same before: who is asked again is to think again",
  "wrong-shape": "the answer that is kept does not match the contract any more",
  refresh: "earlier answers were passed over, as --refresh asks",
  resumed: "the run was resumed to be tried again, so earlier answers were passed over",
  "follows-failure":
    "what is asked after a failure shows that failure: it is neither looked for nor kept",
  unidentified: "the agent does not say what its answers depend on",
  "switched-off": "the cache of this stage is switched off",
};

/** Why, in words. `at` is when it was looked, in milliseconds since the epoch. */
export function reasonText({ because, earlier, ttlMs }: CacheNote, at: number): string {
  const age = earlier ? Math.abs(at - Date.parse(earlier.storedAt)) : 0;
  return REASONS[because]
    .replace("{age}", formatDuration(age))
    .replace("{ttl}", formatDuration(ttlMs));
}

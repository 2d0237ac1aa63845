import type { TaskKind } from "../task-kind.ts";

/**
 * How a stage reuses answers. `normal`: for the times of `ttls` · `aggressive`: for at least a day (S1 §9.3, when
 * resources are short) · `off`: never looked for, never kept.
 */
export type CacheMode = "off" | "normal" | "aggressive";

/** How long answers count, by kind of work, in milliseconds. */
export type CacheTtls = Readonly<Record<TaskKind, number>>;

const MINUTE = 60_000;

/**
 * S1 §7.3: agent_outputs 15 min, review_results 10 min, synthesis_artifacts 30 min. It has no time for QA; its report is a
 * review of the artifacts, so it counts as long as a review.
 */
export const CACHE_TTLS: CacheTtls = {
  analysis: 15 * MINUTE,
  review: 10 * MINUTE,
  synthesis: 30 * MINUTE,
  qa: 10 * MINUTE,
};

/**
 * S1 §9.3 says `enable_caching: aggressive` and no number: a day, so that what was answered this morning is not asked
 * again this afternoon. Only time is stretched; the key stays exact.
 */
export const AGGRESSIVE_MS = 24 * 60 * MINUTE;

/** What the cache of one project may take; older entries make room for newer. Ours: some two hundred runs of seven answers. */
export const CACHE_BOUNDS = {
  entries: 1_500,
  /** Of answers and keys, in characters. */
  totalSize: 64 * 2 ** 20,
  /** Of one answer, in characters; a longer one is not kept. */
  entrySize: 4 * 2 ** 20,
} as const;

/** How one role uses the cache; journaled with its input. */
export type CacheUse = {
  /** Why earlier answers are passed over although new ones are kept; null: they are looked for. */
  readonly passOver: "refresh" | "resumed" | null;
  /** How old an answer may be that was made from the inputs alone, in milliseconds. */
  readonly ttlMs: number;
  /** The same for an agent that also reads the project: edits that are not committed are no part of the key. */
  readonly projectTtlMs: number;
  /** How long an answer that is kept now may serve anybody. */
  readonly keepMs: number;
};

/** Null where the stage doesn't use the cache. */
export function cacheUse(
  stage: { readonly cache: CacheMode; readonly cacheTtls: CacheTtls },
  task: TaskKind,
  passOver: CacheUse["passOver"],
): CacheUse | null {
  if (stage.cache !== "normal" && stage.cache !== "aggressive") return null;
  const normal = stage.cacheTtls[task];
  const longest = Math.max(normal, AGGRESSIVE_MS);
  const ttlMs = stage.cache === "aggressive" ? longest : normal;
  return { passOver, ttlMs, projectTtlMs: normal, keepMs: longest };
}

import type { AnswerCache, KeptAnswer } from "../ports/answer-cache.ts";
import { CACHE_BOUNDS } from "../stage/cache/policy.ts";

/** The cache of answers without a database. `kept` is for tests to look at and to damage: an undefined answer is damaged. */
export interface MemoryCache extends AnswerCache {
  readonly kept: Map<
    string,
    Omit<KeptAnswer, "answer"> & { answer: KeptAnswer["answer"] | undefined }
  >;
}

const OTHERS = 20;

export function createMemoryCache(
  bounds: { readonly [name in keyof typeof CACHE_BOUNDS]: number } = CACHE_BOUNDS,
): MemoryCache {
  const kept: MemoryCache["kept"] = new Map();
  const newestFirst = () => [...kept.values()].toSorted((a, b) => b.storedAt - a.storedAt);
  return {
    kept,
    async look({ key, family }) {
      return {
        same: kept.get(key),
        others: newestFirst()
          .filter((one) => one.family === family && one.key !== key)
          .slice(0, OTHERS),
      };
    },
    async keep(answer) {
      const size = sizeOf(answer);
      if (size > bounds.entrySize) return;
      kept.delete(answer.key);
      let total = size;
      const later = (one: { readonly storedAt: number }) => one.storedAt > answer.storedAt;
      const all = newestFirst();
      const inOrder = [...all.filter((one) => !later(one)), ...all.filter(later)];
      for (const [place, one] of inOrder.entries()) {
        total += sizeOf(one);
        if (
          one.keepUntil <= answer.storedAt ||
          place >= bounds.entries - 1 ||
          total > bounds.totalSize
        )
          kept.delete(one.key);
      }
      kept.set(answer.key, answer);
    },
  };
}

const sizeOf = ({ parts, answer }: { readonly parts: unknown; readonly answer?: unknown }) =>
  JSON.stringify(parts).length + (JSON.stringify(answer) ?? "").length;

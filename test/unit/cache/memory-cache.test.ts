import { describe, test } from "vitest";
import { answerCacheContract } from "../../../src/testing/answer-cache-contract.ts";
import { createMemoryCache } from "../../../src/testing/memory-cache.ts";

describe("the cache in memory", () => {
  answerCacheContract(test, async (bounds) => {
    const cache = createMemoryCache(bounds);
    return {
      cache,
      async damage(key) {
        const kept = cache.kept.get(key);
        if (kept) cache.kept.set(key, { ...kept, answer: undefined });
      },
      close: async () => {},
    };
  });
});

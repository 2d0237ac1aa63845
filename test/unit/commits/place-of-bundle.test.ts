import { expect, test } from "vitest";
import { placeOfHead, type BundlePlace } from "../../../src/adapters/commits/place-of-bundle.ts";
import { createMemorySharedStore } from "../../../src/testing/memory-shared-store.ts";
import { sharedStoreContract } from "../../../src/testing/shared-store-contract.ts";

/** Keep so many heads, one on the other, and give how each is kept. */
function heads(count: number): ReadonlyMap<string, BundlePlace> {
  const kept = new Map<string, BundlePlace>();
  for (let at = 1; at <= count; at++) {
    const base = `${at - 1}`;
    const row = kept.get(base);
    kept.set(`${at}`, placeOfHead(base, row, row && kept.get(row.needs)));
  }
  return kept;
}

test("of many heads few bundles lead to any of them, and all together stay small", () => {
  const count = 5_000;
  const kept = heads(count);
  let commits = 0;
  let longest = 0;
  for (let head = 1; head <= count; head++) {
    let bundles = 0;
    for (let at = head; at > 0; bundles++) {
      const needs = Number(kept.get(`${at}`)?.needs);
      expect(needs).toBeLessThan(at);
      at = needs;
    }
    longest = Math.max(longest, bundles);
    commits += head - Number(kept.get(`${head}`)?.needs);
  }
  expect(longest).toBeLessThanOrEqual(2 * Math.log2(count));
  expect(commits).toBeLessThanOrEqual(count * Math.log2(count));
});

sharedStoreContract(test, async () => {
  const store = createMemorySharedStore();
  return { machines: [store, store], other: createMemorySharedStore(), close: async () => {} };
});

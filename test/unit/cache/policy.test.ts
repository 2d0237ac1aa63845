/** What S1 §7.3 and §9.3 say, and what counts of what was found. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BUILT_IN_STAGES } from "../../../src/stage/built-in/stages.ts";
import { judgeLook } from "../../../src/stage/cache/judge-look.ts";
import { canonical, changedParts, nearestKey } from "../../../src/stage/cache/key-parts.ts";
import { AGGRESSIVE_MS, CACHE_TTLS, cacheUse } from "../../../src/stage/cache/policy.ts";
import { resolveStage } from "../../../src/stage/config/resolve-stage.ts";

const MINUTE = 60_000;

describe("times", () => {
  test.each([
    ["analysis", 15],
    ["review", 10],
    ["synthesis", 30],
    ["qa", 10],
  ] as const)("S1 §7.3: an answer of %s counts for %i minutes", (task, minutes) => {
    for (const stage of Object.values(BUILT_IN_STAGES))
      expect(cacheUse(stage, task, null)).toEqual({
        passOver: null,
        ttlMs: minutes * MINUTE,
        projectTtlMs: minutes * MINUTE,
        keepMs: AGGRESSIVE_MS,
      });
  });

  test("S1 §9.3: aggressive is a day, and no shorter than what was set", () => {
    const stage = {
      cache: "aggressive",
      cacheTtls: { ...CACHE_TTLS, qa: 3 * AGGRESSIVE_MS },
    } as const;
    expect(cacheUse(stage, "analysis", null)?.ttlMs).toBe(AGGRESSIVE_MS);
    expect(cacheUse(stage, "qa", "refresh")).toEqual({
      passOver: "refresh",
      ttlMs: 3 * AGGRESSIVE_MS,
      projectTtlMs: 3 * AGGRESSIVE_MS,
      keepMs: 3 * AGGRESSIVE_MS,
    });
  });

  test("off is off, and so is a stage that was journaled without a cache", () => {
    const { planning } = BUILT_IN_STAGES;
    expect(cacheUse({ ...planning, cache: "off" }, "qa", null)).toBeNull();
    const { cache: _, ...old } = planning;
    expect(cacheUse(old as typeof planning, "qa", null)).toBeNull();
  });

  test("the configuration sets mode and times, each on its own", () => {
    const options = { cache: "aggressive", "cache-ttl": { review: 1_000 } } as const;
    expect(resolveStage(options, BUILT_IN_STAGES.planning)).toMatchObject({
      cache: "aggressive",
      cacheTtls: { ...CACHE_TTLS, review: 1_000 },
    });
  });
});

describe("keys", () => {
  const parts = fc.dictionary(fc.string(), fc.string());

  test("two keys are the same text only if all their parts are the same", () => {
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        const same = changedParts(a, b).length === 0;
        expect(canonical(a) === canonical(b)).toBe(same);
      }),
    );
  });

  test("the order of the parts doesn't matter", () => {
    fc.assert(
      fc.property(parts, (a) => {
        const turned = Object.fromEntries(Object.entries(a).toReversed());
        expect(canonical(turned)).toBe(canonical(a));
      }),
    );
  });

  test("the nearest is the one with the fewest changes; the first of equals", () => {
    const now = { agent: "a", spec: "1", plan: "1" };
    const earlier = [
      { id: "far", parts: { agent: "b", spec: "2", plan: "1" } },
      { id: "near", parts: { agent: "a", spec: "2", plan: "1" } },
      { id: "as near", parts: { agent: "a", spec: "1", plan: "1", more: "x" } },
    ];
    expect(nearestKey(now, earlier)?.id).toBe("near");
    expect(nearestKey(now, [])).toBeUndefined();
  });
});

describe("what counts", () => {
  const kept = { parts: { spec: "1" }, runId: "run-1", step: "s", storedAt: 1_000, answer: "yes" };
  const judge = (same: typeof kept | undefined, now: number, runId = "run-2") =>
    judgeLook({ same, others: [] }, { parts: { spec: "1" }, runId, now, ttlMs: 500 }).because;

  test.each([
    ["same", kept, 1_000],
    ["same", kept, 1_499],
    ["expired", kept, 1_500],
    ["from-the-future", kept, 999],
    ["damaged", { ...kept, answer: undefined }, 1_200],
    ["first", undefined, 1_200],
  ] as const)("%s", (because, same, now) => {
    expect(judge(same as typeof kept, now)).toBe(because);
  });

  test("asked-again: an answer of the same run", () => {
    expect(judge(kept, 1_200, "run-1")).toBe("asked-again");
  });

  test("changed: other keys of the role, compared with the nearest", () => {
    const other = { ...kept, parts: { spec: "2" } };
    const question = { parts: { spec: "1" }, runId: "run-2", now: 1_200, ttlMs: 500 };
    const verdict = judgeLook({ same: undefined, others: [other] }, question);
    expect(verdict).toEqual({ because: "changed", earlier: other });
  });
});

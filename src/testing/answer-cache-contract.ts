import { deepEqual, equal, ok } from "node:assert/strict";
import type { AnswerCache, KeptAnswer } from "../ports/answer-cache.ts";

/** What the suite needs of a cache: made anew for each test, empty. */
export interface CacheSubject {
  /** At most 3 entries, 2,000 characters in all, 1,000 in one. */
  readonly cache: AnswerCache;
  /** Change what is stored under this key by other means than the port. */
  readonly damage: (key: string) => Promise<void>;
  close(): Promise<void>;
}

const BOUNDS = { entries: 3, totalSize: 2_000, entrySize: 1_000 } as const;

const signal = new AbortController().signal;

const entry = (key: string, more: Partial<KeptAnswer> = {}): KeptAnswer => ({
  key,
  family: "planning/risk",
  parts: { agent: "builtin", "input spec.md": `digest of ${key}` },
  answer: { found: key, nothing: null, list: [1, "ä\u0000", true] },
  runId: "run-1",
  step: "planning-risk-r1-a1",
  storedAt: 1_000,
  keepUntil: 9_000,
  ...more,
});

type Case = (subject: CacheSubject) => Promise<void>;

const keysOf = async (cache: AnswerCache) =>
  (await cache.look({ key: "none", family: "planning/risk" }, signal)).others.map(
    ({ parts }) => parts["input spec.md"],
  );

const cases: Readonly<Record<string, Case>> = {
  "gives back what was kept under the key, and nothing under another": async ({ cache }) => {
    const kept = entry("a");
    await cache.keep(kept, signal);
    const { same, others } = await cache.look({ key: "a", family: "planning/risk" }, signal);
    const { parts, runId, step, storedAt, answer } = kept;
    deepEqual({ ...same }, { ...same, parts, runId, step, storedAt, answer });
    deepEqual(others, []);
    equal((await cache.look({ key: "b", family: "planning/risk" }, signal)).same, undefined);
  },
  "gives the other keys of the family, newest first": async ({ cache }) => {
    await cache.keep(entry("a", { storedAt: 1_000 }), signal);
    await cache.keep(entry("b", { storedAt: 2_000 }), signal);
    await cache.keep(entry("c", { storedAt: 3_000, family: "review/risk" }), signal);
    const { same, others } = await cache.look({ key: "a", family: "planning/risk" }, signal);
    ok(same);
    deepEqual(
      others.map(({ parts, storedAt }) => [parts["input spec.md"], storedAt]),
      [["digest of b", 2_000]],
    );
    deepEqual(await keysOf(cache), ["digest of b", "digest of a"]);
  },
  "keeps a later answer in place of an earlier one": async ({ cache }) => {
    await cache.keep(entry("a"), signal);
    await cache.keep(entry("a", { answer: "later", runId: "run-2", storedAt: 2_000 }), signal);
    const { same } = await cache.look({ key: "a", family: "planning/risk" }, signal);
    deepEqual([same?.answer, same?.runId, same?.storedAt], ["later", "run-2", 2_000]);
  },
  "says that an answer is damaged, and keeps the next in its place": async ({ cache, damage }) => {
    await cache.keep(entry("a"), signal);
    await damage("a");
    const { same } = await cache.look({ key: "a", family: "planning/risk" }, signal);
    deepEqual([same?.answer, same?.runId], [undefined, "run-1"]);
    await cache.keep(entry("a", { storedAt: 2_000 }), signal);
    const mended = await cache.look({ key: "a", family: "planning/risk" }, signal);
    deepEqual(mended.same?.answer, entry("a").answer);
  },
  "lets go of the oldest where there are too many": async ({ cache }) => {
    for (const [place, key] of ["a", "b", "c", "d"].entries())
      await cache.keep(entry(key, { storedAt: 1_000 + place }), signal);
    deepEqual(await keysOf(cache), ["digest of d", "digest of c", "digest of b"]);
  },
  "lets go of those whose time is over": async ({ cache }) => {
    await cache.keep(entry("old", { keepUntil: 5_000 }), signal);
    await cache.keep(entry("older", { storedAt: 900, keepUntil: 5_001 }), signal);
    await cache.keep(entry("now", { storedAt: 5_000, keepUntil: 90_000 }), signal);
    deepEqual(await keysOf(cache), ["digest of now", "digest of older"]);
  },
  "lets go of those from the future first": async ({ cache }) => {
    for (const [key, storedAt] of [
      ["future", 9_000],
      ["a", 1_000],
      ["b", 2_000],
      ["c", 3_000],
    ] as const)
      await cache.keep(entry(key, { storedAt, keepUntil: 90_000 }), signal);
    deepEqual(await keysOf(cache), ["digest of c", "digest of b", "digest of a"]);
  },
  "keeps no answer that is too long, and makes room for long ones": async ({ cache }) => {
    await cache.keep(entry("a", { storedAt: 1_000 }), signal);
    await cache.keep(entry("too long", { answer: "x".repeat(1_001), storedAt: 2_000 }), signal);
    deepEqual(await keysOf(cache), ["digest of a"]);
    for (const [place, key] of ["b", "c"].entries())
      await cache.keep(entry(key, { answer: "x".repeat(900), storedAt: 3_000 + place }), signal);
    deepEqual(await keysOf(cache), ["digest of c", "digest of b"]);
  },
};

/** Everything a cache of answers must do, as tests. `open` makes an empty one with these bounds. */
export function answerCacheContract(
  test: (name: string, body: () => Promise<void>) => void,
  open: (bounds: typeof BOUNDS) => Promise<CacheSubject>,
): void {
  for (const [name, check] of Object.entries(cases))
    test(name, async () => {
      const subject = await open(BOUNDS);
      try {
        await check(subject);
      } finally {
        await subject.close();
      }
    });
}

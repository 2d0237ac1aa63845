import { expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.ts";

const take = (seed: number, count: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => random());
};

test("a seed gives one sequence, another seed another", () => {
  expect(take(7, 100)).toEqual(take(7, 100));
  expect(take(7, 100)).not.toEqual(take(8, 100));
});

test("numbers are spread evenly over [0, 1)", () => {
  const buckets = Array.from({ length: 10 }, () => 0);
  for (const number of take(1, 100_000)) {
    expect(number >= 0 && number < 1).toBe(true);
    const bucket = Math.floor(number * 10);
    buckets[bucket] = (buckets[bucket] ?? 0) + 1;
  }
  for (const count of buckets) expect(Math.abs(count - 10_000)).toBeLessThan(500);
});

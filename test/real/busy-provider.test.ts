/** Two workers against a provider that takes two calls at once (PX-11): nothing fails. */
import { expect, test } from "vitest";
import { planAgainst } from "../../bench/narrow-provider.mjs";

test("stages over two workers find out how many calls a provider takes", async () => {
  const { statuses, partial, served, refused } = await planAgainst({
    room: 2,
    callMs: 400,
    stages: 4,
  });
  expect(statuses).toEqual(["gate", "gate", "gate", "gate"]);
  expect(partial).toEqual([]);
  expect(served).toBe(28);
  // Sixteen specialists want to begin at once. Figures against fixed numbers: bench/README.md.
  expect(refused).toBeGreaterThan(0);
  expect(refused).toBeLessThan(served);
});

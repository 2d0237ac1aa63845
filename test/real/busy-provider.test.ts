/** Two workers against a provider that takes two calls at once (PX-11): nothing fails, and most of it is used. */
import { expect, test } from "vitest";
import { planAgainst } from "../../bench/narrow-provider.mjs";

test("stages over two workers find out how many calls a provider takes", async () => {
  const room = 2;
  const callMs = 400;
  const { statuses, partial, served, refused, seconds } = await planAgainst({
    room,
    callMs,
    stages: 4,
  });
  expect(statuses).toEqual(["gate", "gate", "gate", "gate"]);
  expect(partial).toEqual([]);
  expect(served).toBe(28);
  // Sixteen specialists want to begin at once. Figures against fixed numbers: bench/README.md.
  expect(refused).toBeGreaterThan(0);
  expect(refused).toBeLessThan(served);
  expect(served / seconds).toBeGreaterThan((0.4 * room * 1_000) / callMs);
});

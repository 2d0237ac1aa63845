import assert from "node:assert/strict";
import { test } from "node:test";
import { add, allocate, money } from "../src/money.js";

const minors = (amount, weights) =>
  allocate(money(amount, "EUR"), weights).map(({ minor }) => Number(minor));

test("parts sum up to the whole; the first get what is left over", () => {
  assert.deepEqual(minors(100, [1, 1, 1]), [34, 33, 33]);
  assert.deepEqual(minors(-100, [1, 1, 1]), [-34, -33, -33]);
  assert.deepEqual(minors(5, [3, 7]), [2, 3]);
  assert.deepEqual(minors(100, [0, 1]), [0, 100]);
});

test("no cent is lost, whatever the weights", () => {
  for (let amount = -50; amount <= 50; amount += 7)
    for (const weights of [[1], [1, 2, 3], [5, 0, 5], [9, 1, 1, 1]]) {
      const whole = money(amount, "EUR");
      assert.deepEqual(allocate(whole, weights).reduce(add), whole);
    }
});

test("weights that say nothing are refused", () => {
  for (const weights of [[], [0, 0], [1, -1], [0.5]])
    assert.throws(() => allocate(money(1, "EUR"), weights), /weights/);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { add, formatMoney, money, negate, parseMoney } from "../src/money.js";

test("amounts are read and written exactly, with the digits of their currency", () => {
  for (const text of ["4.20 EUR", "-0.05 EUR", "1200 JPY", "0.125 KWD", "90071992547409.93 USD"])
    assert.equal(formatMoney(parseMoney(text)), text);
  assert.equal(formatMoney(parseMoney("7 EUR")), "7.00 EUR");
  for (const text of ["", "4,20 EUR", "4.20", "4.205 EUR", "1.5 JPY", "EUR 4"])
    assert.throws(() => parseMoney(text));
});

test("sums keep their currency", () => {
  assert.deepEqual(add(money(10, "EUR"), negate(money(30, "EUR"))), money(-20, "EUR"));
  assert.throws(() => add(money(1, "EUR"), money(1, "USD")), /can't be added/);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { isWithin, parentsOf } from "../src/accounts.js";

test("parents are listed from the root down", () => {
  assert.deepEqual(parentsOf("Expenses:Home:Rent"), ["Expenses", "Expenses:Home"]);
  assert.deepEqual(parentsOf("Assets"), []);
});

test("an account lies in itself and in its parents, not in one that only begins alike", () => {
  assert.ok(isWithin("Expenses:Home:Rent", "Expenses:Home"));
  assert.ok(isWithin("Expenses", "Expenses"));
  assert.ok(!isWithin("Expenses:Homely", "Expenses:Home"));
});

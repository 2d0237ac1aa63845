import assert from "node:assert/strict";
import { test } from "node:test";
import { inRange, isDay, monthOf } from "../src/dates.js";

test("days are those of the calendar", () => {
  for (const day of ["2026-05-31", "2024-02-29", "2000-02-29"]) assert.ok(isDay(day), day);
  for (const day of ["2026-02-29", "1900-02-29", "2026-13-01", "2026-04-31", "2026-4-1", ""])
    assert.ok(!isDay(day), day);
});

test("ranges have their first day and not their last", () => {
  assert.ok(inRange("2026-05-01", "2026-05-01", "2026-06-01"));
  assert.ok(!inRange("2026-06-01", "2026-05-01", "2026-06-01"));
  assert.ok(inRange("1999-01-01"));
  assert.equal(monthOf("2026-05-03"), "2026-05");
});

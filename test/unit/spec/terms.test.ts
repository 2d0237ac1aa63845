import { expect, test } from "vitest";
import { numbersOf } from "../../../src/spec/numbers.ts";
import { stemOf, termsOf } from "../../../src/spec/terms.ts";

test.each([
  ["The system MUST reject expired tokens (FR-012)", ["system", "reject", "expired", "token"]],
  ["refundWindowHours and user_id", ["refund", "window", "hour", "user", "id"]],
  [
    "Le système doit créer les comptes d'utilisateurs",
    ["systeme", "creer", "compte", "utilisateur"],
  ],
  ["cities, boxes, passes, status, access", ["city", "box", "pass", "status", "access"]],
  ["予約を表示", ["予約", "約を", "を表", "表示"]],
  ["", []],
])("termsOf(%j)", (text, terms) => {
  expect(termsOf(text)).toEqual(terms);
});

test("one stem for the forms of a word", () => {
  expect(new Set(["rejects", "rejected", "rejecting", "rejection"].map(stemOf)).size).toBe(1);
});

test.each([
  ["within 30 minutes", 1800, "seconds", "max"],
  ["at least 8 characters", 8, "character", "min"],
  ["no more than 2 attempts", 2, "attempt", "max"],
  ["no less than 3 days", 259_200, "seconds", "min"],
  ["default 20 items", 20, "item", "default"],
  ["≤ 500 caractères", 500, "caractere", "max"],
  ["1.5 h", 5400, "seconds", "exact"],
  ["95% of users", 95, "percent", "exact"],
  ["up to 5 MB", 5_000_000, "bytes", "max"],
  ["1,000 users", 1000, "user", "exact"],
])("numbersOf(%j)", (text, value, unit, bound) => {
  expect(numbersOf(text)).toMatchObject([{ value, unit, bound }]);
});

test("ids, versions and bare numbers are no quantities", () => {
  expect(numbersOf("FR-012 uses TLS 1.3 on port 443, v2 of SC-001")).toEqual([]);
});

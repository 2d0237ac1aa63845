/** Titles of work and targets of criteria: whole clauses in the spec's own words. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { measureIn } from "../../../src/adapters/agents/builtin/requirements/measure.ts";
import { cutAtClause } from "../../../src/adapters/agents/builtin/text/clause.ts";
import { deedOf } from "../../../src/adapters/agents/builtin/text/deed.ts";

const SUBJECTS = { people: new Set(["borrower"]), systems: new Set(["orca"]) };

test.each([
  [
    "Members MUST sign in with e-mail and password before they reserve; a password has at least 12 characters",
    "Sign in with e-mail and password before they reserve",
  ],
  [
    "Only volunteers MUST be able to hand out tools, take them back and release damaged ones",
    "Let only volunteers hand out tools, take them back and release damaged ones",
  ],
  [
    "Treasurers MUST be able to export refunds as CSV [NEEDS CLARIFICATION: which columns does the accountant need?]",
    "Export refunds as CSV",
  ],
  ["Borrowers MUST return a book within two weeks", "Return a book within two weeks"],
  ["Orca MUST provide a list of lanes", "Provide a list of lanes"],
  ["The system MUST NOT log passwords", "Never log passwords"],
  ["Passwords MUST be hashed", "Passwords MUST be hashed"],
  [
    "When a parent approves a request, the system MUST withdraw the funds",
    "Withdraw the funds when a parent approves a request",
  ],
  [
    "If lane ownership changes while a deployment still exists, the system MUST surface the mismatch and MUST NOT treat the old owner as current",
    "Surface the mismatch if lane ownership changes while a deployment still exists",
  ],
  [
    "System MUST keep hand-outs and returns made without a network and send each exactly once when the network is back",
    "Keep hand-outs and returns made without a network and send each exactly once",
  ],
])("%s", (statement, title) => {
  expect(deedOf(statement, SUBJECTS)).toBe(title);
});

test.each([
  [
    "Late returns fall from 22 % to below 10 % within three months",
    "from 22 % to below 10 %; within three months",
  ],
  [
    "No tool is promised twice in the first 1,000 reservations",
    "none in the first 1,000 reservations",
  ],
  ["Every deposit of a month is found in the export with its refund", "every deposit of a month"],
  ["95 % of members reserve a tool in under 2 minutes", "95 % of members; under 2 minutes"],
  ["100% of approved requests result in a deduction", "100% of approved requests"],
  [
    "A visitor finds an event in fewer than 3 interactions (load, click)",
    "fewer than 3 interactions",
  ],
  ["Zero passwords appear in logs", "zero passwords appear in logs"],
  ["Refunds arrive within one working day", "within one working day"],
  ["Members find the library pleasant in one place", null],
])("target of: %s", (statement, target) => {
  expect(measureIn(statement)).toBe(target);
});

const words = fc
  .array(
    fc.constantFrom(
      "tool",
      "before",
      "and",
      "with",
      "reservation",
      "of",
      "(desk",
      "shown)",
      "until;",
      "e.g.",
      "a",
    ),
    {
      minLength: 1,
      maxLength: 60,
    },
  )
  .map((list) => list.join(" "));

test("a title ends at the end of a word and is the beginning of what is said, brackets aside", () => {
  fc.assert(
    fc.property(words, (text) => {
      const title = cutAtClause(text);
      expect(title.length).toBeLessThanOrEqual(100);
      const said = new Set(text.split(/[\s();.,]+/));
      expect(title.split(/[\s();.,]+/).filter((word) => !said.has(word))).toEqual([]);
    }),
  );
});

test("a target never ends within a word", () => {
  fc.assert(
    fc.property(fc.constantFrom("No", "Every", "All", "Zero", "The"), words, (first, rest) => {
      const target = measureIn(`${first} ${rest}`) ?? "";
      const said = new Set(`none in ${first.toLowerCase()} ${rest}`.split(/[\s();.,]+/));
      expect(target.split(/[\s();.,]+/).filter((word) => word !== "" && !said.has(word))).toEqual(
        [],
      );
    }),
  );
});

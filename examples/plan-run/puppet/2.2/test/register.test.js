import assert from "node:assert/strict";
import { test } from "node:test";
import { parseJournal } from "../src/journal.js";
import { formatMoney } from "../src/money.js";
import { registerOf } from "../src/register.js";

const entries = parseJournal(
  [
    "2026-05-09 Late\n  A:B  1.00 EUR\n  C  -1.00 EUR\n",
    "2026-05-01 Early\n  A:B:C  2.00 EUR\n  A:X  -2.00 EUR\n",
    "2026-05-01 Second\n  A:B  0.50 USD\n  C  -0.50 USD\n",
  ].join("\n"),
);

test("postings are in the order of days, with a balance for each currency", () => {
  assert.deepEqual(
    registerOf(entries, "A:B").map(({ payee, amount, balance }) =>
      [payee, formatMoney(amount), formatMoney(balance)].join(" "),
    ),
    ["Early 2.00 EUR 2.00 EUR", "Second 0.50 USD 0.50 USD", "Late 1.00 EUR 3.00 EUR"],
  );
});

test("a range leaves the rest out", () => {
  assert.equal(registerOf(entries, "A", { until: "2026-05-09" }).length, 3);
  assert.equal(registerOf(entries, "C", { from: "2026-05-09" }).length, 1);
});

import { parentsOf } from "./accounts.js";
import { inRange } from "./dates.js";
import { add } from "./money.js";

/**
 * Balances of all accounts of a journal, each with all that lies in it, sorted by name: `[account, amounts]`, one amount for each
 * currency that is not nothing. `from` and `until` (not in it) bound the days.
 */
export function balancesOf(entries, { from, until } = {}) {
  const sums = new Map();
  for (const { date, postings } of entries)
    if (inRange(date, from, until))
      for (const { account, amount } of postings)
        for (const each of [...parentsOf(account), account]) book(sums, each, amount);
  return [...sums]
    .map(([account, amounts]) => [account, [...amounts.values()].filter(({ minor }) => minor !== 0n)])
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
}

function book(sums, account, amount) {
  const amounts = sums.get(account) ?? new Map();
  const before = amounts.get(amount.currency);
  amounts.set(amount.currency, before ? add(before, amount) : amount);
  sums.set(account, amounts);
}

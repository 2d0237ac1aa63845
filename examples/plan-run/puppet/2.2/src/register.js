import { isWithin } from "./accounts.js";
import { inRange } from "./dates.js";
import { add } from "./money.js";

/**
 * All postings to an account and what lies in it, by day, each with the balance of its currency after it. Of one day the order of the
 * journal holds.
 */
export function registerOf(entries, account, { from, until } = {}) {
  const running = new Map();
  return entries
    .filter(({ date }) => inRange(date, from, until))
    .toSorted((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : 0))
    .flatMap(({ date, payee, postings }) =>
      postings
        .filter((posting) => isWithin(posting.account, account))
        .map(({ account: name, amount }) => {
          const before = running.get(amount.currency);
          const balance = before ? add(before, amount) : amount;
          running.set(amount.currency, balance);
          return { date, payee, account: name, amount, balance };
        }),
    );
}

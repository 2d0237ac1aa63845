import { balancesOf } from "./balance.js";
import { monthOf } from "./dates.js";
import { allocate, money } from "./money.js";

/**
 * What was spent in a month (`2026-05`) against what was meant: for each account of `shares` (account → weight) its part of the `total`, what was
 * spent, and what is left.
 */
export function compareBudget(entries, { month, total, shares }) {
  const accounts = Object.keys(shares);
  const parts = allocate(total, Object.values(shares));
  const spent = new Map(balancesOf(entries.filter(({ date }) => monthOf(date) === month)));
  return accounts.map((account, index) => {
    const amounts = spent.get(account) ?? [];
    const used =
      amounts.find(({ currency }) => currency === total.currency) ?? money(0, total.currency);
    const meant = parts[index];
    return { account, meant, spent: used, left: money(meant.minor - used.minor, total.currency) };
  });
}

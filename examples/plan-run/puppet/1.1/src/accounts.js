/** Names of accounts are paths in a tree: `Expenses:Home:Rent` lies in `Expenses:Home`. */

/** What an account lies in, from the root down: `["Expenses", "Expenses:Home"]`. */
export function parentsOf(account) {
  const parts = account.split(":");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join(":"));
}

/** Whether an account is the other one, or lies in it. */
export const isWithin = (account, other) => account === other || account.startsWith(`${other}:`);

import { parseCsv } from "./csv.js";
import { isDay } from "./dates.js";
import { formatMoney, negate, parseMoney } from "./money.js";

/**
 * Entries of what a bank writes (columns Date, Payee, Amount), as text of a journal. What comes in or goes out stands against `other`
 * until a person sorts it. Throws for a row that can't be read, with its number.
 */
export function importBank(text, { account, currency, other = "Expenses:Unsorted" }) {
  return parseCsv(text)
    .map(({ Date: date = "", Payee: payee = "", Amount: amount = "" }, index) => {
      if (!isDay(date)) throw new Error(`row ${index + 1}: not a day: ${date}`);
      const booked = parseMoney(`${amount} ${currency}`);
      const lines = [
        [account, booked],
        [other, negate(booked)],
      ].map(([name, each]) => `  ${name}  ${formatMoney(each)}\n`);
      return `${date} ${payee.replaceAll(/\s+/g, " ").trim() || "?"}\n${lines.join("")}`;
    })
    .join("\n");
}

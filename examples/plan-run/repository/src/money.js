/** Exact amounts: a whole number of the smallest unit of a currency, never floating point. */

const DIGITS = new Map([
  ["JPY", 0],
  ["KRW", 0],
  ["KWD", 3],
]);

/** How many digits a currency has after the point. */
export const digitsOf = (currency) => DIGITS.get(currency) ?? 2;

/** An amount of `minor` units: `money(420, "EUR")` is 4.20 EUR. */
export const money = (minor, currency) =>
  Object.freeze({ minor: BigInt(minor), currency });

const AMOUNT = /^(-?)(\d{1,15})(?:\.(\d{1,4}))?\s{1,20}([A-Z]{3})$/;

/** Read an amount such as `-4.20 EUR`. Throws for anything else, and for more digits than the currency has. */
export function parseMoney(text) {
  const [, sign, whole, fraction = "", currency] = AMOUNT.exec(text.trim()) ?? [];
  if (currency === undefined) throw new Error(`not an amount: ${text}`);
  const digits = digitsOf(currency);
  if (fraction.length > digits) throw new Error(`${currency} has ${digits} digits after the point: ${text}`);
  const minor = BigInt(whole + fraction.padEnd(digits, "0"));
  return money(sign === "-" ? -minor : minor, currency);
}

/** The amount as text: `-4.20 EUR`. */
export function formatMoney({ minor, currency }) {
  const digits = digitsOf(currency);
  const text = String(minor < 0n ? -minor : minor).padStart(digits + 1, "0");
  const at = text.length - digits;
  const point = digits === 0 ? "" : `.${text.slice(at)}`;
  return `${minor < 0n ? "-" : ""}${text.slice(0, at)}${point} ${currency}`;
}

/** The sum of two amounts of one currency. */
export function add(one, other) {
  if (one.currency !== other.currency)
    throw new Error(`${one.currency} and ${other.currency} can't be added`);
  return money(one.minor + other.minor, one.currency);
}

export const negate = ({ minor, currency }) => money(-minor, currency);

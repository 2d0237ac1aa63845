/** Days are texts, `2026-05-03`: they have no time of day, so no time zone can move them. */

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Whether a text is a day that the calendar has. */
export function isDay(text) {
  const [, year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []).map(Number);
  if (year === undefined || month < 1 || month > 12) return false;
  return day >= 1 && day <= DAYS[month - 1] + (month === 2 && isLeap(year) ? 1 : 0);
}

/** The month of a day: `2026-05`. */
export const monthOf = (date) => date.slice(0, 7);

/** Whether a day is not before `from` and before `until`; what is left out bounds nothing. */
export const inRange = (date, from = "", until = "9999-99-99") => date >= from && date < until;

import { workText } from "../../core/work-text.ts";
import type { Span } from "../../schedule/answers/schedule-answer.ts";
import type { LocalTime } from "../../schedule/project/project.ts";

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;

/** `Mon 2024-01-08 09:00` */
export function timeText(time: LocalTime): string {
  const [day = "", hour = ""] = time.split("T");
  const weekday = WEEKDAYS[new Date(`${day}T00:00Z`).getUTCDay()] ?? "";
  return `${weekday} ${day} ${hour}`.trim();
}

/** `01-08 09:00`: for columns. */
export function shortTime(time: LocalTime): string {
  const [day = "", hour = ""] = time.split("T");
  return `${day.slice(5)} ${hour}`.trim();
}

/** `2.4`, `118` */
export const figure = (value: number): string =>
  Math.abs(value) >= 100 ? String(Math.round(value)) : String(Math.round(value * 10) / 10);

export const percentText = (value: number): string => `${figure(value)} %`;

/** Working days, and hours where it is less than two of them. */
export const spanText = ({ minutes, days }: Span): string =>
  Math.abs(days) < 2 ? hoursText(minutes) : `${figure(days)} days`;

/** Work of a day or two, in hours: how long a day is differs. */
const hoursText = (minutes: number): string => {
  const whole = Math.round(Math.abs(minutes));
  const [hours, rest] = [Math.floor(whole / 60), whole % 60];
  if (hours === 0) return workText(whole);
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
};

/** `1 person`, `2 people` */
export const counted = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`;

/** `10,000` */
export const thousands = (value: number): string => Math.round(value).toLocaleString("en-US");

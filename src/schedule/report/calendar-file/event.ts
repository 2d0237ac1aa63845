import { Zone } from "../../project/zone.ts";
import { contentLine, textValue } from "./content-line.ts";
import { dateTime, isUtc } from "./time-zone.ts";

const DAY = 1_440;

/** What a VEVENT is made of. Texts are raw. */
export interface CalendarEvent {
  readonly uid: string;
  readonly summary: string;
  /** One statement each. */
  readonly description: readonly string[];
  readonly category: "meeting" | "sync point" | "milestone" | "deadline";
  readonly when: When;
}

export type When =
  /** Local to a zone, in minutes since 1970-01-01T00:00 there. */
  | {
      readonly kind: "time";
      readonly zone: string;
      readonly local: number;
      readonly minutes: number;
      readonly again?: Again;
    }
  /** Days since 1970-01-01. */
  | { readonly kind: "day"; readonly day: number };

/** Held again on such weekdays until a day; not on some. */
export interface Again {
  readonly weekdays: readonly number[];
  readonly last: number;
  readonly skipped: readonly number[];
}

const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;

export function eventLines(event: CalendarEvent, stamp: string): string {
  return [
    contentLine("BEGIN", "VEVENT"),
    contentLine("UID", event.uid),
    contentLine("DTSTAMP", stamp),
    ...whenLines(event.when),
    contentLine("SUMMARY", textValue(event.summary)),
    ...(event.description.length > 0
      ? [contentLine("DESCRIPTION", textValue(event.description.join("\n")))]
      : []),
    contentLine("CATEGORIES", textValue(event.category)),
    contentLine("END", "VEVENT"),
  ].join("");
}

function whenLines(when: When): readonly string[] {
  if (when.kind === "day")
    return [
      contentLine("DTSTART;VALUE=DATE", dateOf(when.day)),
      contentLine("DTEND;VALUE=DATE", dateOf(when.day + 1)),
      // Milestones take nobody's time.
      contentLine("TRANSP", "TRANSPARENT"),
    ];
  const { zone, local, minutes, again } = when;
  const [suffix, parameter] = isUtc(zone) ? ["Z", ""] : ["", `;TZID=${zone}`];
  const time = (at: number) => `${dateTime(at)}${suffix}`;
  return [
    contentLine(`DTSTART${parameter}`, time(local)),
    ...(minutes > 0 ? [contentLine(`DTEND${parameter}`, time(local + minutes))] : []),
    ...(again ? [contentLine("RRULE", ruleOf(again, zone, local))] : []),
    ...(again?.skipped ?? []).map((day) =>
      contentLine(`EXDATE${parameter}`, time(day * DAY + (local % DAY))),
    ),
  ];
}

/** UNTIL is in UTC where the start has a zone (RFC 5545 §3.3.10). */
function ruleOf({ weekdays, last }: Again, zone: string, local: number): string {
  const until = dateTime(new Zone(zone).instantOf(last * DAY + (local % DAY)));
  const days = weekdays.map((day) => WEEKDAYS[day - 1] ?? "MO");
  return `FREQ=WEEKLY;UNTIL=${until}Z;BYDAY=${days.join(",")}`;
}

const dateOf = (day: number): string => dateTime(day * DAY).slice(0, 8);

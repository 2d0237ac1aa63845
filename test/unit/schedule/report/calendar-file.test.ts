import fc from "fast-check";
import { expect, test } from "vitest";
import {
  contentLine,
  textValue,
} from "../../../../src/schedule/report/calendar-file/content-line.ts";
import { meetingDays } from "../../../../src/schedule/report/calendar-file/meeting-days.ts";
import { writeCalendarFile } from "../../../../src/schedule/report/calendar-file/write-calendar-file.ts";
import { factsOf } from "../../../../src/schedule/report/facts.ts";
import { EXAMPLE } from "./example.ts";
import { exampleWriting } from "./example-writing.ts";
import { readCalendar, readText } from "./read-calendar.ts";

const file = (project = EXAMPLE) => writeCalendarFile(factsOf(exampleWriting(project)));
const events = (text = file()) => readCalendar(text).parts.filter(({ name }) => name === "VEVENT");
const titled = (title: string, text = file()) =>
  events(text).find(({ lines }) => lines.get("SUMMARY")?.[0] === title);

/** Of one to four octets a character, long enough to be folded. */
const long = fc
  .array(
    fc.oneof(
      fc.constantFrom("a", "é", "名", "😀", "\\", ";", "\n"),
      fc.string({ unit: "grapheme" }),
    ),
    {
      minLength: 40,
      maxLength: 200,
    },
  )
  .map((parts) => parts.join(""));

test("texts survive folding and escaping", () => {
  fc.assert(
    fc.property(long, (text) => {
      const line = contentLine("SUMMARY", textValue(text));
      const read = readCalendar(`BEGIN:VEVENT\r\n${line}END:VEVENT\r\n`);
      const clean = readText(read.lines.get("SUMMARY")?.[0] ?? "");
      expect(clean).toBe(readText(textValue(text)));
      if (/^[\p{L}\p{N};,\\ ]*$/u.test(text)) expect(clean).toBe(text);
    }),
  );
});

test("a meeting of every working day is not held on holidays and weekends", () => {
  const standup = titled("Standup of all parallel teams");
  expect(standup?.lines.get("DTSTART")).toEqual(["20240318T090000"]);
  expect(standup?.lines.get("RRULE")?.[0]).toMatch(
    /^FREQ=WEEKLY;UNTIL=202404\d\dT070000Z;BYDAY=MO,TU,WE,TH,FR$/,
  );
  expect(standup?.lines.get("EXDATE")).toEqual(["20240329T090000", "20240401T090000"]);
});

test("a weekly one begins on its weekday", () => {
  const weekly = titled("Integration coordination");
  expect(weekly?.lines.get("DTSTART")).toEqual(["20240322T140000"]);
  expect(weekly?.lines.get("RRULE")?.[0]).toContain("BYDAY=FR");
  expect(weekly?.lines.get("EXDATE")).toEqual(["20240329T140000"]);
});

test("a meeting is held as often as the strategy counts", () => {
  const { coordination, project } = exampleWriting(EXAMPLE).strategy;
  expect(coordination.communications.length).toBeGreaterThan(2);
  for (const each of coordination.communications)
    expect(meetingDays(project, each).days).toHaveLength(each.occurrences);
});

test("clocks that change within the plan are told", () => {
  const zone = readCalendar(file()).parts.find(({ name }) => name === "VTIMEZONE");
  expect(zone?.lines.get("TZID")).toEqual(["Europe/Berlin"]);
  const summer = zone?.parts.find(({ lines }) => lines.get("DTSTART")?.[0] === "20240331T020000");
  expect(summer?.name).toBe("DAYLIGHT");
  expect(summer?.lines.get("TZOFFSETFROM")).toEqual(["+0100"]);
  expect(summer?.lines.get("TZOFFSETTO")).toEqual(["+0200"]);
});

test("in UTC no zone is needed", () => {
  const calendars = EXAMPLE.calendars.map((each) => ({ ...each, zone: "UTC" }));
  const text = file({ ...EXAMPLE, zone: "UTC", calendars });
  expect(text).not.toContain("TZID");
  expect(titled("Standup of all parallel teams", text)?.lines.get("DTSTART")).toEqual([
    "20240318T090000Z",
  ]);
});

test("events keep their ids when the plan is made anew, and each has its own", () => {
  const ids = (text: string) => events(text).map(({ lines }) => lines.get("UID")?.[0]);
  const later = { ...exampleWriting({ ...EXAMPLE, start: "2024-03-19" }), id: "another" };
  expect(ids(writeCalendarFile(factsOf(later)))).toEqual(ids(file()));
  expect(new Set(ids(file())).size).toBe(events().length);
});

test("a day wanted by is that day, not the next", () => {
  expect(titled("Deadline: Checkout")?.lines.get("DTSTART")).toEqual(["20240426"]);
});

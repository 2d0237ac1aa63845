import fc from "fast-check";
import { expect, test } from "vitest";
import { WavegateError } from "../../../../src/core/error.ts";
import { axisOf, hasWorkingTime } from "../../../../src/schedule/project/axis.ts";
import type { Calendar } from "../../../../src/schedule/project/calendar.ts";
import type { Project } from "../../../../src/schedule/project/project.ts";
import { allHours, office, person, project, team } from "./samples.ts";

const utc = (text: string) => Date.parse(`${text}Z`) / 60_000;
const shown = (instant: number) => new Date(instant * 60_000).toISOString().slice(0, 16);

test("nights, lunch and weekends are not on the axis", () => {
  const axis = axisOf(project());
  expect(shown(axis.startAt(0))).toBe("2024-01-01T08:00");
  expect(shown(axis.endAt(180))).toBe("2024-01-01T11:00");
  expect(shown(axis.startAt(180))).toBe("2024-01-01T12:00");
  expect(shown(axis.endAt(5 * 480))).toBe("2024-01-05T17:00");
  expect(shown(axis.startAt(5 * 480))).toBe("2024-01-08T08:00");
  expect(axis.positionOf(utc("2024-01-06T12:00"))).toBe(5 * 480);
  expect(axis.positionOf(utc("2023-12-01T12:00"))).toBe(0);
});

test("clocks that change: nine o'clock stays nine o'clock", () => {
  const axis = axisOf(project({ start: "2024-03-29" }));
  expect(shown(axis.startAt(0))).toBe("2024-03-29T08:00");
  expect(shown(axis.startAt(480))).toBe("2024-04-01T07:00");
});

test("two zones: their union is the axis, what is not one's own time is an absence", () => {
  const [ann, joe] = [person("ann"), person("joe", { calendar: "America/New_York" })];
  const axis = axisOf(
    project({
      teams: [team("core", [ann, joe])],
      calendars: [office("Europe/Berlin"), office("America/New_York")],
    }),
  );
  // Berlin 8–11 and 12–17, New York 14–17 and 18–23 (UTC)
  expect(axis.absencesOf(ann, 840)).toStrictEqual([{ from: 480, to: 780 }]);
  expect(axis.absencesOf(joe, 840)).toStrictEqual([
    { from: 0, to: 300 },
    { from: 780, to: 840 },
  ]);
  expect(shown(axis.startAt(480))).toBe("2024-01-01T18:00");
});

test("holidays and days away: the first are not on the axis, the second are absences", () => {
  const ann = person("ann", { away: [{ from: "2024-01-02", to: "2024-01-03" }] });
  const calendar: Calendar = { ...office("Europe/Berlin"), holidays: ["2024-01-01"] };
  const axis = axisOf(
    project({ teams: [team("core", [ann, person("bob")])], calendars: [calendar] }),
  );
  expect(shown(axis.startAt(0))).toBe("2024-01-02T08:00");
  expect(axis.absencesOf(ann, 2_400)).toStrictEqual([{ from: 0, to: 960 }]);
  expect(axis.absencesOf(person("bob"), 2_400)).toStrictEqual([]);
});

test("agents work at all hours: the axis is plain minutes, and people's nights are absences", () => {
  const ann = person("ann");
  const axis = axisOf(
    project({
      teams: [
        team("core", [ann]),
        team("agents", [person("a/1", { calendar: "all hours" })], { kind: "agents" }),
      ],
      calendars: [office("Europe/Berlin"), allHours],
    }),
  );
  expect(axis.startAt(12_345)).toBe(utc("2023-12-31T23:00") + 12_345);
  expect(axis.absencesOf(ann, 1_440)).toStrictEqual([
    { from: 0, to: 540 },
    { from: 720, to: 780 },
    { from: 1_080, to: 1_440 },
  ]);
});

const aProject: fc.Arbitrary<Project> = fc
  .record({
    zones: fc.uniqueArray(
      fc.constantFrom("Europe/Berlin", "Europe/London", "Asia/Kathmandu", "America/New_York"),
      { minLength: 1, maxLength: 3 },
    ),
    days: fc.integer({ min: 1, max: 7 }),
    start: fc.integer({ min: 0, max: 4_000 }),
    away: fc.integer({ min: 0, max: 30 }),
    // One in the hour between midnights, too.
    time: fc.constantFrom("00:30", "09:15", "14:00", "23:30"),
  })
  .map(({ zones, days, start, away, time }) => {
    const day = (count: number) =>
      new Date(Date.UTC(2015, 0, 1 + start + count)).toISOString().slice(0, 10);
    const people = zones.map((zone) => person(zone, { calendar: zone }));
    const [first, ...rest] = people;
    const off = first ? [{ ...first, away: [{ from: day(2), to: day(2 + away) }] }] : [];
    return project({
      start: `${day(0)}T${time}`,
      teams: [team("core", [...off, ...rest])],
      calendars: zones.map((zone) => office(zone, zone, days)),
    });
  });

test("positions and instants: there and back, in order, and no work where nobody works", () => {
  fc.assert(
    fc.property(aProject, fc.array(fc.nat(60_000), { maxLength: 8 }), (some, positions) => {
      const axis = axisOf(some);
      for (const position of positions) {
        const [start, end] = [axis.startAt(position), axis.endAt(position)];
        expect(axis.positionOf(start)).toBe(position);
        expect(axis.positionOf(end)).toBe(position);
        expect(start).toBeGreaterThanOrEqual(end);
        expect(axis.positionOf(start + 1)).toBe(position + 1);
      }
      const sorted = positions.toSorted((a, b) => a - b).map((position) => axis.startAt(position));
      expect(sorted).toStrictEqual(sorted.toSorted((a, b) => a - b));
    }),
    { numRuns: 60 },
  );
});

test("every minute of the axis is somebody's, and a person's minutes are those of the calendar", () => {
  fc.assert(
    fc.property(aProject, (some) => {
      const axis = axisOf(some);
      const until = 24_000;
      const people = some.teams.flatMap((one) => one.people);
      const free = new Uint8Array(until);
      for (const one of people) {
        const there = new Uint8Array(until).fill(1);
        for (const { from, to } of axis.absencesOf(one, until)) there.fill(0, from, to);
        for (let at = 0; at < until; at++) if (there[at] === 1) free[at] = 1;
        const clock = new Intl.DateTimeFormat("en-GB", {
          timeZone: one.calendar,
          hour: "2-digit",
          hourCycle: "h23",
        });
        const hours = new Set<number>();
        for (let at = 0; at < until; at += 97)
          if (there[at] === 1) hours.add(Number(clock.format(axis.startAt(at) * 60_000)));
        expect([...hours].filter((hour) => hour < 9 || hour > 17 || hour === 12)).toStrictEqual([]);
      }
      expect(free.every((minute) => minute === 1)).toBe(true);
    }),
    { numRuns: 25 },
  );
});

test("no minute of anybody's is left out", () => {
  fc.assert(
    fc.property(aProject, (some) => {
      const axis = axisOf(some);
      const start = axis.startAt(0);
      const left: number[] = [];
      for (const { calendar: id, away } of some.teams.flatMap((one) => one.people)) {
        const clock = new Intl.DateTimeFormat("sv-SE", {
          timeZone: id,
          dateStyle: "short",
          timeStyle: "short",
        });
        const week = some.calendars.find((one) => one.id === id)?.week ?? [];
        for (let instant = start; instant < start + 90 * 1_440; instant += 53) {
          const [day = "", time = ""] = clock.format(instant * 60_000).split(" ");
          const [hour, minute] = time.split(":").map(Number);
          const at = (hour ?? 0) * 60 + (minute ?? 0);
          const spans = week[(new Date(day).getUTCDay() + 6) % 7] ?? [];
          const works =
            spans.some(({ from, to }) => from <= at && at < to) &&
            !away.some(({ from, to }) => from <= day && day <= to);
          if (works && axis.positionOf(instant + 1) - axis.positionOf(instant) !== 1)
            left.push(instant);
        }
      }
      expect(left).toStrictEqual([]);
    }),
    { numRuns: 25 },
  );
});

test("a calendar without working time is found, and no axis runs on for ever", () => {
  const never: Calendar = { ...office("Europe/Berlin"), week: [[], [], [], [], [], [], []] };
  expect(hasWorkingTime(project({ calendars: [never] }))).toBe(false);
  expect(hasWorkingTime(project())).toBe(true);
  const gone = person("ann", { away: [{ from: "2024-01-03", to: "9999-12-31" }] });
  const axis = axisOf(project({ teams: [team("core", [gone])] }));
  expect(axis.positionOf(utc("2060-01-01T00:00"))).toBe(960);
  expect(() => axis.startAt(960)).toThrow(WavegateError);
  expect(axis.absencesOf(gone, 900)).toStrictEqual([]);
  expect(axis.absencesOf(gone, 2_000)).toStrictEqual([{ from: 960, to: 2_000 }]);
});

test("a hundred years of working time take a moment", () => {
  const axis = axisOf(project());
  expect(shown(axis.startAt(100 * 52 * 2_400))).toMatch(/^2123-/);
});

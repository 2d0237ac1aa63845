import fc from "fast-check";
import { expect, test } from "vitest";
import { readLocalTime, writeLocalTime } from "../../../../src/schedule/project/local-time.ts";
import { isZone, Zone } from "../../../../src/schedule/project/zone.ts";

const utc = (text: string) => Date.parse(`${text}Z`) / 60_000;
const local = (text: string) => readLocalTime(text) ?? Number.NaN;

test.each([
  ["Europe/Berlin", "2024-01-15T09:00", "2024-01-15T08:00"],
  ["Europe/Berlin", "2024-07-15T09:00", "2024-07-15T07:00"],
  ["America/New_York", "2024-01-15T09:00", "2024-01-15T14:00"],
  ["Asia/Kathmandu", "2024-01-15T09:00", "2024-01-15T03:15"],
  ["Pacific/Kiritimati", "2024-01-01T00:00", "2023-12-31T10:00"],
  ["Pacific/Pago_Pago", "2024-01-01T00:00", "2024-01-01T11:00"],
  ["Australia/Lord_Howe", "2024-01-15T09:00", "2024-01-14T22:00"],
  ["UTC", "1970-01-01", "1970-01-01T00:00"],
])("%s: %s is %sZ", (name, there, instant) => {
  const zone = new Zone(name);
  expect(zone.instantOf(local(there))).toBe(utc(instant));
  expect(zone.localAt(utc(instant))).toBe(local(there));
});

test.each([
  // 02:00 to 03:00 is not there: the moment after.
  ["Europe/Berlin", "2024-03-31T01:59", "2024-03-31T00:59"],
  ["Europe/Berlin", "2024-03-31T02:00", "2024-03-31T01:00"],
  ["Europe/Berlin", "2024-03-31T02:30", "2024-03-31T01:00"],
  ["Europe/Berlin", "2024-03-31T03:00", "2024-03-31T01:00"],
  ["Europe/Berlin", "2024-03-31T03:01", "2024-03-31T01:01"],
  // 02:00 to 03:00 is there twice: the first one.
  ["Europe/Berlin", "2024-10-27T02:30", "2024-10-27T00:30"],
  ["Europe/Berlin", "2024-10-27T03:00", "2024-10-27T02:00"],
  // Half an hour.
  ["Australia/Lord_Howe", "2024-10-06T02:15", "2024-10-05T15:30"],
  // A day that was left out.
  ["Pacific/Apia", "2011-12-30T12:00", "2011-12-30T10:00"],
  ["Pacific/Apia", "2011-12-31T00:00", "2011-12-30T10:00"],
])("%s: clocks change at %s", (name, there, instant) => {
  expect(new Zone(name).instantOf(local(there))).toBe(utc(instant));
});

test("the first instant that shows a time or a later one, whatever zone and year; later times are not earlier", () => {
  const names = [
    "Europe/Berlin",
    "America/St_Johns",
    "Africa/Casablanca",
    "Australia/Lord_Howe",
    "Asia/Tehran",
    "Pacific/Apia",
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.integer({ min: utc("1975-01-01T00:00"), max: utc("2045-01-01T00:00") }),
      fc.integer({ min: 0, max: 200 }),
      (name, time, more) => {
        const zone = new Zone(name);
        const instant = zone.instantOf(time);
        expect(zone.localAt(instant)).toBeGreaterThanOrEqual(time);
        expect(zone.localAt(instant - 1)).toBeLessThan(time);
        expect(zone.instantOf(time + more)).toBeGreaterThanOrEqual(instant);
        expect(zone.instantOf(zone.localAt(instant))).toBeLessThanOrEqual(instant);
      },
    ),
  );
});

test("names of zones", () => {
  expect(["Europe/Berlin", "UTC", "Etc/GMT+5"].every(isZone)).toBe(true);
  expect(["Mars/Base", "", "Europe/Berlin; drop"].some(isZone)).toBe(false);
});

test("local times are dates that are there", () => {
  expect(writeLocalTime(local("2024-02-29T23:59"))).toBe("2024-02-29T23:59");
  const none = [
    "2023-02-29",
    "2024-13-01",
    "2024-00-01",
    "2024-1-1",
    "2024-01-01 09:00",
    "2024-01-01T25:00",
    "2024-01-01T24:01",
    "2024-01-01T09:60",
    "1969-12-31",
    "2024-01-01T09:00Z",
    "",
  ];
  expect(none.filter((text) => readLocalTime(text) !== undefined)).toStrictEqual([]);
});

/** Pictures as files: well formed, with all activities, in their places (WV-11). */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { writeDrawings } from "../../../../src/schedule/report/drawing/write-drawings.ts";
import { Zone } from "../../../../src/schedule/project/zone.ts";
import { timeScale } from "../../../../src/schedule/report/drawing/time-scale.ts";
import { fitted } from "../../../../src/schedule/report/drawing/svg.ts";
import { EXAMPLE } from "./example.ts";
import { exampleWriting } from "./example-writing.ts";
import { readMarkup } from "./read-markup.ts";

const GOLDEN = path.resolve(import.meta.dirname, "../../../golden/schedule");
const writing = exampleWriting(EXAMPLE);
const drawings = writeDrawings(writing);
const file = (name: string) => drawings.get(`${name}.svg`) ?? "";
const titles = (svg: string) =>
  [...svg.matchAll(/<title>([^<]*)<\/title>/g)].map(([, each = ""]) => each);

test.each([...drawings.keys()])("%s", (name) => {
  const svg = drawings.get(name) ?? "";
  const golden = path.join(GOLDEN, name);
  if (process.env["UPDATE_GOLDEN"]) {
    mkdirSync(GOLDEN, { recursive: true });
    writeFileSync(golden, svg);
  }
  expect(svg).toBe(readFileSync(golden, "utf8"));
  expect(readMarkup(svg).names.filter((each) => each === "svg")).toHaveLength(1);
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
});

test.each(["gantt-people", "gantt-tasks", "graph"])("every activity is told of in %s", (name) => {
  const told = titles(file(name));
  for (const { id, title } of EXAMPLE.activities)
    expect(told.some((each) => each.startsWith(`${id} ${title};`))).toBe(true);
});

test("bars are as long as their bookings, on one scale", () => {
  const { bookings } = writing.strategy.schedule;
  const bars = [
    ...file("gantt-tasks").matchAll(
      /<title>(T\d+) [^<]*<\/title><rect class="box" x="([\d.]+)" y="5" width="([\d.]+)"/g,
    ),
  ];
  expect(bars).toHaveLength(EXAMPLE.activities.length - 1);
  const ratios = bars.map(([, id, , width]) => {
    const { start, end } = bookings.find(({ activity }) => activity === id)!;
    return Number(width) / (end - start);
  });
  for (const ratio of ratios) expect(ratio).toBeCloseTo(ratios[0]!, 3);
});

test("a weekend and the holidays around Easter are shaded once each", () => {
  const grid = file("load");
  const off = [...grid.matchAll(/<rect class="off" x="([\d.]+)" y="46" width="([\d.]+)"/g)];
  expect(off.map(([, x]) => Number(x)).toSorted((a, b) => a - b)).toHaveLength(3);
  const widths = off.map(([, , width]) => Math.round(Number(width) / (900 / 23)));
  expect(widths).toEqual([2, 4, 2]);
});

test("days on which one person is away are shaded in that row", () => {
  const teams = EXAMPLE.teams.map((team) => ({
    ...team,
    people: team.people.map((each) =>
      each.id === "dan" ? { ...each, away: [{ from: "2024-03-19", to: "2024-03-20" }] } : each,
    ),
  }));
  const drawn = writeDrawings(exampleWriting({ ...EXAMPLE, teams })).get("gantt-people.svg") ?? "";
  const away = /<rect class="off" x="([\d.]+)" y="0" width="([\d.]+)" height="26"/.exec(drawn);
  const [day, width] = [900 / 23, Number(away?.[2])];
  expect(Number(away?.[1]) / day).toBeCloseTo(1, 1);
  expect(width / day).toBeCloseTo(2, 1);
});

const berlin = new Zone("Europe/Berlin");
const at = (text: string) => Date.parse(text) / 60_000;

test.each([
  ["2024-03-18T08:00Z", "2024-03-18T12:00Z", "09:00", "2024-03-18"],
  ["2024-03-18T08:00Z", "2024-04-08T12:00Z", "18", "2024-03"],
  ["2024-03-18T08:00Z", "2024-09-08T12:00Z", "03-18", "2024-03"],
  ["2024-03-18T08:00Z", "2044-09-08T12:00Z", "03", "2024"],
])("a scale from %s to %s begins with %s under %s", (from, to, minor, major) => {
  const scale = timeScale(berlin, at(from), at(to));
  expect(scale.minor[0]?.text).toBe(minor);
  expect(scale.major[0]?.text).toBe(major);
  expect(scale.x(scale.from)).toBe(0);
  expect(scale.x(scale.to)).toBe(scale.width);
  expect(scale.width).toBeLessThanOrEqual(6_000);
  const places = scale.minor.map(({ x }) => x);
  expect(places.every((x, index) => index === 0 || x - places[index - 1]! > 20)).toBe(true);
});

test("days have their places also where clocks change", () => {
  const scale = timeScale(berlin, at("2024-03-29T08:00Z"), at("2024-04-03T12:00Z"));
  const [, , day31, day1] = scale.minor;
  expect(day31?.text).toBe("31");
  expect(((day1?.x ?? 0) - (day31?.x ?? 0)) / scale.dayWidth).toBeCloseTo(23 / 24, 3);
});

test("words are cut to the room that they have", () => {
  expect(fitted("abc", 100)).toBe("abc");
  expect(fitted("abcdefghijkl", 40)).toBe("abcde…");
  expect(fitted("名前名前", 30)).toBe("名前…");
  expect(fitted("abc", 5)).toBe("");
});

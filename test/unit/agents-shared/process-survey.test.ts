import fc from "fast-check";
import { expect, test } from "vitest";
import {
  membersOf,
  type ProcessInfo,
} from "../../../src/adapters/shared/process/process-survey.ts";

const process = (pid: number, more: Partial<ProcessInfo> = {}): ProcessInfo => ({
  pid,
  parent: 1,
  group: pid,
  session: pid,
  starttime: 100,
  zombie: false,
  marked: false,
  ...more,
});
const marks = { tag: "t", outputs: [], root: { pid: 50, starttime: 100 }, ownsGroup: true };
const pids = (processes: readonly ProcessInfo[], change: Partial<typeof marks> = {}) =>
  membersOf(processes, { ...marks, ...change })
    .map(({ pid }) => pid)
    .toSorted((a, b) => a - b);

test("the program, its group, its session and all their descendants belong to the attempt", () => {
  expect(
    pids([
      process(50),
      process(51, { group: 50 }),
      process(52, { session: 50, group: 52 }),
      process(54, { parent: 53 }),
      process(53, { parent: 52 }),
      process(60),
    ]),
  ).toEqual([50, 51, 52, 53, 54]);
});

test("a daemon is found by its mark, and what it started by descent", () => {
  expect(pids([process(70, { marked: true }), process(71, { parent: 70 }), process(72)])).toEqual([
    70, 71,
  ]);
});

test("the group stays the attempt's after the program ended", () => {
  expect(pids([process(51, { group: 50 })])).toEqual([51]);
});

test("a number that went to another process makes its group nobody's business of ours", () => {
  const recycled = process(50, { starttime: 900 });
  expect(pids([recycled, process(51, { group: 50 }), process(52, { parent: 50 })])).toEqual([]);
});

test("who only reads of the attempt later trusts a group only while its program lives", () => {
  const others = [process(51, { group: 50 }), process(52, { marked: true })];
  expect(pids(others, { ownsGroup: false })).toEqual([52]);
  expect(pids([process(50), ...others], { ownsGroup: false })).toEqual([50, 51, 52]);
});

test("no process that is neither marked, nor in the group, nor descended is ever a member (I-25)", () => {
  const info = fc.record({
    pid: fc.integer({ min: 40, max: 60 }),
    parent: fc.integer({ min: 38, max: 60 }),
    group: fc.integer({ min: 40, max: 60 }),
    session: fc.integer({ min: 40, max: 60 }),
    starttime: fc.constantFrom(100, 200),
    zombie: fc.constant(false),
    marked: fc.boolean(),
  });
  const table = fc.uniqueArray(info, { selector: ({ pid }) => pid, maxLength: 15 });
  fc.assert(
    fc.property(table, fc.boolean(), (processes, ownsGroup) => {
      const members = new Set(pids(processes, { ownsGroup }));
      const root = processes.find(({ pid }) => pid === 50);
      const trusted = root === undefined ? ownsGroup : root.starttime === 100;
      for (const { pid, parent, group, session, marked } of processes) {
        const own = marked || (trusted && (group === 50 || session === 50 || pid === 50));
        expect(members.has(pid)).toBe(own || members.has(parent));
      }
    }),
  );
});

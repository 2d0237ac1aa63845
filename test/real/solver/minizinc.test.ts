import { expect, test } from "vitest";
import { shortestMakespan } from "../../../bench/brute-force.mjs";
import { miniZinc } from "../../../src/adapters/solver/minizinc.ts";
import { faultsOf } from "../../../src/schedule/solver/check-schedule.ts";
import { lowerBound } from "../../../src/schedule/solver/lower-bound.ts";
import { makeProblem, type ProblemParts } from "../../../src/schedule/solver/problem.ts";

const parts: ProblemParts = {
  durations: [3, 4, 2, 3, 1],
  arcs: [
    { from: 0, to: 3 },
    { from: 1, to: 4, lag: -1 },
    { from: 0, to: 2, lag: 2 },
  ],
  capacities: [3, 1],
  demands: [
    [2, 0],
    [2, 1],
    [1, 1],
    [2, 0],
    [3, 1],
  ],
  releases: [1, 0, 0, 0, 0],
  deadlines: [6, 60, 60, 60, 60],
  drops: [{ resource: 0, from: 2, to: 4, units: 2 }],
};
const problem = makeProblem(parts);

/** One after the other, when the drop is over: feasible, and far from the shortest. */
const known = {
  starts: Int32Array.from([4, 20, 30, 40, 50]),
  makespan: 51,
  bound: lowerBound(problem),
  late: 0,
};

test("the shortest schedule is found and proved, with lags, drops, releases and deadlines", async () => {
  const tight = { ...parts, deadlines: [7, 60, 60, 60, 60] };
  const proof = await miniZinc.prove({ parts: tight, known, milliseconds: 60_000 });
  expect(proof.state).toBe("optimal");
  if (proof.state !== "optimal") return;
  expect(faultsOf(makeProblem(tight), proof.starts)).toEqual([]);
  expect(proof.makespan).toBe(shortestMakespan(tight, 51));
});

test("a schedule that is the shortest is proved to be, and kept", async () => {
  const first = await miniZinc.prove({
    parts: { ...parts, deadlines: [] },
    known,
    milliseconds: 60_000,
  });
  if (first.state !== "optimal") throw new Error(first.state);
  const again = await miniZinc.prove({
    parts: { ...parts, deadlines: [] },
    known: { ...first, bound: 0, late: 0 },
    milliseconds: 60_000,
  });
  expect(again).toStrictEqual(first);
});

test("without time, canceled or late, what is known stays", async () => {
  const open = { state: "open", starts: known.starts, makespan: 51, bound: known.bound };
  const request = { parts, known, milliseconds: 60_000 };
  expect(await miniZinc.prove(request, AbortSignal.abort())).toStrictEqual({
    ...open,
    reason: "canceled",
  });
  expect(await miniZinc.prove({ ...request, milliseconds: 0 })).toStrictEqual({
    ...open,
    reason: "time",
  });
  const late = await miniZinc.prove({ ...request, known: { ...known, late: 3 } });
  expect(late).toMatchObject({ ...open, reason: "late" });
  const stop = new AbortController();
  const running = miniZinc.prove(request, stop.signal);
  stop.abort();
  expect(await running).toStrictEqual({ ...open, reason: "canceled" });
});

import { expect, test } from "vitest";
import { shortestMakespan } from "../../../bench/brute-force.mjs";
import { threadedSearch } from "../../../src/adapters/solver/threaded-search.ts";
import type { SearchProgress } from "../../../src/ports/schedule-search.ts";
import { faultsOf } from "../../../src/schedule/solver/check-schedule.ts";
import { makeCrewProblem } from "../../../src/schedule/solver/crew/crew-problem.ts";
import { createCrewSearch } from "../../../src/schedule/solver/crew/crew-search.ts";
import type { CrewParts } from "../../../src/schedule/solver/crew/crew-parts.ts";
import { makeProblem, type ProblemParts } from "../../../src/schedule/solver/problem.ts";
import { createSearch } from "../../../src/schedule/solver/search.ts";

/** Hard to prove: the bound is far from what can be reached. */
const parts: ProblemParts = {
  durations: Array.from({ length: 60 }, (_, node) => 1 + ((node * 7) % 9)),
  arcs: Array.from({ length: 50 }, (_, node) => ({ from: node, to: node + 1 + ((node * 5) % 9) })),
  capacities: [10, 10],
  demands: Array.from({ length: 60 }, (_, node) => [1 + ((node * 3) % 7), (node * 5) % 8]),
};
const task = { kind: "activities", parts } as const;

test("a thread finds the schedule that the search finds, and tells how it goes", async () => {
  const told: SearchProgress[] = [];
  const found = await threadedSearch.search({
    task,
    seed: 3,
    budget: 3_000,
    onProgress: (progress) => told.push(progress),
  });
  const direct = createSearch(makeProblem(parts), { seed: 3, budget: 3_000 });
  direct.advance(3_000);
  expect(found).toStrictEqual({ solution: direct.best(), ended: "done" });
  expect(told.at(-1)?.makespan).toBe(found.solution.makespan);
});

test("a search without end is ended by its time or its signal, with a schedule", async () => {
  const endless = { task, seed: 1, budget: 1e9 } as const;
  const stop = new AbortController();
  const canceled = await threadedSearch.search(
    { ...endless, onProgress: () => stop.abort() },
    stop.signal,
  );
  const late = await threadedSearch.search({ ...endless, milliseconds: 1 });
  const never = await threadedSearch.search(endless, AbortSignal.abort());
  expect([canceled.ended, late.ended, never.ended]).toEqual(["canceled", "time", "canceled"]);
  for (const { solution } of [canceled, late, never])
    expect(faultsOf(makeProblem(parts), solution.starts)).toEqual([]);
});

test("after the search the bound is raised, if there is time for it", async () => {
  const small: ProblemParts = {
    durations: [3, 4, 2, 3, 4, 2, 5, 1],
    arcs: [
      { from: 0, to: 3 },
      { from: 1, to: 4 },
    ],
    capacities: [5, 4],
    demands: [3, 2, 4, 1, 2, 3, 2, 3].map((units, node) => [units, (node * 3) % 4]),
  };
  const request = { task: { kind: "activities", parts: small }, seed: 1, budget: 200 } as const;
  const { solution } = await threadedSearch.search({ ...request, proof: 60_000 });
  expect(solution.bound).toBe(shortestMakespan(small, 60));
  expect(solution.makespan).toBe(solution.bound);
});

test("people are scheduled in a thread, too", async () => {
  const activities = [3, 4, 5].map((work) => ({
    options: [{ work, needs: [{ pool: 0, count: 1 }] }],
  }));
  const crew: CrewParts = {
    activities,
    arcs: [],
    capacities: [],
    absences: [[{ from: 2, to: 4 }], []],
    pools: [[{ person: 0 }, { person: 1 }]],
  };
  const found = await threadedSearch.search({
    task: { kind: "crew", parts: crew },
    seed: 1,
    budget: 500,
  });
  const direct = createCrewSearch(makeCrewProblem(crew), { seed: 1, budget: 500 });
  direct.advance(500);
  expect(found).toStrictEqual({ solution: direct.best(), ended: "done" });
});

test("a problem that no schedule solves is an error", async () => {
  const impossible = { durations: [1], arcs: [], capacities: [1], demands: [[2]] };
  await expect(
    threadedSearch.search({ task: { kind: "activities", parts: impossible }, seed: 1, budget: 10 }),
  ).rejects.toThrow("Activity 0 takes 2 of resource 0");
});

import { expect, test } from "vitest";
import { miniZinc } from "../../../src/adapters/solver/minizinc.ts";
import { threadedSearch } from "../../../src/adapters/solver/threaded-search.ts";
import { proveShortest } from "../../../src/app/schedule/prove-shortest.ts";
import type { ExactSolver } from "../../../src/ports/exact-solver.ts";
import type { CrewParts } from "../../../src/schedule/solver/crew/crew-parts.ts";

/** Work of some ticks each for agents who are all alike. */
const agents = (count: number, works: readonly number[]): CrewParts => ({
  activities: works.map((work) => ({ options: [{ work, needs: [{ pool: 0, count: 1 }] }] })),
  arcs: [],
  capacities: [],
  absences: Array.from({ length: count }, () => []),
  pools: [Array.from({ length: count }, (_, person) => ({ person }))],
});

async function proved(parts: CrewParts, exactSolver: ExactSolver) {
  const ports = { scheduleSearch: threadedSearch, exactSolver };
  const found = await threadedSearch.search({
    task: { kind: "crew", parts },
    seed: 1,
    budget: 500,
  });
  const { solution } = found;
  const proof = await proveShortest(ports, { parts, solution, seed: 1 });
  const { shorter, ...rest } = proof;
  expect(shorter).toBeUndefined();
  return { ...rest, makespan: solution.makespan };
}

const absent: ExactSolver = {
  prove: async () => ({ state: "unavailable", reason: "Not installed.", hint: "Install it." }),
};

test("three tasks of three ticks for two agents: 6 by refuting 5, without the exact solver", async () => {
  expect(await proved(agents(2, [3, 3, 3]), absent)).toEqual({
    makespan: 6,
    bound: 6,
    proof: { state: "proved", by: "bounds", note: null, hint: null },
  });
});

test("what bounds leave open is proved by the exact solver, and without it its absence is told", async () => {
  // 98 ticks of work for two: 49 each, but all of them are even.
  const parts = agents(2, [6, 6, 10, 10, 14, 14, 18, 20]);
  expect(await proved(parts, absent)).toEqual({
    makespan: 50,
    bound: 49,
    proof: { state: "unavailable", by: "bounds", note: "Not installed.", hint: "Install it." },
  });
  expect(await proved(parts, miniZinc)).toEqual({
    makespan: 50,
    bound: 50,
    proof: { state: "proved", by: "minizinc", note: null, hint: null },
  });
});

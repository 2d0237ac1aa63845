import { expect, test } from "vitest";
import { proveShortest } from "../../../../src/app/schedule/prove-shortest.ts";
import type { ExactSolver } from "../../../../src/ports/exact-solver.ts";
import { crewFaultsOf } from "../../../../src/schedule/solver/crew/check-crew-schedule.ts";
import type { CrewParts } from "../../../../src/schedule/solver/crew/crew-parts.ts";
import { staffStarts } from "../../../../src/schedule/solver/crew/staff-starts.ts";
import { inlineSearch } from "../../inline-search.ts";

/** Work for equals who are always there. */
const equals = (works: readonly number[], count: number): CrewParts => ({
  activities: works.map((work) => ({ options: [{ work, needs: [{ pool: 0, count: 1 }] }] })),
  arcs: [],
  capacities: [],
  absences: Array.from({ length: count }, () => []),
  pools: [Array.from({ length: count }, (_, person) => ({ person }))],
});

/** 51 ticks for three, so that bounds say 17, but no three sums are: 18 is the shortest. */
const odd = equals([6, 5, 6, 8, 7, 8, 5, 6], 3);

const ask = (parts: CrewParts, starts: readonly number[], exactSolver: ExactSolver) => {
  const found = staffStarts(parts, Int32Array.from(starts));
  if (!found) throw new Error("nobody is free");
  const ports = { scheduleSearch: inlineSearch, exactSolver };
  return proveShortest(ports, { parts, solution: { ...found, bound: 0 }, seed: 1 });
};

const answering = (makespan: number, starts?: Int32Array): ExactSolver => ({
  prove: async ({ known }) => ({ state: "optimal", starts: starts ?? known.starts, makespan }),
});

test("a shorter schedule that is found on the way is given people, checked and taken", async () => {
  // 27 ticks for three, 9 each: 5 + 4, 5 + 4, 3 + 3 + 3; the one that is known ends at 11.
  const even = equals([5, 5, 4, 4, 3, 3, 3], 3);
  const proven = await ask(even, [0, 0, 0, 4, 5, 5, 8], answering(9));
  expect(proven).toMatchObject({ bound: 9, proof: { state: "proved" }, shorter: { makespan: 9 } });
  expect(proven.shorter && crewFaultsOf(even, proven.shorter)).toEqual([]);
});

test("a proof that contradicts a schedule, or a schedule that does not hold, is a fault", async () => {
  const shortest = [6, 5, 12, 10, 3, 10, 0, 0];
  expect(await ask(odd, shortest, answering(18))).toMatchObject({ bound: 18, shorter: undefined });
  await expect(ask(odd, shortest, answering(19))).rejects.toThrow(
    "nothing below 19, but there is 18",
  );
  const atOnce = new Int32Array(8);
  await expect(ask(odd, shortest, answering(18, atOnce))).rejects.toThrow("does not hold");
});

test("of more than a thousand activities the exact solver is not asked, and that is told", async () => {
  const none = Array.from({ length: 993 }, () => 0);
  const many = equals([6, 5, 6, 8, 7, 8, 5, 6, ...none], 3);
  const asked: ExactSolver = { prove: () => Promise.reject(new Error("asked")) };
  const proven = await ask(many, [6, 5, 12, 10, 3, 10, 0, 0, ...none], asked);
  expect(proven).toMatchObject({ bound: 17, proof: { state: "open", by: "bounds" } });
  expect(proven.proof.note).toContain("more than 1000 activities");
});

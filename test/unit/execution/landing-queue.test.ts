/** Batch and bisect: what passes lands, in order; only culprits fail; the tests are few (PX-07). */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  advanced,
  gathered,
  openQueue,
  tested,
  type GatherOutcome,
  type LandingQueue,
  type Verdict,
} from "../../../src/execution/landing-queue.ts";

/** A world in which a commit is the list of what is in it. */
interface World {
  /** Whether a task fits on what is there. */
  readonly fits: (task: string, there: readonly string[]) => boolean;
  readonly isRefused?: (task: string) => boolean;
  /** Of what is there; `time`: how often it was tested before. */
  readonly verdict: (there: readonly string[], time: number) => Verdict;
}

const inside = (commit: string): readonly string[] => commit.split("+").slice(1);

function drive(tasks: readonly string[], world: World, { tests = true, lenient = false } = {}) {
  const times = new Map<string, number>();
  const moves: string[] = [];
  let queue = openQueue("head", tasks, { tests, lenient });
  const ask = (commit: string): LandingQueue => {
    const time = times.get(commit) ?? 0;
    times.set(commit, time + 1);
    return tested(queue, world.verdict(inside(commit), time));
  };
  for (let steps = 0; queue.step.kind !== "end"; steps++) {
    if (steps > 100_000) throw new Error("it does not end");
    const { step } = queue;
    if (step.kind === "gather") {
      const { commit, outcomes } = put(queue.head, step.tasks, world);
      queue = gathered(queue, commit, outcomes);
    } else if (step.kind === "advance") {
      expect(step.to.startsWith(`${step.from}+`)).toBe(true);
      moves.push(step.to);
      queue = advanced(queue);
    } else queue = ask(step.kind === "check-head" ? queue.head : step.try.commit);
  }
  const of = (kind: string) =>
    queue.settled.filter((one) => one.kind === kind).map(({ task }) => task);
  const runs = [...times.values()].reduce((sum, each) => sum + each, 0);
  return { queue, of, runs, moves, landed: inside(queue.head) };
}

function put(head: string, tasks: readonly string[], world: World) {
  let commit = head;
  const outcomes = tasks.map((task): GatherOutcome => {
    if (!world.fits(task, inside(commit))) return { kind: "conflict", task };
    commit = `${commit}+${task}`;
    return world.isRefused?.(task) ? { kind: "refused", task } : { kind: "merged", task, commit };
  });
  return { commit, outcomes };
}

const names = (count: number) => Array.from({ length: count }, (_, index) => `t${index}`);
const batch = fc.integer({ min: 0, max: 40 }).chain((count) =>
  fc.record({
    tasks: fc.constant(names(count)),
    bad: fc.uniqueArray(fc.constantFrom("", ...names(count)), { maxLength: 6 }),
  }),
);

test("all that passes lands in order, culprits fail and nobody else, in O(c log n) tests", () => {
  fc.assert(
    fc.property(batch, ({ tasks, bad }) => {
      const culprits = tasks.filter((task) => bad.includes(task));
      const world: World = {
        fits: () => true,
        verdict: (there) => (there.some((task) => bad.includes(task)) ? "failed" : "passed"),
      };
      const { of, landed, runs, queue } = drive(tasks, world);
      expect(landed).toEqual(tasks.filter((task) => !bad.includes(task)));
      expect(of("landed")).toEqual(landed);
      expect(of("failed")).toEqual(culprits);
      expect(queue.settled).toHaveLength(tasks.length);
      const depth = Math.ceil(Math.log2(Math.max(1, tasks.length)));
      // Per culprit: a half a level, its head once more, itself once more, and what is left.
      if (culprits.length > 0) expect(runs).toBeLessThanOrEqual(2 + culprits.length * (depth + 3));
      else expect(runs).toBe(tasks.length > 0 ? 1 : 0);
    }),
  );
});

/** Both orders of each pair. */
const pairs = (list: readonly (readonly [number, number])[]) =>
  new Set(list.filter(([a, b]) => a !== b).flatMap(([a, b]) => [`t${a}|t${b}`, `t${b}|t${a}`]));

const clash = (set: ReadonlySet<string>, task: string, there: readonly string[]) =>
  there.some((other) => set.has(`${task}|${other}`));

test("with conflicts, refusals and results that are bad only together: each is settled once, and none without its reason", () => {
  const together = fc.array(fc.tuple(fc.nat(15), fc.nat(15)), { maxLength: 8 });
  const input = fc.record({
    count: fc.integer({ min: 1, max: 16 }),
    apart: together,
    hostile: together,
    refused: fc.array(fc.nat(15), { maxLength: 3 }),
  });
  fc.assert(
    fc.property(input, ({ count, apart, hostile, refused }) => {
      const [unfit, unwell] = [pairs(apart), pairs(hostile)];
      const no = new Set(refused.map((index) => `t${index}`));
      const world: World = {
        fits: (task, there) => !clash(unfit, task, there),
        isRefused: (task) => no.has(task),
        verdict: (there) =>
          there.some((task) => clash(unwell, task, there)) ? "failed" : "passed",
      };
      const { of, landed, queue } = drive(names(count), world);
      expect(queue.settled.map(({ task }) => task).toSorted()).toEqual(names(count).toSorted());
      expect(world.verdict(landed, 0)).toBe("passed");
      expect(landed).toEqual(of("landed"));
      expect(landed).toEqual(names(count).filter((task) => landed.includes(task)));
      const before = (task: string) =>
        landed.filter((other) => Number(other.slice(1)) < Number(task.slice(1)));
      for (const task of of("conflict")) expect(clash(unfit, task, before(task))).toBe(true);
      for (const task of of("failed")) expect(clash(unwell, task, before(task))).toBe(true);
      for (const task of of("refused")) expect(no.has(task)).toBe(true);
    }),
  );
});

test("tests that fail now and then: nobody is blamed for one failure, and what failed twice failed with its head passing", () => {
  fc.assert(
    fc.property(batch, fc.infiniteStream(fc.integer({ min: 0, max: 9 })), ({ tasks }, dice) => {
      // Each commit fails at most once by chance.
      const unlucky = new Set<string>();
      const world: World = {
        fits: () => true,
        verdict: (there) => {
          const key = there.join("+");
          const fails = there.length > 0 && !unlucky.has(key) && Number(dice.next().value) < 3;
          if (fails) unlucky.add(key);
          return fails ? "failed" : "passed";
        },
      };
      const { of, landed } = drive(tasks, world);
      expect(of("failed")).toEqual([]);
      // A head that failed when it was held against a failure leaves the rest undecided, never failed.
      expect([...landed, ...of("undecided")]).toEqual(tasks);
    }),
  );
});

test("where the head fails without any of them, or tests can't be run, the rest is undecided at once", () => {
  const bad = drive(names(16), { fits: () => true, verdict: () => "failed" });
  expect([bad.runs, bad.of("undecided").length, bad.moves]).toEqual([2, 16, []]);
  const none = drive(names(16), { fits: () => true, verdict: () => "not-run" });
  expect([none.runs, none.of("undecided").length]).toEqual([1, 16]);
  expect(none.queue.settled[0]).toMatchObject({ because: "not-run" });
});

test("where a person knows that the head fails, what fails with it lands; once it passes, nothing else does", () => {
  const lenient = { lenient: true };
  const bad = drive(names(16), { fits: () => true, verdict: () => "failed" }, lenient);
  expect([bad.landed.length, bad.of("landed").length, bad.runs]).toEqual([16, 16, 2]);
  const none = drive(names(16), { fits: () => true, verdict: () => "not-run" }, lenient);
  expect([none.landed.length, none.of("undecided")]).toEqual([16, []]);
  const world: World = {
    fits: (task) => task !== "t1",
    verdict: (there) => (there.includes("t2") || !there.includes("t0") ? "failed" : "passed"),
  };
  const mended = drive(["t0"], world, lenient);
  expect([mended.landed, mended.runs]).toEqual([["t0"], 1]);
  const first = openQueue("head+t0", ["t2"], { tests: true, lenient: true });
  const failing = tested(gathered(first, "head+t0+t2", [merged("t2", "head+t0+t2")]), "failed");
  expect(tested(failing, "passed").step.kind).toBe("test-again");
});

const merged = (task: string, commit: string): GatherOutcome => ({ kind: "merged", task, commit });

test("without tests what fits lands", () => {
  const world: World = { fits: (task) => task !== "t1", verdict: () => "failed" };
  const { of, runs, moves } = drive(names(3), world, { tests: false });
  expect([of("landed"), of("conflict"), runs, moves]).toEqual([
    ["t0", "t2"],
    ["t1"],
    0,
    ["head+t0+t2"],
  ]);
});

test("one bad result of 32 is found in ten tests at most, with those that show it is not the head or luck", () => {
  const { runs } = drive(names(32), {
    fits: () => true,
    verdict: (there) => (there.includes("t13") ? "failed" : "passed"),
  });
  expect(runs).toBeLessThanOrEqual(10);
});

test("an answer that nobody asked for is an error", () => {
  const queue = openQueue("head", ["t0"], { tests: true });
  expect(() => tested(queue, "passed")).toThrow("where gather was asked for");
  expect(() => advanced(queue)).toThrow("where gather was asked for");
});

/** A batch of results lands durably: what passes, in order; the rest is told whose it is, and why (PX-07, PX-08). */
import { describe, expect, test } from "vitest";
import { WavegateError } from "../../../src/core/error.ts";
import { landingContract } from "../../../src/testing/landing-contract.ts";
import { createMemoryLanding } from "../../../src/testing/memory-landing.ts";
import { createMemoryRepository } from "../../../src/testing/memory-repository.ts";
import { landingFixture } from "./landing-fixture.ts";

describe("the landing in memory", () => {
  landingContract(test, async () => {
    const repository = createMemoryRepository();
    return {
      landing: createMemoryLanding(repository),
      commit: async (parent, files) => repository.commit(parent, files),
      textAt: async (commit, path) => repository.files(commit).get(path) ?? "",
      branch: async (name) => repository.refs.get(`refs/heads/${name}`),
      setBranch: async (name, commit) => void repository.refs.set(`refs/heads/${name}`, commit),
      close: async () => {},
    };
  });
});

const hasBad = (files: ReadonlyMap<string, string>) => [...files.values()].includes("bad");
const failing = {
  outcome: "failed",
  shown: "exit code 1: 1 test failed",
  tail: ["not ok 7"],
} as const;

test("what fits and passes lands as one commit each with trailers; conflicts, culprits and what needs a person are told", async () => {
  const fixture = landingFixture(failsOnBad);
  const { repository } = fixture;
  const items = [
    fixture.item("1", { "one.txt": "1" }),
    fixture.item("2", { "a.txt": "two" }),
    fixture.item("3", { "three.txt": "bad" }),
    fixture.item("4", { "a.txt": "four" }),
    fixture.item("5", { ".github/workflows/x.yml": "run" }),
    { ...fixture.item("6", { ".envrc": "let through" }), shown: [".envrc"] },
    fixture.item("7", { "one.txt": "1" }),
  ];
  const output = await fixture.land(await fixture.batch(items));
  const { head } = output;
  expect(output.landed.map(({ task }) => task)).toEqual(["1", "2", "6", "7"]);
  expect(Object.fromEntries(repository.files(head))).toEqual({
    "a.txt": "two",
    "b.txt": "b",
    "one.txt": "1",
    ".envrc": "let through",
  });
  expect(output.conflicted).toEqual([
    {
      task: "4",
      question: {
        kind: "conflict",
        message: "It does not fit what landed meanwhile: a.txt.",
        paths: ["a.txt"],
      },
      sides: [expect.objectContaining({ path: "a.txt", excerpt: expect.stringContaining("four") })],
    },
  ]);
  expect(output.asked).toEqual([
    {
      task: "5",
      question: {
        kind: "protected-change",
        message: ".github/workflows/x.yml is run by CI.",
        paths: [".github/workflows/x.yml"],
      },
    },
  ]);
  expect(output.failed).toEqual([
    {
      task: "3",
      reason: {
        kind: "tests-failed",
        message:
          "With it the tests fail on the run's branch, and without it they pass: exit code 1: 1 test failed",
        details: ["not ok 7"],
      },
    },
  ]);
  const [first] = output.landed;
  expect(repository.message(first?.commit ?? "")).toBe(
    "Task 1\n\nWavegate-Run: run-1\nWavegate-Task: 1\nWavegate-Attempt: 1\nWavegate-Verified: 1: exit code 0\n",
  );
  const branch = "refs/heads/wavegate/run-1";
  expect(output.branches).toEqual([{ name: branch, at: head, lags: null }]);
  expect(repository.refs.get(branch)).toBe(head);
  expect([output.tests, fixture.open.size]).toEqual([fixture.tested.length, 0]);
  const events = [];
  for await (const { event } of fixture.engine().events("run-1", 0)) events.push(event);
  expect(events).toEqual([
    { type: "landing-started", batch: 1, tasks: items.map(({ task }) => task) },
    {
      type: "landing-finished",
      batch: 1,
      head,
      landed: output.landed,
      conflicted: [{ task: "4", paths: ["a.txt"] }],
      failed: output.failed,
      durationMs: expect.any(Number),
    },
  ]);
});

test("nobody is blamed where the head fails too, the tests can't be run, or the repository refuses", async () => {
  const red = landingFixture(() => failing);
  const items = [red.item("1", { x: "1" }), red.item("2", { y: "2" })];
  const output = await red.land(await red.batch(items));
  expect(output).toMatchObject({ head: red.base, landed: [], failed: [], tests: 2 });
  const message = "The tests fail on the run's branch without it, too: exit code 1: 1 test failed";
  expect(output.undecided).toEqual(
    ["1", "2"].map((task) => ({
      task,
      reason: { kind: "head-fails", message, details: ["not ok 7"] },
    })),
  );

  const bare = landingFixture(() => ({
    outcome: "not-run",
    reason: "no-sandbox",
    shown: "no sandbox",
  }));
  const none = await bare.land(await bare.batch([bare.item("1", { x: "1" })]));
  expect(none.undecided[0]?.reason).toEqual({
    kind: "tests-not-run",
    message: "The tests could not be run: no sandbox",
    details: [],
  });

  const full = landingFixture();
  const disk = new WavegateError("DISK_FULL", "No space left.", { hint: "Free some space." });
  const stopped = await full.land(await full.batch([full.item("1", { x: "1" })]), {
    artifacts: {
      runFolder: async () => {
        throw disk;
      },
    },
  });
  expect(stopped.undecided).toEqual([
    {
      task: "1",
      reason: { kind: "DISK_FULL", message: "No space left.", details: ["Free some space."] },
    },
  ]);
  expect(full.open.size).toBe(0);

  let asked = 0;
  const broken = landingFixture((files) => {
    if (++asked > 3) throw new Error("a bug of ours");
    return hasBad(files) ? failing : {};
  });
  const half = [broken.item("1", { x: "1" }), broken.item("2", { y: "bad" })];
  const landedHalf = await broken.land(await broken.batch(half));
  // What landed before is not forgotten.
  expect(landedHalf).toMatchObject({
    head: broken.repository.refs.get("refs/wavegate/landing/run-1/head"),
    landed: [{ task: "1" }],
    undecided: [{ task: "2", reason: { kind: "landing-failed", message: "a bug of ours" } }],
  });
});

/** A batch of one task, with a branch that follows and that somebody else moved meanwhile. */
async function besideOthers(theirs: Readonly<Record<string, string>>) {
  const fixture = landingFixture(failsOnBad);
  const { base, landing, repository } = fixture;
  const begun = await landing.begin({ runId: "run-1", base, target: "main" });
  if (!begun.ok) throw begun.error;
  const commit = repository.commit(base, theirs, "by a person");
  repository.refs.set("refs/heads/main", commit);
  const items = [fixture.item("1", { "a.txt": "ours" })];
  const output = await fixture.land(await fixture.batch(items, { branches: begun.value }));
  const events = [];
  for await (const { event } of fixture.engine().events("run-1", 0))
    if (event.type === "target-moved") events.push(event);
  return { ...fixture, commit, output, events, main: repository.refs.get("refs/heads/main") };
}

test("what others put on a branch that follows is merged and tested before it goes on; where that fails it stays theirs", async () => {
  const fits = await besideOthers({ "theirs.txt": "theirs" });
  const { head } = fits.output;
  expect(Object.fromEntries(fits.repository.files(head))).toMatchObject({
    "a.txt": "ours",
    "theirs.txt": "theirs",
  });
  expect([fits.main, fits.tested.at(-1), fits.tested.length]).toEqual([head, head, 2]);
  expect(fits.output.landed[0]?.commit).not.toBe(head);
  expect(fits.events).toMatchObject([
    { branch: "refs/heads/main", theirs: fits.commit, left: null },
  ]);

  const bad = await besideOthers({ "theirs.txt": "bad" });
  expect([bad.main, bad.output.head]).toEqual([bad.commit, bad.output.landed[0]?.commit]);
  expect(bad.events).toMatchObject([{ left: expect.stringContaining("the tests fail") }]);
  const apart = await besideOthers({ "a.txt": "theirs" });
  expect(apart.main).toBe(apart.commit);
  expect(apart.events).toMatchObject([{ left: expect.stringContaining("does not fit") }]);
  expect(apart.output.branches[1]?.lags).toContain("a.txt");
});

test("a task that takes the test program away is the culprit, and one bad run of the tests is nobody's", async () => {
  const gone = landingFixture((files) =>
    files.has("a.txt") ? {} : { outcome: "not-run", reason: "no-program", shown: "sh: not found" },
  );
  const output = await gone.land(
    await gone.batch([gone.item("1", { "a.txt": null }), gone.item("2", { y: "2" })]),
  );
  expect(output.failed.map(({ task }) => task)).toEqual(["1"]);
  expect(output.landed.map(({ task }) => task)).toEqual(["2"]);

  const flaky = landingFixture((files, time) => (files.has("x") && time === 0 ? failing : {}));
  const shaky = await flaky.land(await flaky.batch([flaky.item("1", { x: "1" })]));
  expect(shaky.landed.map(({ task }) => task)).toEqual(["1"]);
  expect(flaky.tested).toEqual([shaky.head, flaky.base, shaky.head]);
});

const threeItems = async (fixture: ReturnType<typeof landingFixture>) =>
  fixture.batch([
    fixture.item("1", { "one.txt": "1" }),
    fixture.item("2", { "two.txt": "bad" }),
    fixture.item("3", { "three.txt": "3" }),
  ]);

const failsOnBad = (files: ReadonlyMap<string, string>) => (hasBad(files) ? failing : {});

test("killed at any point, another process lands the same commits, tests nothing twice that was recorded, and leaves no clone", async () => {
  const whole = landingFixture(failsOnBad);
  const expected = await whole.land(await threeItems(whole));
  for (let at = 1; ; at++) {
    const fixture = landingFixture(failsOnBad);
    let calls = 0;
    const dying = fixture.engine({
      landing: {
        ...fixture.landing,
        // After the effect, before its record.
        async gather(request, signal) {
          const result = await fixture.landing.gather(request, signal);
          if (++calls === at) dying.crash();
          return result;
        },
        async advance(request) {
          const result = await fixture.landing.advance(request);
          if (++calls === at) dying.crash();
          return result;
        },
      },
    });
    const start = { runId: "run-1", workflow: "land-batch", subject: "", where: "here" } as const;
    await dying.start({ ...start, input: await threeItems(fixture) });
    const stop = new AbortController();
    const next = fixture.engine();
    const working = next.work({ concurrency: 1, signal: stop.signal });
    const { output } = await next.settled("run-1");
    stop.abort();
    await working;
    expect(output).toEqual({ ...expected, durationMs: expect.any(Number) });
    expect(fixture.tested).toEqual(whole.tested);
    if (calls < at) return;
  }
});
